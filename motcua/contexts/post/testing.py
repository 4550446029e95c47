"""Builders for tests: originals and consignments with only the arguments that matter."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.post import public
from motcua.contexts.post.actions.asking import order_consignment
from motcua.contexts.post.actions.tracking import note_tracking
from motcua.contexts.post.adapters.carrier import event_from
from motcua.contexts.post.contracts import AskPost, ConsignmentKind, Destination
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.testing import MONDAY_9AM

SUBJECT = "H29.99-20261123-0000042"
HOME = Destination(
    recipient="Nguyễn Thị Ánh Tuyết", phone="0900000001", ward="26740", street="12 Lê Lợi"
)


@owns_transaction
def _a_paper(owner_id: UUID, unit_id: UUID | None, label: str, *, now: datetime) -> None:
    if unit_id:
        public.keep_at_desk(
            subject=SUBJECT, owner_id=owner_id, label=label, unit_id=unit_id, now=now
        )
    else:
        public.expect_original(subject=SUBJECT, owner_id=owner_id, label=label, now=now)
    record(action="post.testing_paper", subject=SUBJECT, actor=SYSTEM)


def a_paper(owner_id: UUID, unit_id: UUID | None = None, *, label: str = "Giấy chứng sinh") -> UUID:
    """An original at that desk, or still with its owner."""
    _a_paper(owner_id, unit_id, label, now=MONDAY_9AM)
    return next(one.id for one in public.originals_of(SUBJECT) if one.label == label)


@owns_transaction
def _ask(command: AskPost, *, now: datetime) -> None:
    public.ask(command, now=now)
    record(action="post.testing_ask", subject=command.subject, actor=SYSTEM)


def an_order(
    owner_id: UUID,
    unit_id: UUID,
    *papers: UUID,
    kind: ConsignmentKind = ConsignmentKind.DELIVER,
    subject: str = SUBJECT,
    ordered: bool = True,
    now: datetime = MONDAY_9AM,
) -> UUID:
    """A consignment that is wanted and, if ordered, of which the post was told."""
    _ask(
        AskPost(
            kind=kind,
            subject=subject,
            owner_id=owner_id,
            unit_id=unit_id,
            home=HOME,
            papers=papers,
        ),
        now=now,
    )
    made = public.consignments_of(subject)[0].id
    if ordered:
        order_consignment(made, now=now)
    return made


def told(event: dict[str, object], *, now: datetime = MONDAY_9AM) -> None:
    """The post tells one event, as over its callback."""
    note_tracking(event_from(event), actor=SYSTEM, now=now)
