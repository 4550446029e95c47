"""Niêm phong trong kiểm thử: seal when the horizon lets us, however busy the server is."""

from datetime import datetime, timedelta
from threading import Event
from time import monotonic

from motcua.kernel import ledger
from motcua.kernel.models import LedgerHead

PATIENCE = timedelta(seconds=60)
_BETWEEN = 0.02


def sealed(*, now: datetime) -> LedgerHead:
    """A head over every leaf committed so far.

    The horizon is that of the whole server: a transaction of another database (a neighbouring
    test worker, autovacuum) may hold it back for a while, so sealing is tried until it passes.
    Raises: TimeoutError.
    """
    until, pause = monotonic() + PATIENCE.total_seconds(), Event()
    while monotonic() < until:
        head = ledger.seal(now=now)
        if head is not None:
            return head
        pause.wait(_BETWEEN)
    raise TimeoutError("some transaction of this server has not ended")
