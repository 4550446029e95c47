"""Hết hiệu lực: what nobody prolonged ends by itself."""

from datetime import datetime

from motcua.contexts.alerts.contracts import Ended, State
from motcua.contexts.alerts.queries import alerts as queries
from motcua.contexts.alerts.queries import live
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import change, owns_transaction, record


@owns_transaction
def end_expired(*, now: datetime) -> None:
    """Write down what time has ended; pages stopped showing it at that very moment."""
    found = queries.expired(now)
    for row in found:
        row.state, row.ended_as, row.ended_at = State.ENDED, Ended.EXPIRED, row.expires_at
        row.changed_at = now
        fields = ("state", "ended_as", "ended_at", "changed_at")
        change(row, *fields, expecting={"state": State.RELEASED})
        record(action="alerts.expire", subject=row.code, actor=SYSTEM)
    if found:
        live.renew()
    else:
        record(action="alerts.expire", subject="", actor=SYSTEM, facts={"count": 0})
