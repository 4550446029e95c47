"""Hết hạn lưu: who stood on the list of a message goes, how many they were stays."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from motcua.contexts.alerts.contracts import State
from motcua.contexts.alerts.models import Alert, Reach
from motcua.contexts.alerts.queries import alerts, reach
from motcua.kernel.db import change, joins_transaction
from motcua.kernel.holdings import Ending, digest_of

LARGEST_ROW = 2**63  # a row has a number, a message an identifier far above


class ListsEnd:
    """Push lists of messages that ended, each as a whole; and the rows of one person."""

    kind = "alerts.reach"

    def due(self, before: datetime, *, limit: int, without: Collection[str]) -> Sequence[Ending]:
        some = Reach.objects.filter(alert_id=OuterRef("pk"))
        old = Alert.objects.filter(Exists(some), state=State.ENDED, ended_at__lt=before)
        rows = old.exclude(code__in=without).order_by("ended_at", "id")
        return [_of_list(row) for row in rows[:limit]]

    def of_person(self, person_id: UUID) -> Sequence[Ending]:
        rows = Reach.objects.filter(person_id=person_id, alert__state=State.ENDED)
        return [_of_row(row) for row in rows.select_related("alert").order_by("id")]

    @joins_transaction
    def erase(self, ids: Collection[UUID], *, now: datetime) -> int:
        single = [one.int for one in ids if one.int < LARGEST_ROW]
        Reach.objects.filter(pk__in=single).delete()
        for row in Alert.objects.filter(pk__in=ids).order_by("id"):
            row.reached, row.changed_at = reach.as_kept(alerts.view_of(row)), now
            change(row, "reached", "changed_at")
            Reach.objects.filter(alert_id=row.id).delete()
        return 0


def _of_list(row: Alert) -> Ending:
    assert row.ended_at is not None
    return Ending(
        id=row.id,
        code=row.code,
        digest=digest_of(row.code, row.ended_at),
        person_id=None,
        ended_at=row.ended_at,
    )


def _of_row(row: Reach) -> Ending:
    return Ending(
        id=UUID(int=row.id),
        code=row.alert.code,
        digest=digest_of(row.alert.code, row.person_id, row.addressed_at),
        person_id=row.person_id,
        ended_at=row.addressed_at,
    )
