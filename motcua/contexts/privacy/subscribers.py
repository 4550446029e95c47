"""What follows from an answered request: nobody is asked to answer it any more."""

from motcua.contexts.privacy.actions import requests
from motcua.contexts.privacy.events import DataRequestDecided
from motcua.kernel import clock
from motcua.kernel.events import subscribe


@subscribe(DataRequestDecided)
def settle_guards(event: DataRequestDecided) -> None:
    """The message «có yêu cầu mới» leaves «Cần làm» of each data protection officer."""
    requests.settle_guards(event.subject, now=clock.now())
