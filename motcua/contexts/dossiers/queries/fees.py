"""Khoản thu còn để ngỏ: fees of a dossier whose amount an officer must still enter."""

from motcua.contexts.dossiers.contracts import CHANNEL_OF, Source
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.payments import public as payments
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import FeeLine
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
