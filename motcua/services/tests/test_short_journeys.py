"""What else happens to dossiers: lateness, wrong hands, sources, money in every wrong way."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader

from motcua.contexts.casework.contracts import NotYourStep, Timeliness
from motcua.contexts.casework.models import Case
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    SOURCE_NAMES,
    CannotFixFee,
    Channel,
    DossierNotFound,
    DraftNotFound,
    FeeAmountNeeded,
    FeeNotOpen,
    FixFee,
    NationalStatus,
    NotYourDossier,
    ProcedureNotRunnable,
    RatingNotYet,
    ReturnForm,
    Source,
    SubmitDossier,
    TakeStep,
)
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.testing import ANSWERS, BIRTH, SETTLED_ELSEWHERE, an_agreement
from motcua.contexts.identity.testing import a_person, an_officer_account
from motcua.contexts.notifications import public as notifications
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import the_officer
from motcua.contexts.payments import public as payments
from motcua.contexts.payments.actions.receiving import receive_bank_credit
from motcua.contexts.payments.contracts import Finding, InvoiceState
from motcua.contexts.payments.testing import a_credit
from motcua.kernel import idempotency
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.idempotency import IdempotencyMismatch
from motcua.kernel.testing import MONDAY_9AM, citizen
from motcua.services.packs.construction.house_permit.test_pack import ANSWERS as HOUSE_ANSWERS
from motcua.services.tests.journey import (
    a_birth,
    hand_in,
    holder_of,
    member,
    papers_for,
    seen,
    step,
    straight_on,
    walk,
)
from motcua.services.tests.test_states import in_process, obligation_asked

pytestmark = pytest.mark.django_db
HOUSE, PASSPORT = "1.013225", "1.001456"
NOW = MONDAY_9AM + timedelta(minutes=30)
TODAY = MONDAY_9AM.date()


@pytest.fixture
def tuyet(small_city: None) -> Actor:
    return citizen(person=a_person().id)


@pytest.fixture
def khoa(small_city: None) -> Actor:
    person = a_person("Lê Minh Khoa", personal_number="079188999002", sex="nam")
    return citizen(person=person.id, name="Lê Minh Khoa")


def told(person_id, code: str) -> list[str]:
    messages = notifications.messages_for(person_id)
    return [message.template for message in messages if message.subject == code]


# ── late ─────────────────────────────────────────────────────────────────────────────────────────


def test_overdue_is_apologised_for_with_a_new_date_and_the_old_one_kept(tuyet, deliveries):
    code = in_process(tuyet)
    late = MONDAY_9AM + timedelta(days=4)
    overdue = seen(code, now=late, by=tuyet).clock
    new_due = late + timedelta(days=3)
    dossiers.extend(code, new_due, "Chờ bệnh viện xác nhận", actor=member("van", TODAY), now=late)
    deliveries()

    view = seen(code, now=late, by=tuyet)
    assert overdue.timeliness is Timeliness.OVERDUE
    assert (view.clock.due_at, view.clock.due_original) == (new_due, overdue.due_original)
    assert view.clock.timeliness is not Timeliness.OVERDUE
    assert "FORM_04" in {paper.kind for paper in view.issued}
    assert told(tuyet.person_id, code)[0] == "overdue_apology"


def test_a_deputy_apologises_in_the_name_of_the_chairman(tuyet):
    code = in_process(tuyet)
    late = MONDAY_9AM + timedelta(days=4)

    dossiers.extend(
        code, late + timedelta(days=3), "Chờ xác nhận", actor=member("van", TODAY), now=late
    )

    paper = next(p for p in documents.issued_of(code) if p.kind == "FORM_04")
    pages = PdfReader(io.BytesIO(documents.read_file(paper.file_id))).pages
    words = " ".join("".join(page.extract_text() for page in pages).split())
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in words
    assert words.count("Hẹn lại") == 1


def test_only_the_head_of_the_agency_apologises(tuyet):
    code = in_process(tuyet)

    with pytest.raises(NotYourStep, match="lãnh đạo cơ quan"):
        dossiers.extend(code, NOW + timedelta(days=9), "Bận", actor=member("bao", TODAY), now=NOW)


# ── wrong hands ──────────────────────────────────────────────────────────────────────────────────


def test_a_wrong_role_is_refused_and_told_whose_step_it_is(tuyet):
    code = a_birth(tuyet)

    with pytest.raises(NotYourStep) as refused:
        step(code, "receive", by=member("bao", TODAY), now=NOW)

    desk = organisations.one_stop_desk("26743").name
    assert desk in refused.value.message
    assert seen(code, now=NOW).status is NationalStatus.REGISTERED


def test_of_another_person_nothing_exists(tuyet, khoa):
    code = a_birth(tuyet)
    draft = dossiers.begin_draft(
        BIRTH, ward_code="26740", actor=tuyet, now=NOW, ask_registers=False
    ).draft_id

    for ask in (
        lambda: dossiers.dossier(code, khoa, now=NOW),
        lambda: dossiers.receipt(code, khoa, now=NOW),
        lambda: dossiers.withdraw(code, "", actor=khoa, now=NOW),
        lambda: dossiers.rate(code, 5, actor=khoa, now=NOW),
        lambda: dossiers.send_message(code, "Chào", actor=khoa, now=NOW),
    ):
        with pytest.raises(DossierNotFound):
            ask()
    for ask in (
        lambda: dossiers.draft(draft, khoa, now=NOW),
        lambda: dossiers.submit_draft(draft, actor=khoa, now=NOW),
        lambda: dossiers.drop_draft(draft, actor=khoa, now=NOW),
        lambda: dossiers.save_page(draft, "x", {}, actor=khoa, now=NOW),
    ):
        with pytest.raises(DraftNotFound):
            ask()
    assert dossiers.find(code, khoa, now=NOW) == ()
    assert dossiers.sent_as(draft, khoa, now=NOW) == ""


def test_an_officer_of_another_commune_finds_nothing(tuyet):
    code = hand_in(BIRTH, ANSWERS, tuyet, now=MONDAY_9AM).code  # at the desk of Sài Gòn
    elsewhere = member("khue", TODAY)  # of Bến Thành

    with pytest.raises(DossierNotFound):
        dossiers.desk_view(code, elsewhere, now=NOW)
    assert dossiers.find(code, elsewhere, now=NOW) == ()


def test_only_the_applicant_rates_and_only_a_result(tuyet):
    code = in_process(tuyet)
    with pytest.raises(RatingNotYet):
        dossiers.rate(code, 5, actor=tuyet, now=NOW)
    walk(code, now=NOW)

    with pytest.raises(NotYourDossier):
        dossiers.rate(code, 5, actor=member("khue", TODAY), now=NOW)


# ── twice ────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_key_is_one_dossier_and_one_answer(tuyet):
    command = hand_in_command(tuyet)
    with idempotency.using("khoa-1"):
        first = dossiers.submit(command, actor=tuyet, now=NOW)
        again = dossiers.submit(command, actor=tuyet, now=NOW + timedelta(seconds=5))

    assert again == first
    assert Dossier.objects.count() == 1


def test_the_same_key_for_something_else_is_refused(tuyet):
    with idempotency.using("khoa-1"):
        dossiers.submit(hand_in_command(tuyet), actor=tuyet, now=NOW)
        other = replace(hand_in_command(tuyet), return_form=ReturnForm.COUNTER)
        with pytest.raises(IdempotencyMismatch):
            dossiers.submit(other, actor=tuyet, now=NOW)
    assert Dossier.objects.count() == 1


def test_a_step_sent_twice_with_its_key_is_taken_once(tuyet):
    code = a_birth(tuyet)
    khue = member("khue", TODAY)
    command = step_command(code, khue)
    with idempotency.using("khoa-2"):
        first = dossiers.take_step(command, actor=khue, now=NOW)
        again = dossiers.take_step(command, actor=khue, now=NOW)

    assert again == first
    assert [e.kind for e in seen(code, now=NOW).events] == ["opened", "move"]


def hand_in_command(by: Actor):
    return SubmitDossier(
        procedure_code=BIRTH,
        ward_code="26740",
        applicant_person_id=by.person_id,
        answers=ANSWERS,
        papers=papers_for(BIRTH, ANSWERS, by, now=NOW),
    )


def step_command(code: str, by: Actor):
    version = dossiers.desk_view(code, by, now=NOW).dossier.version_seen
    return TakeStep(code=code, action="receive", seen_version=version)


# ── where it came from, and where it is processed ────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("source", "channel", "supported"),
    [
        (Source.NATIONAL_PORTAL, Channel.ONLINE, False),
        (Source.CITY_APP, Channel.ONLINE, False),
        (Source.API, Channel.ONLINE, False),
        (Source.COUNTER, Channel.COUNTER, False),
        (Source.ASSISTED, Channel.ONLINE, True),
        (Source.POST, Channel.POSTAL, False),
    ],
)
def test_its_source_is_kept_and_shown(tuyet, source, channel, supported):
    at_desk = source in {Source.COUNTER, Source.ASSISTED, Source.POST}
    sender = member("ngan", TODAY) if at_desk else tuyet
    agreed = an_agreement(tuyet.person_id, sender, now=NOW) if supported else None

    receipt = hand_in(
        BIRTH,
        ANSWERS,
        sender,
        now=NOW,
        source=source,
        applicant=tuyet.person_id,
        assistance_id=agreed,
    )
    code = receipt.code

    view = seen(code, now=NOW, by=tuyet)
    line = dossiers.mine(tuyet, now=NOW).lines[0]
    assert (view.source, view.channel, line.source) == (source, channel, source)
    assert SOURCE_NAMES[view.source]
    assert Case.objects.get(code=code).source == source
    desk = organisations.one_stop_desk("26740").name
    assert (view.receiving_unit, view.supporting_unit) == (desk, desk if supported else "")


def test_a_citizen_cannot_file_for_somebody_else(tuyet, khoa):
    with pytest.raises(NotYourDossier):
        hand_in(BIRTH, ANSWERS, khoa, now=NOW, applicant=tuyet.person_id, source=Source.COUNTER)


def test_what_a_ministry_processes_is_only_followed_and_says_where_to_go(tuyet):
    with pytest.raises(ProcedureNotRunnable, match="Cổng Dịch vụ công quốc gia"):
        dossiers.begin_draft(PASSPORT, ward_code="26740", actor=tuyet, now=NOW, ask_registers=False)
    with pytest.raises(ProcedureNotRunnable, match="bộ, ngành trung ương"):
        hand_in(PASSPORT, {}, tuyet, now=NOW)
    assert Dossier.objects.count() == 0


# ── money ────────────────────────────────────────────────────────────────────────────────────────


def paid(code: str, dong: int, *, reference: str, at=NOW) -> Finding:
    """What the bank says of one transfer with the code of the bill in its memo."""
    invoice = payments.invoice_of(code)
    assert invoice
    credit = a_credit(f"NOP {invoice.code}", dong, transaction=reference, at=at)
    return receive_bank_credit(credit, actor=SYSTEM, now=at).finding


def test_too_little_does_not_start_the_clock_and_the_rest_does(tuyet, deliveries):
    code = obligation_asked(tuyet)
    short = paid(code, 1_000_000, reference="NH-1")
    deliveries()
    waiting = seen(code, now=NOW, by=tuyet)
    rest = paid(code, 200_000, reference="NH-2", at=NOW + timedelta(days=2))
    deliveries()

    view = seen(code, now=NOW + timedelta(days=2), by=tuyet)
    assert (short, rest) == (Finding.SHORT, Finding.EXACT)
    assert (waiting.status, waiting.invoice.state) == (
        NationalStatus.OBLIGATION_ASKED,
        InvoiceState.PARTLY,
    )
    assert (view.status, view.invoice.state) == (NationalStatus.IN_PROCESS, InvoiceState.PAID)
    assert view.clock.paused_minutes > 0
    assert "payment_received" in told(tuyet.person_id, code)


def test_money_told_twice_or_sent_twice_moves_the_dossier_once(tuyet, deliveries):
    an_officer_account("ngan", officer_id=the_officer("ngan").id)
    code = obligation_asked(tuyet)
    first = paid(code, 1_200_000, reference="NH-1")
    deliveries()
    moved = seen(code, now=NOW).version_seen
    told_again = paid(code, 1_200_000, reference="NH-1")
    sent_again = paid(code, 1_200_000, reference="NH-2")
    deliveries()

    assert (first, told_again, sent_again) == (Finding.EXACT, Finding.EXACT, Finding.PAID_TWICE)
    view = seen(code, now=NOW)
    assert (view.status, view.version_seen) == (NationalStatus.IN_PROCESS, moved)


def test_collectors_of_the_desk_are_told_of_money_that_fits_no_bill(tuyet, deliveries):
    account = an_officer_account("ngan", officer_id=the_officer("ngan").id)
    code = obligation_asked(tuyet)
    paid(code, 1_200_000, reference="NH-1")
    paid(code, 50_000, reference="NH-2")
    deliveries()

    message = next(
        m
        for m in notifications.messages_for_account(account.id)
        if m.template == "money_in_suspense"
    )
    assert message.subject == code
    assert "50.000" in message.text.replace("\u00a0", " ")
    assert "lần thứ hai" in message.text


def test_money_that_comes_after_withdrawal_waits_for_a_person(tuyet, deliveries):
    code = obligation_asked(tuyet)
    dossiers.withdraw(code, "Đổi ý", actor=tuyet, now=NOW)
    deliveries()
    late = paid(code, 1_200_000, reference="NH-1", at=NOW + timedelta(days=1))
    deliveries()

    view = seen(code, now=NOW + timedelta(days=1))
    assert late is Finding.AFTER_CANCEL
    assert (view.status, view.invoice.state) == (
        NationalStatus.STOPPED,
        InvoiceState.CANCELLED,
    )


def test_money_that_comes_days_later_resumes_with_the_days_given_back(tuyet, deliveries):
    code = obligation_asked(tuyet)
    before = seen(code, now=NOW).clock.due_at
    later = NOW + timedelta(days=7)
    paid(code, 1_200_000, reference="NH-1", at=later)
    deliveries()

    clock = seen(code, now=later).clock
    assert clock.paused_minutes == timedelta(days=7).total_seconds() // 60
    assert before and clock.due_at and clock.due_at > before
    assert clock.due_original == before


# ── a fee that a table fixes ─────────────────────────────────────────────────────────────────────


def test_an_open_fee_is_entered_once_by_those_who_may(tuyet):
    code = hand_in(HOUSE, HOUSE_ANSWERS, tuyet, now=MONDAY_9AM).code
    ngan, label = member("ngan", TODAY), "Lệ phí cấp giấy phép xây dựng"
    desk = dossiers.desk_view(code, ngan, now=NOW)
    assert [fee.label for fee in desk.open_fees] == [label]
    assert any(label in warning for warning in desk.warnings)
    assert payments.invoice_of(code) is None

    fee = FixFee(code=code, label=label, amount_dong=75_000)
    with pytest.raises(CannotFixFee):
        dossiers.fix_fee(fee, actor=tuyet, now=NOW)
    with pytest.raises(FeeAmountNeeded):
        dossiers.fix_fee(FixFee(code=code, label=label, amount_dong=-1), actor=ngan, now=NOW)
    with pytest.raises(FeeNotOpen):
        dossiers.fix_fee(FixFee(code=code, label="Phí khác", amount_dong=1), actor=ngan, now=NOW)
    dossiers.fix_fee(fee, actor=ngan, now=NOW)
    with pytest.raises(FeeNotOpen):
        dossiers.fix_fee(fee, actor=ngan, now=NOW)

    invoice = payments.invoice_of(code)
    assert invoice and (invoice.total, invoice.state) == (75_000, InvoiceState.UNPAID)
    assert dossiers.desk_view(code, ngan, now=NOW).open_fees == ()


def test_a_known_fee_is_on_the_bill_at_once(tuyet, deliveries):
    receipt = hand_in(BIRTH, ANSWERS | {"copies": 2}, tuyet, now=MONDAY_9AM)
    deliveries()

    invoice = payments.invoice_of(receipt.code)
    assert invoice and (invoice.code, invoice.total) == (receipt.invoice_code, 16_000)
    assert "payment_asked" in told(tuyet.person_id, receipt.code)


def test_declined_owes_nothing_any_more(tuyet, deliveries):
    code = hand_in(BIRTH, ANSWERS | {"copies": 2}, tuyet, now=MONDAY_9AM).code
    step(code, "decline", by=holder_of(code, now=NOW), now=NOW, items=(SETTLED_ELSEWHERE,))
    deliveries()

    invoice = payments.invoice_of(code)
    assert invoice and (invoice.state, invoice.outstanding) == (InvoiceState.CANCELLED, 0)


# ── talk ─────────────────────────────────────────────────────────────────────────────────────────


def test_what_the_applicant_writes_reaches_whoever_holds_the_step(tuyet, deliveries):
    account = an_officer_account("bao", officer_id=the_officer("bao").id)
    code = a_birth(tuyet)
    step(code, "receive", now=NOW)
    straight_on(code, now=NOW)
    dossiers.send_message(code, "Tôi cần gấp ạ", actor=tuyet, now=NOW)
    deliveries()

    told_to = {m.template for m in notifications.messages_for_account(account.id)}
    assert "citizen_message" in told_to
