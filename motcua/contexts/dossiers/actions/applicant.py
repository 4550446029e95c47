"""Người nộp: supply what was asked, withdraw, write, rate."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import PauseReason, Phase
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions.desk import tell
from motcua.contexts.dossiers.actions.drafts import check_mandate
from motcua.contexts.dossiers.actions.submission import (
    check_files,
    checked_answers,
    classify_files,
    paper_row,
)
from motcua.contexts.dossiers.contracts import (
    NationalStatus,
    NothingAsked,
    NothingSupplied,
    NotYourDossier,
    PresenceNotMarked,
    RatingNotYet,
    Source,
    StarsMalformed,
    StatusNotAllowed,
    StepTaken,
    Supply,
)
from motcua.contexts.dossiers.events import DossierRated
from motcua.contexts.dossiers.models import Dossier, DossierPaper, DossierPast, SupplementRequest
from motcua.contexts.dossiers.rules.statuses import check_transition
from motcua.contexts.payments import public as payments
from motcua.contexts.payments.contracts import RefundGround
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel import db, events
from motcua.kernel.actors import Act, Actor, Role
from motcua.kernel.db import joins_transaction, owns_transaction
from motcua.kernel.forms import attributed, read_sheet, sheet_table, values_of

AT_COUNTER = "theo yêu cầu của người nộp tại quầy"


@owns_transaction
def supply(command: Supply, *, actor: Actor, now: datetime) -> StepTaken:
    """Send what was asked; the clock goes on at once. Papers sent before stay in the record.

    Raises: DossierNotFound, NotYourDossier, PresenceNotMarked, NothingAsked, NothingSupplied,
    FileNotFound, AnswersIncomplete.
    """
    dossier = _own(command.code, actor, now, person_present=command.person_present)
    check_mandate(actor, Act.SUBMIT, _version(dossier), about=dossier.code, now=now)
    case = casework.case_by_id(dossier.case_id)
    if case.status == NationalStatus.WITHDRAWAL_ASKED or case.phase is Phase.ENDED:
        raise NothingAsked
    request = SupplementRequest.objects.filter(
        dossier_id=dossier.case_id, supplied_at__isnull=True
    ).first()
    if request is None:
        raise NothingAsked
    if not command.papers and not command.answers:
        raise NothingSupplied(field="papers")
    _replace_papers(dossier, command, actor, now)
    _correct_answers(dossier, command, actor, now)
    request.supplied_at = now
    db.change(request, "supplied_at", expecting={"supplied_at": None})
    paused = case.status == NationalStatus.SUPPLEMENT_ASKED
    status = NationalStatus.IN_PROCESS if paused else NationalStatus(case.status)
    casework.resume(
        case_code=dossier.code,
        reason=PauseReason.SUPPLEMENT,
        status=status,
        note=_noted(dossier, command.note, actor),
        actor=actor,
        now=now,
    )
    tell(dossier, action="supply", kind="SUPPLIED", status=status, step=case.step, now=now)
    db.record(
        action="dossiers.supply",
        subject=dossier.code,
        actor=actor,
        facts={
            "papers": len(command.papers),
            "answers": len(command.answers),
            **_at_counter(dossier, actor),
        },
    )
    return _taken(dossier, status, case.step, "Đã gửi thêm. Đồng hồ chạy tiếp từ bây giờ.")


def _replace_papers(dossier: Dossier, command: Supply, actor: Actor, now: datetime) -> None:
    sent = {p.component_key for p in command.papers}
    check_files(command.papers, actor)
    old = DossierPaper.objects.filter(
        dossier_id=dossier.case_id, component_key__in=sent, replaced_at__isnull=True
    ).order_by("added_at")
    for paper in old:
        paper.replaced_at = now
        db.change(paper, "replaced_at")
    db.insert(*(paper_row(dossier, given, now) for given in command.papers))
    classify_files(_version(dossier), command.papers)


def _correct_answers(dossier: Dossier, command: Supply, actor: Actor, now: datetime) -> None:
    if not command.answers:
        return
    version = procedures.version(dossier.procedure_version_id)
    known = read_sheet(dossier.sheet)
    cleaned = checked_answers(version, values_of(known) | dict(command.answers), now)
    past = DossierPast(dossier_id=dossier.case_id, until=now, by=actor.account_id)
    past.sheet = dossier.sheet
    db.insert(past)
    dossier.sheet = sheet_table(attributed(cleaned, known=known, at=now))
    db.change(dossier, "sheet")


@owns_transaction
def withdraw(
    code: str, reason: str, *, person_present: bool = False, actor: Actor, now: datetime
) -> StepTaken:
    """Rút hồ sơ, before the decision. What was paid is owed back.

    person_present: a receiver acts for the applicant, who stands at the desk and asks for it.
    Raises: DossierNotFound, NotYourDossier, PresenceNotMarked, StatusNotAllowed, CaseEnded.
    """
    dossier = _own(code, actor, now, person_present=person_present)
    check_mandate(actor, Act.SUBMIT, _version(dossier), about=code, now=now)
    return withdraw_within(dossier, reason, actor=actor, now=now)


@joins_transaction
def withdraw_within(dossier: Dossier, reason: str, *, actor: Actor, now: datetime) -> StepTaken:
    """`withdraw` within another action. Raises: StatusNotAllowed, CaseEnded."""
    code, case = dossier.code, casework.case_by_id(dossier.case_id)
    if case.status == NationalStatus.WITHDRAWAL_ASKED:
        raise StatusNotAllowed("Bạn đã xin rút hồ sơ này. Cơ quan đang gửi thông báo dừng.")
    check_transition(NationalStatus(case.status), NationalStatus.WITHDRAWAL_ASKED)
    casework.ask_withdrawal(
        case_code=code,
        reason=_noted(dossier, reason, actor),
        asked=NationalStatus.WITHDRAWAL_ASKED,
        actor=actor,
        now=now,
    )
    tell(
        dossier,
        action="withdraw",
        kind="WITHDRAWAL",
        status=NationalStatus.WITHDRAWAL_ASKED,
        step=case.step,
        now=now,
    )
    db.record(
        action="dossiers.withdraw", subject=code, actor=actor, facts=_at_counter(dossier, actor)
    )
    return _taken(
        dossier,
        NationalStatus.WITHDRAWAL_ASKED,
        case.step,
        "Đã nhận yêu cầu rút hồ sơ. Bạn sẽ nhận thông báo dừng giải quyết.",
    )


@owns_transaction
def finish_withdrawal(code: str, *, actor: Actor, now: datetime) -> None:
    """State 7 becomes 8 with Form 05. Called at least once; a second call finds it ended.

    Raises: CaseNotFound.
    """
    case = casework.case(code)
    db.record(action="dossiers.finish_withdrawal", subject=code, actor=actor)
    if case.status != NationalStatus.WITHDRAWAL_ASKED:
        return
    casework.stop_withdrawn(case_code=code, stopped=NationalStatus.STOPPED, actor=actor, now=now)
    began = case.started_at is not None
    payments.cancel_invoice(
        subject=code,
        reason="Người nộp rút hồ sơ",
        ground=RefundGround.WITHDRAWN if began else RefundGround.WITHDRAWN_BEFORE,
        now=now,
    )
    dossier = Dossier.objects.get(code=code)
    tell(
        dossier,
        action="withdraw",
        kind="STOPPED",
        status=NationalStatus.STOPPED,
        step=case.step,
        now=now,
    )


@owns_transaction
def send_message(
    code: str, text: str, file_ids: Sequence[UUID] = (), *, actor: Actor, now: datetime
) -> None:
    """Write in the thread, as the applicant or as an officer who may see the dossier.

    Raises: DossierNotFound, EmptyMessage, FileNotFound.
    """
    dossier = queries.dossier_row(code, actor, now=now)
    check_mandate(actor, Act.TALK, _version(dossier), about=code, now=now)
    for file_id in file_ids:
        documents.file_for(file_id, actor, now=now)
    casework.send_message(
        case_code=code,
        text=text,
        file_ids=file_ids,
        from_party=actor.is_party(dossier.applicant_person_id),
        actor=actor,
        now=now,
    )
    db.record(action="dossiers.send_message", subject=code, actor=actor)


@owns_transaction
def rate(code: str, stars: int, comment: str = "", *, actor: Actor, now: datetime) -> None:
    """Chấm điểm, once the result is there; may be changed.

    Raises: DossierNotFound, NotYourDossier, RatingNotYet, StarsMalformed.
    """
    dossier = queries.dossier_row(code, actor, now=now)
    if not actor.is_party(dossier.applicant_person_id):
        raise NotYourDossier
    check_mandate(actor, Act.TALK, _version(dossier), about=code, now=now)
    if stars not in range(1, 6):
        raise StarsMalformed(field="stars")
    case = casework.case_by_id(dossier.case_id)
    if case.status not in {NationalStatus.DONE, NationalStatus.RETURNED}:
        raise RatingNotYet
    dossier.stars, dossier.comment, dossier.rated_at = stars, comment.strip() or None, now
    db.change(dossier, "stars", "comment", "rated_at")
    events.publish(DossierRated(occurred_at=now, subject=code, stars=stars))
    db.record(action="dossiers.rate", subject=code, actor=actor, facts={"stars": stars})


def _own(code: str, actor: Actor, now: datetime, *, person_present: bool) -> Dossier:
    """The caller's own dossier; or one whose applicant stands at the caller's desk and asks.

    Raises: DossierNotFound, NotYourDossier, PresenceNotMarked.
    """
    dossier = queries.dossier_row(code, actor, now=now)
    if _is_applicant(dossier, actor):
        return dossier
    case = casework.case_by_id(dossier.case_id)
    if not (actor.holds(case.receiving_unit_id, {Role.RECEIVER}) or _took_it_in(dossier, actor)):
        raise NotYourDossier
    if not person_present:
        raise PresenceNotMarked(field="person_present")
    return dossier


def _version(dossier: Dossier) -> VersionView:
    return procedures.version(dossier.procedure_version_id)


def _is_applicant(dossier: Dossier, actor: Actor) -> bool:
    return actor.is_party(dossier.applicant_person_id)


def _took_it_in(dossier: Dossier, actor: Actor) -> bool:
    """Whether the applicant came to this very receiver to hand the dossier in."""
    at_counter = dossier.source in {Source.COUNTER, Source.ASSISTED}
    mine = actor.account_id is not None and dossier.submitted_by == actor.account_id
    return at_counter and mine and actor.has(Role.RECEIVER)


def _at_counter(dossier: Dossier, actor: Actor) -> dict[str, object]:
    return {} if _is_applicant(dossier, actor) else {"basis": AT_COUNTER}


def _noted(dossier: Dossier, said: str, actor: Actor) -> str:
    """What goes into the course of the case: the words, and on whose wish an officer acted."""
    if _is_applicant(dossier, actor):
        return said
    said = said.strip()
    return f"{said} ({AT_COUNTER})" if said else AT_COUNTER.capitalize()


def _taken(dossier: Dossier, status: NationalStatus, step: str, sentence: str) -> StepTaken:
    return StepTaken(code=dossier.code, status=status, phase="", step=step, sentence=sentence)
