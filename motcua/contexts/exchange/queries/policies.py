"""Who may see the log of the exchange and its retry lane."""

from datetime import datetime

from motcua.kernel.access import EVERYTHING, Ground, Policy
from motcua.kernel.actors import Actor, Role

WATCHERS = (Role.ADMINISTRATOR, Role.AUDITOR)


def _watchers(actor: Actor) -> tuple[Ground, ...]:
    if actor.has(*WATCHERS):
        return (Ground("Bạn là quản trị viên hoặc kiểm tra viên.", EVERYTHING),)
    return ()


class ExchangeMessagePolicy(Policy):
    """Bodies are not kept, so the log holds no personal data; still it is for few."""

    resource = "exchange.message"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return _watchers(actor)


class SendingPolicy(Policy):
    """The body of a waiting message stays sealed to everybody."""

    resource = "exchange.sending"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return _watchers(actor)
