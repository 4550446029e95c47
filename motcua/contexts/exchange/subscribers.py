"""The first try of everything that is to be sent; later tries are in `tasks`."""

from motcua.contexts.exchange.actions.sending import deliver
from motcua.contexts.exchange.events import SendingAsked
from motcua.kernel import clock
from motcua.kernel.events import subscribe


@subscribe(SendingAsked)
def try_at_once(event: SendingAsked) -> None:
    deliver(event.sending_id, now=clock.now())
