"""Khoản thu còn để ngỏ: fees of a dossier whose amount an officer must still enter."""

from datetime import datetime

from motcua.contexts.dossiers.contracts import CHANNEL_OF, Source
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.payments import public as payments
from motcua.contexts.payments.contracts import InvoiceState, InvoiceView
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import FeeKind, FeeLine
from motcua.contexts.procedures.contracts.exemptions import Exemption
from motcua.kernel.clock import city_date
from motcua.kernel.forms import read_sheet, values_of


def fees_of(row: Dossier) -> tuple[FeeLine, ...]:
    """Every fee of the pinned version, also free ones."""
    return procedures.fee_items(
        procedures.version(row.procedure_version_id),
        values_of(read_sheet(row.sheet)),
        channel=CHANNEL_OF[Source(row.source)].name,
        case=row.case_name,
    )


def open_fees(row: Dossier) -> tuple[FeeLine, ...]:
    """Fees without an amount in the pinned version that are not on the bill yet."""
    unknown = [line for line in fees_of(row) if line.amount is None]
    if not unknown:
        return ()
    bill = payments.invoice_of(row.code)
    asked = {item.label for item in bill.items} if bill else set()
    return tuple(line for line in unknown if line.label not in asked)


def exemptions_open(bill: InvoiceView | None, now: datetime) -> tuple[Exemption, ...]:
    """What a desk may grant on a proof: before money on the bill, after it as a refund."""
    partly = bill is not None and bill.paid and bill.state is not InvoiceState.PAID
    if bill is None or partly or bill.state is InvoiceState.CANCELLED:
        return ()
    lines = tuple(
        FeeLine(kind=FeeKind(item.kind.value), label=item.label, amount=item.full)
        for item in bill.items
    )
    found = procedures.possible_exemptions(lines, on=city_date(now))
    return tuple(one for one in found if one.by_desk)
