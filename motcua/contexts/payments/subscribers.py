"""What follows at once from a decision to give money back."""

from motcua.contexts.payments.actions.ordering import order_refund
from motcua.contexts.payments.events import RefundPromised
from motcua.kernel import clock
from motcua.kernel.events import subscribe


@subscribe(RefundPromised)
def order_at_once(event: RefundPromised) -> None:
    """The first try; later ones are in `tasks`."""
    order_refund(event.refund_id, now=clock.now())
