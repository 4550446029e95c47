"""Giấy phép xây dựng nhà: from a draft, over two neighbours and a supplement, to the permit."""

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from motcua.contexts.casework.contracts import (
    OpinionsOutstanding,
    OpinionState,
    Timeliness,
    Verdict,
)
from motcua.contexts.casework.tasks import apply_silence
from motcua.contexts.counters.testing import an_open_till
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import VerificationStatus
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    AnswerOpinion,
    DossierView,
    FixFee,
    GivenPaper,
    NationalStatus,
    Shortcoming,
    Supply,
)
from motcua.contexts.identity.testing import a_person, an_officer_account
from motcua.contexts.notifications import public as notifications
from motcua.contexts.organisations import public as organisations
from motcua.contexts.payments import public as payments
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.forms import visible
from motcua.kernel.testing import MONDAY_9AM, citizen
from motcua.services.packs.construction.house_permit.test_pack import ANSWERS
from motcua.services.tests.journey import (
    a_file,
    an_officer_at,
    hand_in,
    holder_of,
    member,
    on_desk,
    papers_for,
    seen,
    step,
    straight_on,
    walk,
)

pytestmark = pytest.mark.django_db
HOUSE = "1.013225"
FEE = "Lệ phí cấp giấy phép xây dựng"
WEDNESDAY = MONDAY_9AM + timedelta(days=2)  # Tuesday is a holiday
DRAWING = Shortcoming(
    component_key="ban_ve_mong",
    reason="other",
    what="Bản vẽ móng",
    why="Thiếu sơ đồ đấu nối nước.",
    how="Vẽ thêm sơ đồ đấu nối cấp nước, thoát nước rồi gửi lại tệp PDF.",
    law="Nghị định 217/2026/NĐ-CP, Điều 53",
)


@pytest.fixture
def tuyet(small_city: None) -> Actor:
    return citizen(person=a_person().id)


def applied_from_draft(tuyet: Actor) -> str:
    """Filled page by page, papers attached, the desk of Bến Thành chosen: borderless."""
    now = MONDAY_9AM
    draft = dossiers.begin_draft(
        HOUSE, ward_code="26740", actor=tuyet, now=now, ask_registers=False
    ).draft_id
    for page in visible(dossiers.draft(draft, tuyet, now=now).version.form, ANSWERS):
        raw = {q.key: ANSWERS[q.key] for q in page.questions if q.key in ANSWERS}
        dossiers.save_page(draft, page.key, raw, actor=tuyet, now=now)
    for paper in papers_for(HOUSE, ANSWERS, tuyet, now=now):
        dossiers.attach_paper(draft, paper.component_key, paper.file_id, actor=tuyet, now=now)
    desk = organisations.one_stop_desk("26743").id
    dossiers.set_desk(draft, desk, actor=tuyet, now=now)
    return dossiers.submit_draft(draft, actor=tuyet, now=now).code


def in_appraisal(tuyet: Actor) -> str:
    code = hand_in(HOUSE, ANSWERS, tuyet, now=MONDAY_9AM, desk_ward="26743").code
    walk(code, now=MONDAY_9AM + timedelta(hours=1), until="appraise")
    return code


def kinds(view: DossierView) -> set[str]:
    return {paper.kind for paper in view.issued}


def told(tuyet: Actor, code: str) -> set[str]:
    messages = notifications.messages_for(tuyet.person_id)
    return {message.template for message in messages if message.subject == code}


def test_a_house_is_permitted_from_draft_to_wallet(tuyet, deliveries):
    code = applied_from_draft(tuyet)
    received_at = MONDAY_9AM + timedelta(hours=1)
    khue = member("khue", received_at.date())
    step(code, "receive", by=khue, now=received_at)
    deliveries()

    view = seen(code, now=received_at, by=tuyet)
    assert view.status is NationalStatus.RECEIVED
    assert kinds(view) == {"FORM_01"}
    assert (view.receiving_unit, view.competent_unit) == (
        organisations.one_stop_desk("26743").name,
        organisations.committee_of("26740").name,
    )
    assert view.clock.due_original
    assert view.clock.due_original.date() == date(2026, 12, 3)  # seven working days, one holiday

    dossiers.fix_fee(FixFee(code=code, label=FEE, amount_dong=75_000), actor=khue, now=received_at)
    deliveries()
    invoice = payments.invoice_of(code)
    assert invoice and invoice.total == 75_000
    assert "payment_asked" in told(tuyet, code)
    an_open_till(khue, now=received_at)
    payments.record_cash(
        code=invoice.code,
        amount_dong=75_000,
        unit_id=organisations.one_stop_desk("26743").id,
        actor=khue,
        now=received_at,
    )

    straight_on(code, now=received_at)
    ask_drawing_and_get_it(tuyet, code, deliveries)
    ask_two_units_of_whom_one_is_silent(code, deliveries)

    decided = WEDNESDAY + timedelta(days=5)
    taken = walk(code, now=decided, until="return")
    deliveries()
    issued = next(one.issued_code for one in taken if one.issued_code)
    check_permit(tuyet, code, issued)

    assert {"dossier_submitted", "dossier_received", "supplement_asked", "result_ready"} <= told(
        tuyet, code
    )
    straight_on(code, now=decided + timedelta(hours=1))
    dossiers.rate(code, 4, "Rõ ràng", actor=tuyet, now=decided + timedelta(hours=2))
    done = seen(code, now=decided + timedelta(hours=2), by=tuyet)
    assert (done.status, done.stars) == (NationalStatus.RETURNED, 4)
    assert done.clock.timeliness in {Timeliness.ON_TIME, Timeliness.EARLY}


def ask_drawing_and_get_it(tuyet, code, deliveries) -> None:
    """Form 02: the clock stops, the applicant is told, sends it, and the clock runs again."""
    asked_at = WEDNESDAY
    before = seen(code, now=asked_at).clock.due_at
    step(code, "supplement", now=asked_at, reason="Thiếu bản vẽ", items=(DRAWING,))
    deliveries()

    waiting = seen(code, now=asked_at + timedelta(hours=3), by=tuyet)
    assert waiting.status is NationalStatus.SUPPLEMENT_ASKED
    assert waiting.clock.timeliness is Timeliness.PAUSED
    assert waiting.open_supplement and waiting.open_supplement.items == (DRAWING,)
    assert "FORM_02" in kinds(waiting)
    assert "supplement_asked" in told(tuyet, code)

    supplied_at = asked_at + timedelta(days=1)
    paper = GivenPaper(
        component_key="ban_ve_mong", file_id=a_file(tuyet, now=supplied_at, text="mới")
    )
    dossiers.supply(Supply(code=code, papers=(paper,)), actor=tuyet, now=supplied_at)
    deliveries()
    after = seen(code, now=supplied_at, by=tuyet)
    assert after.status is NationalStatus.IN_PROCESS
    assert before and after.clock.due_at and after.clock.due_at.date() > before.date()
    assert after.clock.due_original and after.clock.due_original.date() == date(2026, 12, 3)
    newest = next(p for p in after.papers if p.component_key == "ban_ve_mong")
    assert newest.file and newest.file.id == paper.file_id


def notices_to(officer: Actor) -> Callable[[], list[str]]:
    """What the officer has been told so far, newest first."""
    assert officer.officer_id
    account = an_officer_account(str(officer.officer_id), officer_id=officer.officer_id)
    return lambda: [m.template for m in notifications.messages_for_account(account.id)]


def ask_two_units_of_whom_one_is_silent(code, deliveries) -> None:
    asked_at = WEDNESDAY + timedelta(days=1, hours=1)
    holder = holder_of(code, now=asked_at)
    offered = on_desk(code, now=asked_at, by=holder).actions
    consult = next(action for action in offered if action.key == "consult")
    units = tuple(unit for unit, _name, _named_by_process in consult.units[:2])
    experts = [an_officer_at(unit, Role.CONSULTED, city_date(asked_at)) for unit in units]
    asker, first, second = (notices_to(officer) for officer in (holder, *experts))
    step(code, "consult", now=asked_at, asked_unit_ids=units, question="Có vướng quy hoạch không?")
    deliveries()
    assert first() == second() == ["opinion_asked"]
    with pytest.raises(OpinionsOutstanding):
        step(code, "propose", now=asked_at)

    answered_at = asked_at + timedelta(hours=2)
    opinion = on_desk(code, now=answered_at, by=experts[0]).opinion_to_answer
    assert opinion
    dossiers.answer_opinion(
        AnswerOpinion(code=code, opinion_id=opinion.id, verdict=Verdict.AGREE),
        actor=experts[0],
        now=answered_at,
    )
    deliveries()
    assert asker()[0] == "opinion_given"
    with pytest.raises(OpinionsOutstanding):
        step(code, "propose", now=answered_at)

    apply_silence(asked_at + timedelta(days=5))
    deliveries()
    assert asker()[0] == "opinion_silent"
    states = {o.unit_id: o.state for o in on_desk(code, now=answered_at).opinions}
    assert states == {units[0]: OpinionState.ANSWERED, units[1]: OpinionState.SILENT}


def check_permit(tuyet, code, issued) -> None:
    """Signed by the signer's hand and the agency's seal, provable by anybody, in the wallet."""
    assert documents.verify(issued).status is VerificationStatus.VALID
    wallet = documents.issued_for_person(tuyet.person_id)
    permit = next(paper for paper in wallet if paper.subject == code)
    assert permit.verify_code == issued
    pdf = documents.read_file(permit.file_id)
    assert documents.verify_pdf(pdf).status is VerificationStatus.VALID
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "8 Pasteur" in text
    altered = pdf.replace(b"%%EOF", b"%%EOF\n% x", 1)
    assert documents.verify_pdf(altered).status is not VerificationStatus.VALID
