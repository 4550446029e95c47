"""What follows from what happened: official papers, notices, the clock after a payment.

Each is called at least once, so each looks first whether its work is done.
"""

from datetime import date
from uuid import UUID

from motcua.contexts.casework.events import (
    MessageSent,
    OpinionAsked,
    OpinionEnded,
    OpinionProgressed,
)
from motcua.contexts.documents.events import FileRefused, ShareOpened
from motcua.contexts.dossiers import public
from motcua.contexts.dossiers.actions import (
    applicant,
    bulk,
    bulk_sending,
    carrying_migrations,
    desk,
    joint,
    letters,
    originals,
    receiving,
    telling,
    telling_officers,
)
from motcua.contexts.dossiers.events import (
    AssistanceDenied,
    BulkArrived,
    BulkAsked,
    BulkSendingAsked,
    DossierMoved,
    DossierSubmitted,
    FieldVisitProgressed,
    JointAsked,
    MigrationAsked,
    SupplementProposalAnswered,
    SupplementProposed,
)
from motcua.contexts.payments.contracts import RefundState
from motcua.contexts.payments.events import (
    DaysLeftOpen,
    InvoicePaid,
    MoneyInSuspense,
    ReceiptChanged,
    RefundProgressed,
)
from motcua.contexts.post.contracts import ConsignmentKind, ConsignmentState
from motcua.contexts.post.events import ConsignmentProgressed
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.events import subscribe


@subscribe(DossierSubmitted)
def tell_submitted(event: DossierSubmitted) -> None:
    telling.submitted(event.subject, now=clock.now())


@subscribe(DossierMoved)
def issue_papers(event: DossierMoved) -> None:
    """The official form that belongs to the move."""
    issue = {
        "MOVE": letters.issue_receipt,
        "SUPPLEMENT": letters.issue_supplement,
        "DECLINE": letters.issue_refusal,
        "STOP": letters.issue_stop,
        "STOPPED": letters.issue_stop,
    }.get(event.kind)
    if issue:
        issue(event.subject, now=clock.now())


@subscribe(DossierMoved)
def tell_moved(event: DossierMoved) -> None:
    telling.moved(event, now=clock.now())


@subscribe(DossierMoved)
def finish_withdrawal(event: DossierMoved) -> None:
    """State 7 is followed by 8."""
    if event.kind == "WITHDRAWAL":
        applicant.finish_withdrawal(event.subject, actor=SYSTEM, now=event.occurred_at)


@subscribe(InvoicePaid)
def tell_paid(event: InvoicePaid) -> None:
    telling.paid(event.subject, event.invoice_code, event.amount, now=event.occurred_at)


@subscribe(InvoicePaid)
def go_on_after_payment(event: InvoicePaid) -> None:
    """From the moment of the payment, however late this job runs."""
    desk.obligation_paid(event.subject, now=event.occurred_at)


@subscribe(ConsignmentProgressed)
def note_post(event: ConsignmentProgressed) -> None:
    """A result moves its dossier; of other papers their owner is told."""
    kind, state = ConsignmentKind(event.kind), ConsignmentState(event.state)
    if kind is ConsignmentKind.DELIVER:
        receiving.note_post(event.subject, event.tracking, state, now=clock.now())
    else:
        originals.note_post(
            event.subject, kind, state, tracking=event.tracking, now=event.occurred_at
        )


@subscribe(MoneyInSuspense)
def tell_collectors(event: MoneyInSuspense) -> None:
    telling_officers.money_in_suspense(
        event.subject, event.finding, event.amount, now=event.occurred_at
    )


@subscribe(DossierMoved)
def tell_supplied(event: DossierMoved) -> None:
    if event.kind == "SUPPLIED":
        telling_officers.supplied(event.subject, now=event.occurred_at)


@subscribe(SupplementProposed)
def tell_proposed(event: SupplementProposed) -> None:
    telling_officers.proposed(event.subject, event.proposal_id, now=event.occurred_at)


@subscribe(SupplementProposalAnswered)
def tell_proposal_answered(event: SupplementProposalAnswered) -> None:
    telling_officers.proposal_answered(event.subject, event.proposal_id, now=event.occurred_at)


@subscribe(FieldVisitProgressed)
def tell_visit(event: FieldVisitProgressed) -> None:
    if event.progress == "visit_unsuited":
        telling_officers.visit_unsuited(event.subject, event.visit_id, now=event.occurred_at)
    else:
        telling.visit(event.subject, event.visit_id, event.progress, now=event.occurred_at)


@subscribe(AssistanceDenied)
def tell_denied(event: AssistanceDenied) -> None:
    telling_officers.assistance_denied(event.subject, event.assistance_id, now=event.occurred_at)


@subscribe(OpinionAsked)
def tell_asked(event: OpinionAsked) -> None:
    if event.kind == "dossier":
        telling_officers.opinion_asked(event.subject, event.opinion_id, now=event.occurred_at)


@subscribe(OpinionEnded)
def tell_opinion(event: OpinionEnded) -> None:
    if event.kind == "dossier":
        telling_officers.opinion_ended(event.subject, event.opinion_id, now=event.occurred_at)


@subscribe(OpinionProgressed)
def tell_opinion_progress(event: OpinionProgressed) -> None:
    if event.kind == "dossier":
        telling_officers.opinion_progressed(
            event.subject, event.opinion_id, event.progress, now=event.occurred_at
        )


@subscribe(MessageSent)
def tell_message(event: MessageSent) -> None:
    if event.kind != "dossier":
        return
    if event.from_party:
        telling_officers.written(event.subject, now=event.occurred_at)
    else:
        telling.message(event.subject, now=clock.now())


@subscribe(FileRefused)
def tell_refused(event: FileRefused) -> None:
    """Whose paper it is hears that nobody can open it, else whoever sent it."""
    account_id = None if event.person_id else event.account_id
    telling.file_refused(event.person_id, account_id, event.verdict, now=event.occurred_at)


@subscribe(ShareOpened)
def tell_share_opened(event: ShareOpened) -> None:
    telling.share_opened(event.owner_person_id, event.issued_id, event.title, now=event.occurred_at)


@subscribe(BulkArrived)
def check_bulk(event: BulkArrived) -> None:
    bulk.check_lines(UUID(event.subject), now=clock.now())


@subscribe(BulkAsked)
def make_drafts(event: BulkAsked) -> None:
    bulk.make_drafts(UUID(event.subject), now=clock.now())


@subscribe(BulkSendingAsked)
def send_drafts(event: BulkSendingAsked) -> None:
    bulk_sending.send_parts(UUID(event.subject), public.submit_draft, now=clock.now())


@subscribe(JointAsked)
def work_off_joint(event: JointAsked) -> None:
    joint.work_off(UUID(event.subject), now=clock.now())


@subscribe(MigrationAsked)
def migrate(event: MigrationAsked) -> None:
    carrying_migrations.carry_on(UUID(event.subject), now=clock.now())


@subscribe(RefundProgressed)
def tell_refund(event: RefundProgressed) -> None:
    """The payer, or who decides."""
    second = event.state == RefundState.SECOND
    if second or event.state == RefundState.ASKED:
        telling_officers.refund_asked(
            event.subject,
            event.amount,
            unit_id=event.unit_id,
            second=second,
            now=event.occurred_at,
        )
    else:
        telling.refund_progressed(
            event.subject, event.refund_id, RefundState(event.state), now=event.occurred_at
        )


@subscribe(DaysLeftOpen)
def tell_open_days(event: DaysLeftOpen) -> None:
    telling_officers.days_left_open(
        event.unit_id, event.days, date.fromisoformat(event.oldest), now=event.occurred_at
    )


@subscribe(ReceiptChanged)
def tell_receipt(event: ReceiptChanged) -> None:
    telling.receipt_changed(
        event.subject,
        event.invoice_code,
        event.how,
        (event.number, event.by_number),
        now=event.occurred_at,
    )
