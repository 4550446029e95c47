"""Quên tệp không dùng: uploads that nothing came to refer to go after a week."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.documents import queries
from motcua.contexts.documents.models import StoredFile
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import owns_transaction, record

PATIENCE = timedelta(days=7)  # an application begun on Monday may be sent on Sunday
BATCH = 200


def forget_unused(*, now: datetime) -> int:
    """Rows go here; their bytes go with the sweep, unless another row shares them."""
    old = queries.unused().filter(created_at__lt=now - PATIENCE)
    ids = list(old.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        _forget(ids[start : start + BATCH], now=now)
    return len(ids)


@owns_transaction
def _forget(ids: Sequence[UUID], *, now: datetime) -> None:
    """A file that a paper is being recorded for at this moment is locked by it, and stays."""
    free = StoredFile.objects.filter(pk__in=ids).select_for_update(skip_locked=True)
    locked = [row.pk for row in free.order_by("pk")]
    gone = queries.unused().filter(pk__in=locked)
    names = sorted(str(pk) for pk in gone.values_list("pk", flat=True))
    StoredFile.objects.filter(pk__in=names).delete()
    record(action="documents.forget_unused", subject="files", actor=SYSTEM, facts={"files": names})
