"""Báo tin cho cán bộ: what asks for an act of the officers themselves."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import (
    CaseView,
    OpinionState,
    OpinionView,
    Silence,
    TaskKind,
    TaskState,
    TaskView,
    Verdict,
)
from motcua.contexts.dossiers.contracts.shortcomings import ProposalState
from motcua.contexts.dossiers.models import Assistance, Dossier, FieldVisit, SupplementProposal
from motcua.contexts.identity import public as identity
from motcua.contexts.notifications import public as notifications
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitKind
from motcua.contexts.payments.contracts import Finding
from motcua.kernel.actors import ROLE_NAMES, Role
from motcua.kernel.clock import city_date
from motcua.kernel.money import Money

REASONS = {
    Finding.OVER: "chuyển thừa",
    Finding.PAID_TWICE: "trả lần thứ hai cho khoản đã đủ",
    Finding.AFTER_CANCEL: "trả sau khi khoản phí đã hủy",
    Finding.UNKNOWN_BILL: "nội dung không có mã khoản phí",
}
SILENCE_WORDS = {Silence.CONSENT: "đồng ý", Silence.NO_OPINION: "không có ý kiến"}
VERDICT_WORDS = {
    Verdict.AGREE: "đồng ý",
    Verdict.DISAGREE: "không đồng ý",
    Verdict.COMMENT: "có ý kiến khác",
}
# what became of a question -> template of the notice
TO_WHO_ASKED = {"longer_asked": "opinion_longer_asked", "late": "opinion_late"}
TO_THE_ASKED = {
    "due_soon": "opinion_due_soon",
    "longer_granted": "opinion_longer_granted",
    "longer_declined": "opinion_longer_declined",
}
ALIVE = frozenset({TaskState.OPEN, TaskState.WAITING})


def money_in_suspense(subject: str, finding: str, amount: int, *, now: datetime) -> None:
    """The collectors of the desk that received the dossier; of the city's centres if none did."""
    words = {"amount": Money(amount).vnd(), "reason": REASONS[Finding(finding)]}
    officers: set[UUID] = set()
    for desk in _desks(subject, now):
        collectors = organisations.holders_of(desk, Role.FEE_COLLECTOR, city_date(now))
        officers |= {collector.id for collector in collectors}
    tell_officers(officers, "money_in_suspense", subject, words, now)


def refund_asked(
    subject: str, amount: int, *, unit_id: UUID | None, second: bool, now: datetime
) -> None:
    """The collectors of the agency that received the money decide; second: its heads as well."""
    today = city_date(now)
    desks = (organisations.heir_of(unit_id, today),) if unit_id else _desks(subject, now)
    wanted = (Role.FEE_COLLECTOR, Role.DIVISION_HEAD) if second else (Role.FEE_COLLECTOR,)
    officers = {
        officer.id
        for desk in desks
        for role in wanted
        for officer in organisations.holders_of(desk, role, today)
    }
    tell_officers(officers, "refund_asked", subject, {"amount": Money(amount).vnd()}, now)


def days_left_open(unit_id: UUID, days: int, oldest: date, *, now: datetime) -> None:
    """Who collects at the unit and who heads it: days of money that nobody closed."""
    officers = {
        officer.id
        for role in (Role.FEE_COLLECTOR, Role.DIVISION_HEAD)
        for officer in organisations.holders_of(unit_id, role, city_date(now))
    }
    words = {
        "unit": organisations.unit_by_id(unit_id).name,
        "days": str(days),
        "oldest": f"{oldest:%d/%m/%Y}",
    }
    tell_officers(officers, "days_left_open", f"{unit_id}/{city_date(now)}", words, now)


def _desks(subject: str, now: datetime) -> Iterable[UUID]:
    if Dossier.objects.filter(code=subject).exists():
        return (casework.case(subject).receiving_unit_id,)
    units = organisations.all_units(city_date(now))
    return [unit.id for unit in units if unit.kind is UnitKind.ONE_STOP_CITY]


def supplied(code: str, *, now: datetime) -> None:
    """The applicant sent what was asked: whoever holds the step goes on."""
    case = casework.case(code)
    task = _open_step(case)
    if task:
        words = {"until": casework.moment_words(task.due_at)}
        tell_officers(_holders(task, now), "supplement_arrived", code, words, now)


def written(code: str, *, now: datetime) -> None:
    """The applicant wrote: whoever holds the step answers."""
    task = _open_step(casework.case(code))
    if task:
        tell_officers(_holders(task, now), "citizen_message", code, {}, now)


def visit_unsuited(code: str, visit_id: UUID, *, now: datetime) -> None:
    """Whoever was to go chooses another hour."""
    visit = FieldVisit.objects.get(pk=visit_id)
    if visit.unsuited:
        words = {"until": casework.moment_words(visit.starts_at), "reason": visit.unsuited}
        tell_officers({UUID(one) for one in visit.visitor_ids}, "visit_unsuited", code, words, now)


def proposed(code: str, proposal_id: UUID, *, now: datetime) -> None:
    """The heads of the division; where it has none, those who sign for the agency."""
    proposal = SupplementProposal.objects.get(pk=proposal_id)
    today = city_date(now)
    heads = organisations.holders_of(proposal.unit_id, Role.DIVISION_HEAD, today)
    heads = heads or organisations.holders_of(proposal.authority_id, Role.SIGNER, today)
    names = identity.officer_names([proposal.proposed_by] if proposal.proposed_by else [])
    words = {"from": next(iter(names.values()), "Cán bộ")}
    tell_officers({head.id for head in heads}, "supplement_proposed", code, words, now)


def data_guards(today: date) -> frozenset[UUID]:
    """The officers who protect personal data, of every unit that has one."""
    return frozenset(
        officer.id
        for unit in organisations.all_units(today)
        for officer in organisations.holders_of(unit.id, Role.DATA_PROTECTION, today)
    )


def assistance_denied(code: str, assistance_id: UUID, *, now: datetime) -> None:
    """The heads of the desk and whoever protects data; never the helper alone."""
    row = Assistance.objects.get(pk=assistance_id)
    today = city_date(now)
    agency = casework.case(code).competent_unit_id
    heads = organisations.holders_of(row.unit_id, Role.DIVISION_HEAD, today)
    heads = heads or organisations.holders_of(agency, Role.SIGNER, today)
    officers = {*data_guards(today), *(head.id for head in heads)} - {row.officer_id}
    words = {"officer": identity.officer_names([row.account_id]).get(row.account_id, "")}
    tell_officers(officers, "assistance_denied", code, words, now)


def proposal_answered(code: str, proposal_id: UUID, *, now: datetime) -> None:
    """Whoever wrote it; the heads have nothing left to do."""
    proposal = SupplementProposal.objects.get(pk=proposal_id)
    today = city_date(now)
    heads = {
        head.id
        for unit_id, role in (
            (proposal.unit_id, Role.DIVISION_HEAD),
            (proposal.authority_id, Role.SIGNER),
        )
        for head in organisations.holders_of(unit_id, role, today)
    }
    for account_id in sorted(identity.accounts_of(heads).values()):
        notifications.settle_turns(subject=code, account_id=account_id, now=now)
    if proposal.officer_id:
        released = proposal.state == ProposalState.RELEASED
        template = "supplement_released" if released else "supplement_declined"
        tell_officers({proposal.officer_id}, template, code, {}, now)


def opinion_asked(code: str, opinion_id: UUID, *, now: datetime) -> None:
    """Whoever may answer for the asked unit. The question itself is read on the dossier."""
    case = casework.case(code)
    opinion, step = _opinion(case, opinion_id), _open_step(case)
    if opinion.state is OpinionState.ASKED and step:
        words = {
            "from": organisations.unit_by_id(step.unit_id).name,
            "until": casework.moment_words(opinion.due_at),
            "silence": SILENCE_WORDS[opinion.silence],
        }
        tell_officers(_consulted(opinion, now), "opinion_asked", code, words, now)


def opinion_ended(code: str, opinion_id: UUID, *, now: datetime) -> None:
    """Who asked reads the outcome; who was asked has nothing left to do."""
    case = casework.case(code)
    opinion, step = _opinion(case, opinion_id), _open_step(case)
    for account_id in sorted(identity.accounts_of(_consulted(opinion, now)).values()):
        notifications.settle_turns(subject=code, account_id=account_id, now=now)
    if step is None:
        return
    words = {"from": organisations.unit_by_id(opinion.unit_id).name}
    if opinion.state is OpinionState.WITHDRAWN:
        tell_officers(_consulted(opinion, now), "opinion_withdrawn", code, {}, now)
    elif opinion.verdict:
        words["answer"] = VERDICT_WORDS[opinion.verdict]
        tell_officers(_holders(step, now), "opinion_given", code, words, now)
    else:
        words["silence"] = SILENCE_WORDS[opinion.silence]
        tell_officers(_holders(step, now), "opinion_silent", code, words, now)


def opinion_progressed(code: str, opinion_id: UUID, progress: str, *, now: datetime) -> None:
    """The asked unit: its time ends soon, or it got more. Who asked: more is wanted, or late."""
    case = casework.case(code)
    opinion, step = _opinion(case, opinion_id), _open_step(case)
    words = {
        "from": organisations.unit_by_id(opinion.unit_id).name,
        "until": casework.moment_words(opinion.due_at),
        "silence": SILENCE_WORDS[opinion.silence],
    }
    if opinion.verdict:
        words["answer"] = VERDICT_WORDS[opinion.verdict]
    if progress in TO_WHO_ASKED and step is not None:
        tell_officers(_holders(step, now), TO_WHO_ASKED[progress], code, words, now)
    elif progress in TO_THE_ASKED:
        tell_officers(_consulted(opinion, now), TO_THE_ASKED[progress], code, words, now)


def _opinion(case: CaseView, opinion_id: UUID) -> OpinionView:
    return next(one for one in casework.opinions_of(case.id) if one.id == opinion_id)


def _consulted(opinion: OpinionView, now: datetime) -> set[UUID]:
    able = organisations.holders_of(opinion.unit_id, Role.CONSULTED, city_date(now))
    return {officer.id for officer in able}


def _open_step(case: CaseView) -> TaskView | None:
    tasks = casework.tasks_of(case)
    return next((t for t in tasks if t.kind is TaskKind.STEP and t.state in ALIVE), None)


def _holders(task: TaskView, now: datetime) -> set[UUID]:
    """The officer it was given to and their substitute; else everybody who may take it."""
    able = organisations.holders_of(task.unit_id, task.role, city_date(now))
    given = [o for o in able if task.assignee_id in {o.id, o.substituting_for}]
    return {officer.id for officer in given or able}


def places_lacking(*, now: datetime) -> None:
    """Each night: where open tasks lack a person of the place, whoever does them is told."""
    for one in casework.check_holders(now=now):
        words = {
            "place": f"{ROLE_NAMES[one.place.role]}, {one.place.unit_name}",
            "tasks": str(one.tasks),
            "until": casework.moment_words(one.next_due),
        }
        officers = [officer.id for officer in one.place.acting]
        tell_officers(officers, "place_lacking", str(one.place.unit_id), words, now)


def tell_officers(
    officers: Iterable[UUID],
    template: str,
    subject: str,
    words: Mapping[str, str],
    now: datetime,
) -> None:
    """Each officer who has an account."""
    for account_id in sorted(identity.accounts_of(officers).values()):
        notifications.notify(
            account_id=account_id, template=template, subject=subject, params=words, now=now
        )
