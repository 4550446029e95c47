"""Who may see the log of the exchange and its dead letters."""

from datetime import datetime

from motcua.kernel.access import EVERYTHING, Ground, Policy
from motcua.kernel.actors import Actor, Role


class ExchangeMessagePolicy(Policy):
    """Bodies are not kept, so the log holds no personal data; still it is for few."""

    resource = "exchange.message"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        if actor.has(Role.ADMINISTRATOR, Role.AUDITOR):
            return (Ground("Bạn là quản trị viên hoặc kiểm tra viên.", EVERYTHING),)
        return ()
