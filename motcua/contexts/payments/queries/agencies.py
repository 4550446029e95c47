"""Nơi đã thu, nơi trả lại: which agency holds a bill's money, and who acts for it today."""

from datetime import date
from uuid import UUID

from django.db.models import Q, Sum

from motcua.contexts.organisations import public as organisations
from motcua.contexts.payments.contracts import Channel, RefundState
from motcua.contexts.payments.models import Credit, Invoice, Refund
from motcua.contexts.payments.rules.agencies import Share, shares
from motcua.contexts.payments.rules.refunds import BOOKED
from motcua.kernel.actors import Actor, Role
from motcua.kernel.money import Money

SECOND = (Role.FEE_COLLECTOR, Role.DIVISION_HEAD, Role.SIGNER)


def shares_of(invoice: Invoice) -> tuple[Share, ...]:
    """What each agency received of a bill's own money; two queries."""
    cash = Credit.objects.filter(
        invoice_id=invoice.id, channel=Channel.CASH, applied_dong__gt=0, unit_id__isnull=False
    )
    by_desk = cash.values("unit_id").order_by("unit_id").annotate(sum=Sum("applied_dong"))
    refunds = Refund.objects.filter(invoice_id=invoice.id).order_by("id")
    return shares(
        Money(invoice.paid_dong),
        invoice.unit_id,
        {row["unit_id"]: Money(int(row["sum"])) for row in by_desk},
        (
            (unit_id, RefundState(state), dong)
            for unit_id, state, dong in refunds.values_list("unit_id", "state", "amount_dong")
        ),
    )


def of_agency(unit_id: UUID | None) -> Q:
    """Rows of one agency, or of the city's account."""
    return Q(unit_id=unit_id) if unit_id else Q(unit_id__isnull=True)


def promised_by(invoice: Invoice, unit_id: UUID | None) -> Money:
    """What one agency promised back of a bill's own money, paid out or not."""
    rows = Refund.objects.filter(
        of_agency(unit_id), invoice_id=invoice.id, state__in=sorted(BOOKED)
    )  # fmt: skip
    return Money(rows.aggregate(total=Sum("amount_dong"))["total"] or 0)


def received_by(invoice: Invoice, unit_id: UUID | None) -> Money:
    """What one agency received of a bill's own money."""
    found = (one.received for one in shares_of(invoice) if one.agency == unit_id)
    return Money.total(found)


def collects_for(actor: Actor, unit_id: UUID | None, today: date) -> bool:
    """Whether the actor collects where this money came, or where an act has passed that to."""
    if unit_id is None:
        return actor.has(Role.FEE_COLLECTOR)
    return _holds(actor, unit_id, (Role.FEE_COLLECTOR,), today)


def may_second(actor: Actor, unit_id: UUID | None, today: date) -> bool:
    """Whether the actor may be the second person there: another collector, or a head."""
    if unit_id is None:
        return actor.has(Role.FEE_COLLECTOR)
    return _holds(actor, unit_id, SECOND, today)


def may_decide(actor: Actor, row: Refund, today: date) -> bool:
    """Whether the next word about a refund is this officer's to say."""
    if collects_for(actor, row.unit_id, today):
        return True
    return row.state == RefundState.SECOND and may_second(actor, row.unit_id, today)


def agency_name(unit_id: UUID | None) -> str:
    """Its name for people; the city's own account where no agency is known."""
    known = organisations.units_by_id([unit_id]) if unit_id else {}
    return known[unit_id].name if unit_id in known else ""


def _holds(actor: Actor, unit_id: UUID, wanted: tuple[Role, ...], today: date) -> bool:
    return any(
        actor.holds(one, wanted)
        for one in {unit_id, organisations.heir_of(unit_id, today)}
    )  # fmt: skip
