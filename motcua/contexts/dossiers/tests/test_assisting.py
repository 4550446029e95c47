"""Filed for a person who is present: asked first, four eyes after, told and deniable."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ActionKind, Phase
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions import assisting as acts
from motcua.contexts.dossiers.contracts import DossierNotFound, NotYourDossier, Source, TakeStep
from motcua.contexts.dossiers.contracts.assisting import (
    CODE_HOLDS,
    CODE_TRIES,
    AskConsent,
    AssistanceNotFound,
    CodeNotSent,
    Consent,
    ConsentAnswered,
    ConsentMissing,
    DeniedBefore,
    HelperMayNotDecide,
    Identified,
    NoPhoneForCode,
    NotAssisted,
)
from motcua.contexts.dossiers.models import Assistance, Dossier
from motcua.contexts.dossiers.queries import assisting as helping
from motcua.contexts.dossiers.queries.assisting import check_four_eyes
from motcua.contexts.dossiers.rules.assisting import AT_THE_DESK, may_do, register_fields
from motcua.contexts.dossiers.testing import (
    BIRTH,
    a_filed_for,
    a_submitted_birth,
    an_agreement,
)
from motcua.contexts.dossiers.web.desk.assisting import begin_assisted
from motcua.contexts.exchange.testing import in_process, registry
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_person,
    an_officer_account,
    own_actor,
)
from motcua.contexts.notifications import public as notifications
from motcua.contexts.organisations.testing import SAI_GON, the_officer
from motcua.kernel.actors import Role
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city")
NOW = MONDAY_9AM
SHOWN = Identified.SHOWN


@pytest.fixture
def tuyet(small_city):
    return a_citizen_account()


@pytest.fixture
def ngan(small_city):
    return own_actor(an_officer_account("ngan", officer_id=the_officer("ngan").id))


@pytest.fixture
def filed(tuyet, ngan) -> str:
    return a_filed_for(tuyet.person_id, ngan, now=NOW)


def asked(person_id, actor):
    command = AskConsent(
        person_id=person_id, applicant_id=person_id, procedure_code=BIRTH, ward_code=SAI_GON
    )
    return acts.ask_consent(command, actor=actor, now=NOW).assistance_id


def answer(assistance_id, consent, actor, *, now=NOW, **more):
    return acts.answer_consent(
        assistance_id, consent, identified=SHOWN, actor=actor, now=now, **more
    )


def of_citizen(account):
    return own_actor(account)


# ── asked first ──────────────────────────────────────────────────────────────────────────────────


def test_nobody_files_for_somebody_who_was_not_asked(tuyet, ngan):
    with pytest.raises(ConsentMissing):
        dossiers.begin_draft(
            BIRTH,
            ward_code=SAI_GON,
            actor=ngan,
            now=NOW,
            source=Source.ASSISTED,
            applicant_person_id=tuyet.person_id,
        )


def test_who_does_not_agree_is_not_filed_for_and_no_register_is_asked(tuyet, ngan):
    assistance = asked(tuyet.person_id, ngan)

    answered = answer(assistance, Consent.REFUSED, ngan)

    assert not answered.agreed
    with pytest.raises(ConsentMissing):
        begin_assisted(assistance, actor=ngan, now=NOW)
    with pytest.raises(ConsentAnswered):
        answer(assistance, Consent.SIGNED, ngan)


def test_what_one_was_asked_nobody_else_opens(tuyet, ngan):
    assistance = asked(tuyet.person_id, ngan)
    khue = own_actor(an_officer_account("khue", officer_id=the_officer("khue").id))

    with pytest.raises(AssistanceNotFound):
        helping.assistance(assistance, khue, now=NOW)
    with pytest.raises(AssistanceNotFound):
        answer(assistance, Consent.SIGNED, khue)


def test_an_agreement_is_for_one_procedure_and_one_person(tuyet, ngan):
    other = a_person("Lê Minh Khoa", personal_number="079188999002")
    agreed = an_agreement(other.id, ngan, now=NOW)

    with pytest.raises(ConsentMissing):
        dossiers.begin_draft(
            BIRTH,
            ward_code=SAI_GON,
            actor=ngan,
            now=NOW,
            source=Source.ASSISTED,
            applicant_person_id=tuyet.person_id,
            assistance_id=agreed,
        )


def test_a_code_goes_only_to_the_telephone_that_is_known(small_city, ngan):
    assistance = asked(a_person("Phạm Không Máy", phone="").id, ngan)

    with pytest.raises(NoPhoneForCode):
        acts.send_code(assistance, "123456", actor=ngan, now=NOW)
    with pytest.raises(CodeNotSent):
        answer(assistance, Consent.CODE, ngan, code="123456")


def test_a_wrong_code_counts_and_after_five_none_fits(tuyet, ngan):
    assistance = asked(tuyet.person_id, ngan)
    acts.send_code(assistance, "123456", actor=ngan, now=NOW)

    left = [answer(assistance, Consent.CODE, ngan, code="000000").left for _ in range(CODE_TRIES)]

    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(CodeNotSent):
        answer(assistance, Consent.CODE, ngan, code="123456")


def test_a_code_ends_and_another_agrees(tuyet, ngan):
    assistance = asked(tuyet.person_id, ngan)
    acts.send_code(assistance, "123456", actor=ngan, now=NOW)
    later = NOW + CODE_HOLDS + timedelta(seconds=1)
    with pytest.raises(CodeNotSent):
        answer(assistance, Consent.CODE, ngan, code="123456", now=later)

    acts.send_code(assistance, "654321", actor=ngan, now=later)
    answered = answer(assistance, Consent.CODE, ngan, code="654 321", now=later)

    row = Assistance.objects.get(pk=assistance)
    assert answered.agreed
    assert (row.consent, row.code) == (Consent.CODE, None)


# ── no more than the filing needs ────────────────────────────────────────────────────────────────


def test_the_helper_sees_of_the_register_what_the_form_asks_and_no_more(tuyet, ngan, tmp_path):
    assistance = an_agreement(tuyet.person_id, ngan, now=NOW)

    with registry.registered(in_process("population", tmp_path)):
        begun = begin_assisted(assistance, actor=ngan, now=NOW)

    draft = dossiers.draft(begun.draft_id, ngan, now=NOW)
    asked_for = {question.key for question in draft.version.form.questions() if question.prefill}
    assert draft.answers
    assert set(draft.answers) <= asked_for
    assert begin_assisted(assistance, actor=ngan, now=NOW) == begun


def test_what_a_register_is_asked_follows_the_form():
    wanted = ["population.full_name", "population.current_address", "account.phone", ""]

    assert register_fields(wanted) == {"full_name", "permanent_address", "ward_code"}
    assert register_fields(["population.father.full_name"]) == {"father"}
    assert register_fields(["account.phone"]) == frozenset()


# ── four eyes ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", Role)
def test_whoever_helped_decides_nothing_whatever_their_role(role):
    allowed = {kind for kind in ActionKind if may_do(role, kind)}

    assert not allowed & {ActionKind.DECLINE, ActionKind.STOP, ActionKind.SIGN, ActionKind.ISSUE}
    assert bool(allowed) is (role in AT_THE_DESK)


def test_every_step_of_the_process_that_decides_is_closed_to_the_helper(filed, ngan):
    dossier = Dossier.objects.get(code=filed)
    closed = set()

    for step in casework.process_table(casework.case(filed).process_id).steps:
        for action in step.actions:
            try:
                check_four_eyes(dossier, step, action.kind, ngan)
            except HelperMayNotDecide:
                closed.add(step.key)

    assert {"appraise", "sign", "issue"} <= closed


def test_a_helper_who_heads_the_division_too_leaves_it_to_a_colleague(filed, ngan):
    case = casework.case(filed)
    received(filed, ngan)
    post = replace(ngan.posts[0], role=Role.DIVISION_HEAD, unit_id=case.handling_unit_id)
    both = replace(ngan, posts=(*ngan.posts, post))

    view = dossiers.desk_view(filed, both, now=NOW)
    step = TakeStep(code=filed, action="assign", seen_version=casework.case(filed).version)
    with pytest.raises(HelperMayNotDecide):
        dossiers.take_step(step, actor=both, now=NOW)

    assert view.actions == ()
    assert HelperMayNotDecide.sentence in view.warnings


def received(code, actor):
    version = casework.case(code).version
    step = TakeStep(code=code, action="receive", seen_version=version)
    dossiers.take_step(step, actor=actor, now=NOW)


def test_a_helper_may_receive_but_not_decline(filed, ngan):
    view = dossiers.desk_view(filed, ngan, now=NOW)
    kinds = {action.kind for action in view.actions}

    received(filed, ngan)

    assert ActionKind.DECLINE not in kinds
    assert casework.case(filed).phase is Phase.RUNNING


# ── told, and deniable ───────────────────────────────────────────────────────────────────────────


def test_the_applicant_is_told_who_filed_it(filed, tuyet, deliveries):
    deliveries()

    told = notifications.messages_for(tuyet.person_id)
    assert "dossier_filed_for_you" in {one.template for one in told if one.subject == filed}
    view = dossiers.dossier(filed, of_citizen(tuyet), now=NOW)
    assert view.assisted
    assert (view.assisted.helper, view.assisted.consent) == ("Võ Thị Kim Ngân", Consent.SIGNED)


def test_what_one_did_not_file_stops_and_others_than_the_helper_hear(filed, tuyet, deliveries):
    guard = an_officer_account("duyen", officer_id=the_officer("duyen").id)

    acts.deny(filed, "Tôi ở quê cả tháng.", actor=of_citizen(tuyet), now=NOW)
    deliveries()

    leaf = LedgerLeaf.objects.filter(action="dossiers.deny_assistance").get()
    assert casework.case(filed).phase is Phase.ENDED
    assert told_of(guard.id) == [filed]
    assert told_of(Dossier.objects.get(code=filed).submitted_by) == []
    assert "quê" not in str(leaf.body)
    with pytest.raises(DeniedBefore):
        acts.deny(filed, "", actor=of_citizen(tuyet), now=NOW)


def told_of(account_id):
    messages = notifications.messages_for_account(account_id)
    return [one.subject for one in messages if one.template == "assistance_denied"]


def test_only_the_applicant_denies_and_only_what_was_filed_for_them(filed, tuyet, ngan):
    own = a_submitted_birth(of_citizen(tuyet), now=NOW)
    stranger = of_citizen(
        a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))
    )

    with pytest.raises(NotAssisted):
        acts.deny(own, "", actor=of_citizen(tuyet), now=NOW)
    with pytest.raises(DossierNotFound):
        acts.deny(filed, "", actor=stranger, now=NOW)
    with pytest.raises(NotYourDossier):
        acts.deny(filed, "", actor=ngan, now=NOW)
