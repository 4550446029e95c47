"""Hết hạn lưu của chính ta: answered requests and questions lose their words, copies go."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.casework import public as casework
from motcua.contexts.documents import public as documents
from motcua.contexts.privacy.models import DataRequest, LookQuestion
from motcua.kernel.db import joins_transaction
from motcua.kernel.holdings import Ending, digest_of


class RequestsEnd:
    """Requests answered longer ago than the period: right, outcome and dates stay as a proof."""

    kind = "privacy.request"

    def due(self, before: datetime, *, limit: int, without: Collection[str]) -> Sequence[Ending]:
        rows = _with_words().filter(decided_at__lt=before).exclude(code__in=without)
        return [_request(row) for row in rows.order_by("decided_at", "pk")[:limit]]

    def of_person(self, person_id: UUID) -> Sequence[Ending]:
        """The proof of having answered is kept for its period."""
        return ()

    @joins_transaction
    def erase(self, ids: Collection[UUID], *, now: datetime) -> int:
        rows = list(_with_words().filter(pk__in=ids).order_by("pk"))
        files = [*casework.forget_words([row.pk for row in rows], now=now)]
        for row in rows:
            files += [UUID(one) for one in row.file_ids]
            files += [one for one in (row.package_data_id,) if one]
            row.reason = row.wanted = row.decision = row.change = None
            row.file_ids, row.package, row.package_data, row.erased_at = [], None, None, now
            row.save(update_fields=[*EMPTIED, "erased_at"])
        return documents.dispose(files, subjects=[row.code for row in rows], now=now)


EMPTIED = ("reason", "wanted", "decision", "change", "file_ids", "package", "package_data")


def _with_words() -> "QuerySet[DataRequest]":
    return DataRequest.objects.filter(erased_at__isnull=True, decided_at__isnull=False)


def _request(row: DataRequest) -> Ending:
    assert row.decided_at is not None
    return Ending(
        id=row.pk,
        code=row.code,
        digest=digest_of(row.reason, row.wanted, row.decision, row.change),
        person_id=row.person_id,
        ended_at=row.decided_at,
    )


class LookQuestionsEnd:
    """Answered questions about looks go whole."""

    kind = "privacy.look_question"

    def due(self, before: datetime, *, limit: int, without: Collection[str]) -> Sequence[Ending]:
        rows = LookQuestion.objects.filter(answered_at__lt=before)
        return [_question(row) for row in rows.order_by("answered_at", "id")[:limit]]

    def of_person(self, person_id: UUID) -> Sequence[Ending]:
        return ()

    @joins_transaction
    def erase(self, ids: Collection[UUID], *, now: datetime) -> int:
        LookQuestion.objects.filter(pk__in=ids).delete()
        return 0


def _question(row: LookQuestion) -> Ending:
    assert row.answered_at is not None
    return Ending(
        id=row.id,
        code=f"look {row.id}",
        digest=digest_of(row.question, row.answer),
        person_id=row.person_id,
        ended_at=row.answered_at,
    )
