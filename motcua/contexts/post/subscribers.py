"""What follows at once when the post is wanted."""

from motcua.contexts.post.actions.asking import order_consignment
from motcua.contexts.post.events import ConsignmentAsked
from motcua.kernel import clock
from motcua.kernel.events import subscribe


@subscribe(ConsignmentAsked)
def order_at_once(event: ConsignmentAsked) -> None:
    """The first try; later ones are in `tasks`."""
    order_consignment(event.consignment_id, now=clock.now())
