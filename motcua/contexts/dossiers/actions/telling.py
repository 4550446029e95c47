"""Báo tin: what an applicant is told when the dossier moves, in words of the notices."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseView
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.contracts import NationalStatus, Source
from motcua.contexts.dossiers.events import DossierMoved
from motcua.contexts.dossiers.models import Dossier, FieldVisit
from motcua.contexts.dossiers.queries import assisting
from motcua.contexts.dossiers.queries.fieldwork import view_of
from motcua.contexts.identity import public as identity
from motcua.contexts.notifications import public as notifications
from motcua.contexts.organisations import public as organisations
from motcua.contexts.payments import public as payments
from motcua.contexts.payments.contracts import RefundState
from motcua.contexts.procedures import public as procedures
from motcua.kernel.money import Money

# kind of move -> template of the notice; a move that is not here is not worth a message
TEMPLATES = {
    "MOVE": "dossier_received",
    "SUPPLEMENT": "supplement_asked",
    "SUPPLIED": "supplement_received",
    "OBLIGATION": "payment_asked",
    "FEE": "payment_asked",
    "DECLINE": "declined",
    "EXTEND": "overdue_apology",
    "ISSUE": "result_ready",
    "COPIED": "copy_ready",
    "CORRECTED": "result_corrected",
    "RETURN_RESULT": "result_returned",
    "WITHDRAWAL": "withdrawn",
    "STOP": "stopped",
}
ONWARD = frozenset({"MOVE", "ASSIGN", "SIGN"})  # to a step that may have words of its own
ENDS_TURN = frozenset({"SUPPLIED", "PAID", "WITHDRAWAL", "STOP", "STOPPED"})


def submitted(code: str, *, now: datetime) -> None:
    dossier, case = queries.for_letters(code)
    if dossier.source == Source.ASSISTED:
        _filed_for(dossier, case)
    words = _words(dossier, case) | {"until": casework.moment_words(case.receive_due_at)}
    notifications.notify(
        person_id=dossier.applicant_person_id,
        template="dossier_submitted",
        subject=code,
        params=words,
        now=case.opened_at,
    )

    invoice = payments.invoice_of(code)
    if invoice and invoice.outstanding > 0:
        due = {"amount": invoice.outstanding.vnd(), "invoice_code": invoice.code}
        notifications.notify(
            person_id=dossier.applicant_person_id,
            template="payment_asked",
            subject=code,
            params=words | due,
            now=case.opened_at,
        )


def _filed_for(dossier: Dossier, case: CaseView) -> None:
    """Whoever was helped hears of it by themselves, and how to say that they did not file it."""
    row = assisting.row_of(dossier)
    if row is None:
        return
    helper = identity.officer_names([row.account_id]).get(row.account_id, "")
    notifications.notify(
        person_id=dossier.applicant_person_id,
        template="dossier_filed_for_you",
        subject=dossier.code,
        params=_words(dossier, case)
        | {"officer": helper, "where": organisations.unit_by_id(row.unit_id).name},
        now=case.opened_at,
    )


def paid(code: str, invoice_code: str, amount: int, *, now: datetime) -> None:
    """The bill has been paid in full."""
    dossier, case = queries.for_letters(code)
    notifications.settle_turns(subject=code, person_id=dossier.applicant_person_id, now=now)
    notifications.notify(
        person_id=dossier.applicant_person_id,
        template="payment_received",
        subject=code,
        params=_words(dossier, case)
        | {"amount": Money(amount).vnd(), "invoice_code": invoice_code},
        now=now,
    )


REFUNDS = {
    RefundState.PROMISED: "refund_promised",
    RefundState.ACCOUNT_NEEDED: "refund_account",
    RefundState.PAID: "payment_refunded",
    RefundState.DECLINED: "refund_declined",
}


def refund_progressed(code: str, refund_id: UUID, state: RefundState, *, now: datetime) -> None:
    """Money on its way back, as far as its payer should know."""
    refunds = payments.money_back_of(code).refunds
    refund = next((one for one in refunds if one.id == refund_id), None)
    if refund is None or state not in REFUNDS:
        return
    dossier, _case = queries.for_letters(code)
    words = {
        "amount": refund.amount.vnd(),
        "invoice_code": refund.invoice_code,
        "reason": refund.answer or payments.refund_rules().grounds[refund.ground].name,
    }
    if refund.due_by:
        words["until"] = f"{refund.due_by:%d/%m/%Y}"
    notifications.notify(
        person_id=dossier.applicant_person_id,
        template=REFUNDS[state],
        subject=code,
        params=words,
        now=now,
    )


RECEIPTS = {
    "CANCELLED": "receipt_cancelled",
    "REPLACED": "receipt_replaced",
    "ADJUSTED": "receipt_adjusted",
}


def receipt_changed(
    code: str, invoice_code: str, how: str, numbers: tuple[str, str], *, now: datetime
) -> None:
    """The payer holds a receipt that says something else now."""
    dossier, _case = queries.for_letters(code)
    number, by_number = numbers
    notifications.notify(
        person_id=dossier.applicant_person_id,
        template=RECEIPTS[how],
        subject=code,
        params={"invoice_code": invoice_code, "number": number, "by_number": by_number},
        now=now,
    )


def moved(event: DossierMoved, *, now: datetime) -> None:
    """One notice per move that concerns the applicant."""
    if event.kind in ENDS_TURN:
        notifications.settle_turns(
            subject=event.subject, person_id=event.applicant_person_id, now=now
        )
    template = TEMPLATES.get(event.kind)
    if event.kind == "FEE" and not _owes(event.subject):
        template = "fee_nothing_due"
    if template is None or (event.kind == "MOVE" and event.status != NationalStatus.RECEIVED):
        if event.kind in ONWARD:
            _at_step(event)
        return
    dossier, case = queries.for_letters(event.subject)
    notifications.notify(
        person_id=event.applicant_person_id,
        template=template,
        subject=event.subject,
        params=_words(dossier, case) | _special(dossier, case, event),
        now=event.occurred_at,
    )


def _at_step(event: DossierMoved) -> None:
    """What the table of steps itself says when a dossier comes to a step, if it says anything."""
    dossier, case = queries.for_letters(event.subject)
    table = casework.process_table(casework.process_at(case, event.occurred_at))
    step = table.step(event.step)
    if not step.message:
        return
    said = {"said": step.message} | ({"said_en": step.message_en} if step.message_en else {})
    notifications.notify(
        person_id=event.applicant_person_id,
        template="dossier_step",
        subject=event.subject,
        params=_words(dossier, case) | said,
        now=event.occurred_at,
    )


def visit(code: str, visit_id: UUID, progress: str, *, now: datetime) -> None:
    """A visit as it is planned now; told late, as it is by then."""
    dossier, case = queries.for_letters(code)
    found = view_of(FieldVisit.objects.select_related("dossier").get(pk=visit_id))
    words = _words(dossier, case) | {
        "until": casework.moment_words(found.starts_at),
        "where": found.place,
        "officer": ", ".join(found.visitors),
        "reason": found.reason,
    }
    template = "visit_planned" if progress == "visit_moved" else progress
    notifications.notify(
        person_id=dossier.applicant_person_id,
        template=template,
        subject=code,
        params=words,
        now=now,
    )


def message(code: str, *, now: datetime) -> None:
    dossier, case = queries.for_letters(code)
    newest = casework.messages_of(case.id, limit=1)
    if newest:
        notifications.notify(
            person_id=dossier.applicant_person_id,
            template="conversation_message",
            subject=code,
            params=_words(dossier, case) | {"from": newest[0].author_name},
            now=newest[0].at,
        )


def _owes(code: str) -> bool:
    invoice = payments.invoice_of(code)
    return invoice is not None and invoice.outstanding > 0


def _words(dossier: Dossier, case: CaseView) -> dict[str, str]:
    words = {
        "procedure": procedures.version(dossier.procedure_version_id).name,
        "unit": organisations.unit_by_id(case.competent_unit_id).name,
    }
    if case.started_at:
        words["received_at"] = casework.moment_words(case.started_at)
    if case.due_at:
        words["due"] = words["new_due"] = casework.moment_words(case.due_at)
    if case.due_original:
        words["old_due"] = casework.moment_words(case.due_original)
    return words


def _special(dossier: Dossier, case: CaseView, event: DossierMoved) -> dict[str, str]:
    """Values that only some notices have: reason, papers, amount."""
    words: dict[str, str] = {}
    last = next(
        (e for e in reversed(casework.events_of(case)) if e.note and e.visible_to_party), None
    )
    if last:
        words["reason"] = last.note.splitlines()[0]
        words["officer"] = last.actor_name
    if event.kind == "SUPPLEMENT":
        requests = queries.supplements_of(dossier)
        if requests:
            words["papers"] = "; ".join(item.what for item in requests[-1].items)
            words["reason"] = "; ".join(item.why for item in requests[-1].items)
            if requests[-1].answer_by:
                words["until"] = casework.moment_words(requests[-1].answer_by)
    if event.kind in {"OBLIGATION", "FEE"}:
        invoice = payments.invoice_of(dossier.code)
        if invoice:
            words["amount"] = invoice.outstanding.vnd()
            words["invoice_code"] = invoice.code
    return words


def file_refused(
    person_id: UUID | None, account_id: UUID | None, verdict: str, *, now: datetime
) -> None:
    """A file that a scanner found bad, or that it could not take."""
    if person_id or account_id:
        notifications.notify(
            person_id=person_id,
            account_id=account_id,
            template=f"file_{verdict.lower()}",
            subject="",
            params={},
            now=now,
        )


def share_opened(person_id: UUID, issued_id: UUID, title: str, *, now: datetime) -> None:
    """Somebody opened a paper that was shared; who and when stands on the page of its links."""
    notifications.notify(
        person_id=person_id,
        template="share_opened",
        subject=str(issued_id),
        params={"what": title},
        now=now,
    )
