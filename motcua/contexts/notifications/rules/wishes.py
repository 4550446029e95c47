"""Cách nhận: what a reader wants of each kind on each way."""

from collections.abc import Iterable
from dataclasses import dataclass

from motcua.contexts.notifications.contracts import ALWAYS, Channel, Kind
from motcua.contexts.notifications.rules.hours import CUSTOMARY, Quiet

CHOSEN = (Kind.TURN, Kind.WARNING, Kind.FYI)


@dataclass(frozen=True, slots=True)
class Wishes:
    """gathers: every FYI waits for the letter of the day."""

    off: frozenset[tuple[Kind, Channel]] = frozenset()
    quiet: Quiet = CUSTOMARY
    gathers: bool = False

    def refuses(self, kind: Kind, channel: Channel) -> bool:
        """What the law wants told, and danger, is nobody's to switch off."""
        return kind not in ALWAYS and (kind, channel) in self.off


def read(off: Iterable[str], quiet: Quiet, *, gathers: bool) -> Wishes:
    """As `written` wrote them."""
    pairs = (one.split(":") for one in off)
    chosen = frozenset((Kind(kind), Channel(channel)) for kind, channel in pairs)
    return Wishes(off=chosen, quiet=quiet, gathers=gathers)


def written(off: frozenset[tuple[Kind, Channel]]) -> list[str]:
    """As the row keeps them; what cannot be switched off is not written."""
    kept = (pair for pair in off if pair[0] not in ALWAYS)
    return sorted(f"{kind}:{channel}" for kind, channel in kept)
