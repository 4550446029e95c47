"""Danh sách báo tin: rows of the push list, written and claimed in bulk.

Statements by hand: a resident is one row of an INSERT that the database makes from its own rows,
as fast as it can copy them.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from motcua.contexts.alerts.models import WARD, Alert, FollowedPlace, Reach
from motcua.kernel.crypto import blind_indexes

BATCH = 100_000  # followed places that one transaction looks at
TELL = 100


def indexes_of(wards: Sequence[str]) -> list[bytes]:
    """How wards are written where they say something about a person, under every key in use."""
    return [index for ward in wards for index in blind_indexes(ward, scope=WARD)]


def address_followers(alert: Alert, after: str, *, now: datetime, size: int) -> tuple[int, str]:
    """Put followers of its wards on the list. How many, and the person to go on after.

    In the order of persons, along the unique index of person and ward: whoever follows several
    wards is met once, a batch never meets the one before, and new rows lie beside each other.
    """
    begin = after or str(UUID(int=0))
    rows = FollowedPlace.objects.filter(person_id__gt=begin).order_by("person_id")
    end = rows.values_list("person_id", flat=True)[size - 1 : size].first()
    head = (
        "INSERT INTO alerts_reach (alert_id, person_id, ward_index, addressed_at)"
        " SELECT DISTINCT ON (person_id) %s::uuid, person_id, ward_index, %s::timestamptz"
        " FROM alerts_followed_place WHERE person_id > %s AND person_id <= %s"
        " AND ward_index = ANY(%s) ORDER BY person_id, ward_index"
    )
    # Only whoever was told of an earlier message may stand there already.
    tail = " ON CONFLICT (alert_id, person_id) DO NOTHING" if alert.replaces_id else ""
    last = end or UUID(int=2**128 - 1)
    with connection.cursor() as cursor:
        cursor.execute(head + tail, [alert.id, now, begin, last, indexes_of(alert.wards)])
        return cursor.rowcount, str(end or "")


def address_told(
    alert: Alert, earlier: Sequence[UUID], after: str, *, now: datetime, size: int
) -> tuple[int, str]:
    """The same for whoever was told of the messages before; wherever they live."""
    begin = int(after or 0)
    rows = Reach.objects.filter(alert_id__in=earlier, told_at__isnull=False, id__gt=begin)
    end = rows.order_by("id").values_list("id", flat=True)[size - 1 : size].first()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO alerts_reach (alert_id, person_id, ward_index, addressed_at)"
            " SELECT DISTINCT ON (person_id) %s::uuid, person_id, ward_index, %s::timestamptz"
            " FROM alerts_reach WHERE alert_id = ANY(%s) AND told_at IS NOT NULL"
            " AND id > %s AND id <= %s ORDER BY person_id, id"
            " ON CONFLICT (alert_id, person_id) DO NOTHING",
            [alert.id, now, list(earlier), begin, end or 2**63 - 1],
        )
        return cursor.rowcount, str(end or "")


def to_tell(alert_id: UUID, *, size: int = TELL) -> list[Reach]:
    """The next who have not been told; rows another worker holds are passed over."""
    rows = Reach.objects.select_for_update(skip_locked=True)
    return list(rows.filter(alert_id=alert_id, told_at__isnull=True).order_by("id")[:size])


def note_told(rows: Sequence[Reach], *, now: datetime) -> None:
    Reach.objects.filter(id__in=[one.id for one in rows]).update(told_at=now)


def shared(alert_id: UUID) -> Alert:
    """Locked against an end, not against other readers."""
    found = Alert.objects.raw("SELECT * FROM alerts_alert WHERE id = %s FOR SHARE", [alert_id])
    return found[0]
