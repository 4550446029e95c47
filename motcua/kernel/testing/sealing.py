"""Niêm phong trong kiểm thử: seal when the horizon lets us, however busy the server is."""

from datetime import datetime, timedelta
from threading import Event
from time import monotonic

from motcua.kernel import ledger, merkle
from motcua.kernel.models import LedgerHead, LedgerLeaf

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


def sealed_unasked(*, now: datetime, below: int | None = None) -> LedgerHead:
    """A head over every leaf, those of the running transaction too; no horizon is asked.

    below: only leaves of earlier transactions.
    """
    last = LedgerHead.objects.order_by("-number").first()
    newest = LedgerLeaf.objects.order_by("-xid").values_list("xid", flat=True).first() or 0
    horizon = newest + 1 if below is None else below
    tree = merkle.Tree(last.size, merkle.pieces(bytes(last.frontier))) if last else merkle.Tree()
    new = LedgerLeaf.objects.filter(xid__gte=last.xid_to if last else 0, xid__lt=horizon)
    for leaf in new.order_by("xid", "id"):
        tree.append(bytes(leaf.digest))
    return ledger._new_head(last, tree, horizon, now)
