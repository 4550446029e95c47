"""Quên lời: what people wrote in a case goes when its time is over; what happened when stays."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework.models import Case, CaseEvent, Message, Opinion
from motcua.kernel import emptying
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import joins_transaction, record


@joins_transaction
def forget_words(case_ids: Collection[UUID], *, now: datetime) -> tuple[UUID, ...]:
    """Notes, questions, opinions and messages of ended cases. Returns the files of the thread."""
    ended = list(Case.objects.filter(pk__in=case_ids, phase="ENDED").values_list("pk", flat=True))
    noted = CaseEvent.objects.filter(case_id__in=ended, note__isnull=False)
    emptying.empty(noted, "note")
    for opinion in Opinion.objects.filter(case_id__in=ended).order_by("pk"):
        opinion.question, opinion.text, opinion.longer_reason = "", None, None
        opinion.save(update_fields=["question", "text", "longer_reason"])
    files = []
    for message in Message.objects.filter(case_id__in=ended).order_by("pk"):
        files += [UUID(one) for one in message.file_ids]
        message.text, message.file_ids = "", []
        message.save(update_fields=["text", "file_ids"])
    facts: dict[str, object] = {"cases": sorted(str(one) for one in ended)}
    record(action="casework.forget_words", subject="cases", actor=SYSTEM, facts=facts)
    return tuple(files)
