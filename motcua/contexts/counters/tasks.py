"""Periodic work of counters: whose a ticket was, and what was half filled."""

from datetime import datetime

from motcua.contexts.counters.actions.forgetting import forget_owners
from motcua.contexts.counters.actions.intake import forget_old as forget_intakes
from motcua.kernel.jobs import every


@every("45 2 * * *", name="counters.forget")
def forget_old(now: datetime) -> None:
    forget_owners(now=now)
    forget_intakes(now=now)
