"""Tiêu hủy tệp: with the record they belonged to. Results stay: whoever holds one may verify it.

Uploads go with their rows. Of a letter that was issued the register keeps its line, so that its
code still answers; its bytes leave the store with the next sweep, unless another row shares them.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from motcua.contexts.documents import queries
from motcua.contexts.documents.contracts import IssuedKind
from motcua.contexts.documents.models import IssuedDocument, StoredFile
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import joins_transaction, record

LETTERS = (
    IssuedKind.FORM_01,
    IssuedKind.FORM_02,
    IssuedKind.FORM_03,
    IssuedKind.FORM_04,
    IssuedKind.FORM_05,
    IssuedKind.FORM_06,
    IssuedKind.FORM_07,
    IssuedKind.DATA_COPY,
    IssuedKind.MINUTES,
)


@joins_transaction
def dispose(file_ids: Collection[UUID], *, subjects: Collection[str], now: datetime) -> int:
    """Files that nothing names any more, and the letters on these codes. Returns how many."""
    free = queries.unused().filter(pk__in=set(file_ids))
    gone = sorted(str(pk) for pk in free.values_list("pk", flat=True))
    StoredFile.objects.filter(pk__in=gone).delete()
    letters = _dispose_letters(subjects, now)
    facts: dict[str, object] = {"files": gone, "letters": letters}
    record(action="documents.dispose", subject="files", actor=SYSTEM, facts=facts)
    return len(gone) + len(letters)


def _dispose_letters(subjects: Collection[str], now: datetime) -> list[str]:
    issued = IssuedDocument.objects.filter(subject__in=set(subjects), kind__in=LETTERS)
    rows = StoredFile.objects.filter(
        pk__in=issued.values("file_id"), disposed_at__isnull=True
    ).order_by("pk")
    done = []
    for row in rows:
        row.filename, row.disposed_at = "", now
        row.save(update_fields=["filename", "disposed_at"])
        done.append(str(row.pk))
    return done
