"""One dossier, as its applicant and as an officer sees it."""

from datetime import date, datetime
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import (
    OPEN_PHASES,
    CaseMoved,
    CaseView,
    NotYourStep,
    OpinionState,
    OpinionView,
    Phase,
    TaskKind,
    TaskState,
    TaskView,
)
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers.contracts import (
    PLAIN_STATUS,
    Channel,
    DeskView,
    DossierNotFound,
    DossierView,
    NationalStatus,
    ReasonNotKept,
    ReturnForm,
    Source,
    SupplementPhase,
    SupplementView,
)
from motcua.contexts.dossiers.models import Dossier, SupplementRequest
from motcua.contexts.dossiers.policies import DossierPolicy
from motcua.contexts.dossiers.queries.answers import answers_for, origins_for
from motcua.contexts.dossiers.queries.fees import exemptions_open, fees_of, open_fees
from motcua.contexts.dossiers.queries.fieldwork import may_plan, visits_of
from motcua.contexts.dossiers.queries.initials import may_initial
from motcua.contexts.dossiers.queries.offering import law_of_silence, offer
from motcua.contexts.dossiers.queries.papers import papers_of
from motcua.contexts.dossiers.queries.rulings import rulings_of
from motcua.contexts.dossiers.queries.shortcomings import (
    ended_for,
    is_further,
    items_by_request,
    may_release,
    proposals_of,
    returned_for,
    waits_for,
)
from motcua.contexts.dossiers.queries.stages import stages_of
from motcua.contexts.dossiers.queries.warnings import warnings_of
from motcua.contexts.dossiers.rules import statuses
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.payments import public as payments
from motcua.contexts.payments.contracts import NO_MONEY_BACK
from motcua.contexts.procedures import public as procedures
from motcua.contexts.reference import public as reference
from motcua.kernel import access, reasons
from motcua.kernel.actors import ROLE_NAMES, Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.forms import read_sheet, values_of

RETURN_WORDS: dict[str, str] = {
    ReturnForm.ELECTRONIC: "Bản điện tử trong Ví giấy tờ",
    ReturnForm.COUNTER: "Nhận tại quầy",
    ReturnForm.POST: "Bưu chính công ích",
}
OPENING = DossierPolicy.opening  # the action that keeps why somebody looks
STANDING = date(9999, 12, 31)  # communes without an end
YOUR_TURN = frozenset({NationalStatus.SUPPLEMENT_ASKED, NationalStatus.OBLIGATION_ASKED})


def not_found() -> DossierNotFound:
    return DossierNotFound()


def dossier_row(code: str, actor: Actor, *, now: datetime) -> Dossier:
    """Raises: DossierNotFound, also when it exists and the actor may not see it; ReasonNotKept."""
    return _visible_row(actor, now, code=code)


def dossier_row_by_id(case_id: UUID, actor: Actor, *, now: datetime) -> Dossier:
    """Raises: DossierNotFound, ReasonNotKept."""
    return _visible_row(actor, now, case_id=case_id)


def _visible_row(actor: Actor, now: datetime, **which: object) -> Dossier:
    row = access.visible(Dossier.objects.filter(**which), actor, DossierPolicy, now=now).first()
    if row is None:
        raise DossierNotFound
    _check_reason(row, actor, now)
    return row


def may_open(code: str, actor: Actor, *, now: datetime) -> bool:
    """Whether a reason that is needed has been kept. Raises: DossierNotFound."""
    try:
        dossier_row(code, actor, now=now)
    except ReasonNotKept:
        return False
    return True


def _check_reason(row: Dossier, actor: Actor, now: datetime) -> None:
    """Who sees a dossier only by watching the city has said why. Raises: ReasonNotKept."""
    if not reasons.watches(actor, DossierPolicy, now=now):
        return
    rows = Dossier.objects.filter(pk=row.pk)
    if not reasons.opened(rows, actor, DossierPolicy, now=now).exists():
        raise ReasonNotKept


def moved_meanwhile(case: CaseView) -> CaseMoved:
    """Who was faster, and when: the refusal that names them."""
    last = casework.events_of(case)[-1]
    by = f"được {last.actor_name} xử lý" if last.actor_name else "được xử lý"
    return CaseMoved(
        f"Hồ sơ này vừa {by} lúc {casework.moment_words(last.at)}, nên thao tác của bạn chưa "
        "được ghi. Bạn mở lại hồ sơ để xem bước mới.",
        version=case.version,
    )


def for_letters(code: str) -> tuple[Dossier, CaseView]:
    """For jobs that have no actor. Raises: DossierNotFound."""
    row = Dossier.objects.filter(code=code).first()
    if row is None:
        raise DossierNotFound
    return row, casework.case(code)


def ward_name(code: str) -> str:
    if not code:
        return ""
    commune = reference.commune(code, STANDING)
    if commune is None:
        return reference.name_anywhere(code) or code
    return commune.full_name


def old_ward_name(code: str) -> str:
    """The commune of before 1 July 2025 with its district; "" when there was none."""
    if not code:
        return ""
    former = next(iter(reference.successors(code)), None)
    if former is None:
        return reference.old_name_anywhere(code)
    return ", ".join(part for part in (former.old_name, former.old_district) if part)


def track_url(code: str) -> str:
    origin: str = settings.PUBLIC_ORIGIN
    return urljoin(f"{origin}/", f"tra-cuu?ma={code}")


def supplements_of(dossier: Dossier) -> tuple[SupplementView, ...]:
    rows = list(SupplementRequest.objects.filter(dossier_id=dossier.case_id).order_by("number"))
    if not rows:
        return ()
    names = identity.officer_names({row.asked_by for row in rows if row.asked_by})
    items = items_by_request(dossier)
    return tuple(
        SupplementView(
            number=row.number,
            phase=SupplementPhase(row.phase),
            asked_at=row.asked_at,
            asked_by=names.get(row.asked_by, "") if row.asked_by else "",
            answer_by=row.answer_by,
            items=items.get(row.id, ()),
            supplied_at=row.supplied_at,
        )
        for row in rows
    )


def dossier_view(row: Dossier, actor: Actor, *, now: datetime) -> DossierView:
    """Everything of one dossier that the actor, who may see it, may see."""
    case = casework.case_by_id(row.case_id)
    version = procedures.version(row.procedure_version_id)
    derivation, days = casework.clock_of(row.code, as_of=now)
    sheet = read_sheet(row.sheet)
    status = NationalStatus(case.status)
    is_party = actor.is_party(row.applicant_person_id)
    answers, withheld = answers_for(actor, version, values_of(sheet), case, own=is_party)
    supplements = supplements_of(row)
    unit = _unit_names(case)
    invoice = payments.invoice_of(row.code)
    waiting = any(s.supplied_at is None for s in supplements)
    your_turn = case.phase is not Phase.ENDED and (status in YOUR_TURN or waiting)
    return DossierView(
        code=row.code,
        case_id=row.case_id,
        version_seen=case.version,
        version=version,
        status=status,
        status_text=PLAIN_STATUS[status],
        phase=case.phase,
        source=Source(row.source),
        channel=Channel(row.channel),
        return_form=ReturnForm(row.return_form),
        applicant_person_id=row.applicant_person_id,
        applicant_name=identity.names_of([row.applicant_person_id]).get(
            row.applicant_person_id, ""
        ),
        filed_by=filed_by(row, now=now),
        secret=row.secret if is_party or actor.has(Role.RECEIVER) else "",
        receiving_unit=unit["receiving"],
        competent_unit=unit["competent"],
        handling_unit=unit["handling"],
        supporting_unit=unit["supporting"],
        submitted_at=case.opened_at,
        receive_due_at=case.receive_due_at,
        clock=derivation,
        days=days,
        stages=stages_of(case, casework.tasks_of(case), now=now, named=True),
        answers=answers,
        withheld=withheld,
        provenance=origins_for(sheet, actor, case, own=is_party, withheld=withheld),
        papers=papers_of(row),
        supplements=supplements,
        invoice=invoice,
        money_back=payments.money_back_of(row.code) if invoice else NO_MONEY_BACK,
        messages=casework.messages_of(case.id),
        events=casework.events_of(case, party_only=is_party),
        issued=documents.issued_of(row.code),
        stars=row.stars,
        turn_sentence=turn_sentence(case, status, unit, waiting),
        your_turn=your_turn,
        can_withdraw=is_party and status in statuses.WITHDRAWABLE,
        fees=fees_of(row),
        due_if_supplied=casework.due_if_resumed(row.code, at=now) if waiting else None,
        ended_for=ended_for(row) if status in statuses.ENDED_FOR_REASONS else (),
        rulings=rulings_of(row),
        earlier=case.earlier,
    )


def _unit_names(case: CaseView) -> dict[str, str]:
    return {
        name: organisations.unit_by_id(unit_id).name if unit_id else ""
        for name, unit_id in (
            ("receiving", case.receiving_unit_id),
            ("competent", case.competent_unit_id),
            ("handling", case.handling_unit_id),
            ("supporting", case.supporting_unit_id),
        )
    }


def filed_by(row: Dossier, *, now: datetime) -> str:
    """Who filed it for whom, and on what ground; "" when the applicant did it alone.

    What was done under a mandate stays so when the mandate has ended.
    """
    if row.mandate_id is None:
        return ""
    return identity.chains_of([row.mandate_id], now=now).get(row.mandate_id, "")


def turn_sentence(
    case: CaseView, status: NationalStatus, unit: dict[str, str], waiting: bool
) -> str:
    """Whose turn it is, in one sentence."""
    if waiting and case.phase is not Phase.ENDED:
        return "Đến lượt bạn: gửi thêm giấy tờ được yêu cầu."
    step = casework.process_table(case.process_id).step(case.step)
    return {
        NationalStatus.REGISTERED: f"Bạn không cần làm gì. {unit['receiving']} đang xem hồ sơ.",
        NationalStatus.NOT_RECEIVED: "Hồ sơ chưa tiếp nhận được. Bạn xem lý do và cách nộp lại.",
        NationalStatus.OBLIGATION_ASKED: "Đến lượt bạn: trả khoản tiền được thông báo.",
        NationalStatus.WITHDRAWAL_ASKED: "Bạn đã xin rút. Cơ quan đang gửi thông báo dừng.",
        NationalStatus.STOPPED: "Hồ sơ đã dừng. Bạn xem thông báo để biết lý do.",
        NationalStatus.DONE: "Đã có kết quả. Bạn mở Ví giấy tờ để xem và tải về.",
        NationalStatus.RETURNED: "Bạn đã nhận kết quả.",
    }.get(status, f"Bạn không cần làm gì. {unit['handling']} đang làm bước «{step.citizen_name}».")


def check_holds_step(dossier: Dossier, actor: Actor, *, now: datetime) -> TaskView:
    """The open task of the step, if the actor holds it. Raises: NotYourStep."""
    case = casework.case_by_id(dossier.case_id)
    task = _open_step(casework.tasks_of(case))
    if task is None or not _holds(task, actor, now):
        raise NotYourStep
    return task


def may_fix_fee(case: CaseView, actor: Actor, *, now: datetime) -> bool:
    """The receiving desk, or whoever holds the step, enters what a fee costs."""
    if actor.holds(case.receiving_unit_id, [Role.RECEIVER, Role.FEE_COLLECTOR]):
        return True
    task = _open_step(casework.tasks_of(case))
    return task is not None and _holds(task, actor, now)


def check_may_extend(case: CaseView, actor: Actor) -> None:
    """Hẹn lại is signed by the head of the agency. Raises: NotYourStep."""
    if not actor.holds(case.competent_unit_id, [Role.SIGNER]):
        raise NotYourStep("Chỉ lãnh đạo cơ quan giải quyết ký thư xin lỗi và hẹn lại được.")


def _open_step(tasks: tuple[TaskView, ...]) -> TaskView | None:
    alive = {TaskState.OPEN, TaskState.WAITING}
    return next((t for t in tasks if t.kind is TaskKind.STEP and t.state in alive), None)


def _holds(task: TaskView, actor: Actor, now: datetime) -> bool:
    return casework.post_for(task, actor, on=city_date(now)) is not None


def desk_view(row: Dossier, actor: Actor, *, now: datetime) -> DeskView:
    """The dossier on an officer's desk: what may be done now, and whose step it is."""
    dossier = dossier_view(row, actor, now=now)
    case = casework.case_by_id(row.case_id)
    table = casework.process_table(case.process_id)
    tasks = casework.tasks_of(case)
    task = _open_step(tasks)
    mine = task is not None and _holds(task, actor, now) and task.state is TaskState.OPEN
    opinions = casework.opinions_of(case.id)
    step = table.step(case.step)
    may_act = mine and case.phase is not Phase.PAUSED
    actions = statuses.open_actions(step, dossier.status) if may_act else ()
    fees = open_fees(row) if case.phase is not Phase.ENDED else ()
    exemptions = exemptions_open(dossier.invoice, now) if case.phase is not Phase.ENDED else ()
    unit_ids = {t.unit_id for t in tasks} | {o.unit_id for o in opinions}
    stands_in_for, snoozed_until = _own_part(task, actor, now)
    proposals = proposals_of(row, case) if row.supplements else ()
    return DeskView(
        dossier=dossier,
        step_name=step.name,
        task=task,
        mine=mine,
        holder_sentence=_holder_sentence(case, task, now),
        actions=tuple(offer(case, a, dossier.version, now) for a in actions),
        opinions=opinions,
        opinion_to_answer=_to_answer(opinions, case, actor),
        tasks=tasks,
        unit_names={i: u.name for i, u in organisations.units_by_id(unit_ids).items()},
        warnings=warnings_of(row, case, dossier, fees),
        returned_for=returned_for(row, dossier.events),
        needs_release=is_further(row, case) and not may_release(case, actor),
        proposals=proposals,
        can_release=waits_for(proposals) and may_release(case, actor),
        open_fees=fees,
        can_fix_fee=bool(fees) and may_fix_fee(case, actor, now=now),
        exemptions=exemptions,
        can_exempt=bool(exemptions) and may_fix_fee(case, actor, now=now),
        can_correct=actor.holds(case.competent_unit_id, [Role.SIGNER])
        and any(one.kind == "RESULT" and not one.is_revoked for one in dossier.issued),
        can_extend=actor.holds(case.competent_unit_id, [Role.SIGNER])
        and case.phase in {Phase.RUNNING, Phase.PAUSED}
        and not dossier.clock.extended,
        can_initial=may_act and may_initial(case, row),
        may_give=task is not None and actor.holds(task.unit_id, casework.HEADS),
        snoozed_until=snoozed_until,
        stands_in_for=stands_in_for,
        silence_law=law_of_silence(table),
        asks=task is not None
        and (_holds(task, actor, now) or actor.holds(task.unit_id, casework.HEADS)),
        answers_for=actor.unit_ids(Role.CONSULTED),
        visits=visits_of(row.case_id),
        can_visit=may_plan(case, task, actor, now=now),
    )


def _holder_sentence(case: CaseView, task: TaskView | None, now: datetime) -> str:
    if task is None:
        return "Hồ sơ đã kết thúc, không còn bước nào."
    unit = organisations.unit_by_id(task.unit_id)
    if task.assignee_id:
        name = organisations.officers_by_id([task.assignee_id])[task.assignee_id].full_name
        away = _stand_ins(task, task.assignee_id, city_date(now))
        return f"Bước này đang ở {name}, {ROLE_NAMES[task.role]}, {unit.name}.{away}"
    able = organisations.holders_of(task.unit_id, task.role, city_date(now))
    names = ", ".join(holder.full_name for holder in able[:3])
    return f"Bước này thuộc {ROLE_NAMES[task.role]} của {unit.name} ({names})."


def _stand_ins(task: TaskView, absent: UUID, today: date) -> str:
    """Who does it while its holder is away."""
    if not organisations.is_away(absent, today):
        return ""
    names = [
        holder.full_name
        for holder in organisations.holders_of(task.unit_id, task.role, today)
        if any(
            (post.unit_id, post.role, post.substituting_for) == (task.unit_id, task.role, absent)
            for post in organisations.posts_of(holder.id, today)
        )
    ]
    return f" Đang vắng mặt, {', '.join(names)} làm thay." if names else " Đang vắng mặt."


def _own_part(task: TaskView | None, actor: Actor, now: datetime) -> tuple[str, datetime | None]:
    """Whom the actor stands in for in doing the task, and until when they snoozed it."""
    if task is None or actor.officer_id is None:
        return "", None
    post = casework.post_for(task, actor, on=city_date(now))
    absent = post.substituting_for if post else None
    found = organisations.officers_by_id([absent]) if absent else {}
    until = casework.snoozed_until([task.id], actor.officer_id, now).get(task.id)
    return (found[absent].full_name if absent in found else ""), until


def _to_answer(
    opinions: tuple[OpinionView, ...], case: CaseView, actor: Actor
) -> OpinionView | None:
    """What the reader's unit is asked; else what it did not answer in time, to answer late."""
    mine = [one for one in opinions if one.unit_id in actor.unit_ids(Role.CONSULTED)]
    late = case.phase in OPEN_PHASES
    silent = (o for o in mine if o.state is OpinionState.SILENT and late and not o.answered_at)
    asked = (one for one in mine if one.state is OpinionState.ASKED)
    return next(asked, None) or next(silent, None)
