"""Số người tiếp cận: how far a message came, ward by ward; few people are not told apart."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from motcua.contexts.alerts.contracts import AlertView, WardReach
from motcua.contexts.alerts.models import Reach
from motcua.contexts.alerts.queries.spreading import indexes_of
from motcua.contexts.notifications import public as notifications

FEW = 5  # a number below says something about a person
COUNTED = ("addressed", "told", "seen", "read")


def by_ward(alert: AlertView) -> tuple[WardReach, ...]:
    """Wards of the message in their order; counts of few are None, and what would reveal them.

    Of an old message what was kept of it: its list is gone.
    """
    if alert.reached:
        return tuple(WardReach(ward=ward, **told) for ward, told in alert.reached.items())
    rows = Reach.objects.filter(alert_id=alert.id).order_by().values_list("ward_index")
    counts = [Count(name) for name in ("id", "told_at", "seen_at", "read_at")]
    order = [*alert.wards, ""]  # the last: whoever was told before and lives elsewhere
    counted = {ward: [0, 0, 0, 0] for ward in order}
    wards = {index: ward for ward in alert.wards for index in indexes_of([ward])}
    for index, *numbers in rows.annotate(*counts):
        known = counted[wards.get(bytes(index), "")]
        known[:] = [sum(pair) for pair in zip(known, numbers, strict=True)]
    if not any(counted[""]):
        order.pop()
    return tuple(_told(ward, counted[ward]) for ward in order)


def _told(ward: str, numbers: list[int]) -> WardReach:
    """A remainder of few tells as much as few: then the smaller number is not told either."""
    shown: list[int | None] = []
    above = 0
    for at, number in enumerate(numbers):
        rest = above - number if at else 0
        hidden = 0 < number < FEW or 0 < rest < FEW
        shown.append(None if hidden else number)
        above = number
    addressed, told, seen, read = shown
    return WardReach(ward=ward, addressed=addressed, told=told, seen=seen, read=read)


def as_kept(alert: AlertView) -> dict[str, dict[str, int | None]]:
    """What may be told of a list, for when it is gone; as it would be told."""
    return {row.ward: {name: getattr(row, name) for name in COUNTED} for row in by_ward(alert)}


def totals(reach: Iterable[WardReach]) -> WardReach:
    """Sums of what is told; wards that are not told are left out of them."""
    rows = tuple(reach)
    sums = [sum(getattr(row, name) or 0 for row in rows) for name in COUNTED]
    addressed, told, seen, read = sums
    return WardReach(ward="", addressed=addressed, told=told, seen=seen, read=read)


def deliveries(alert: AlertView) -> dict[str, dict[str, int]]:
    """By way out, then by outcome."""
    return notifications.deliveries_about(alert.code)


def of_person(alert_id: UUID, person_ids: Iterable[UUID]) -> Reach | None:
    rows = Reach.objects.filter(alert_id=alert_id, person_id__in=list(person_ids))
    return rows.order_by("id").first()


def note(reach_id: int, field: str, *, now: datetime) -> None:
    """The first time counts."""
    Reach.objects.filter(id=reach_id, **{f"{field}__isnull": True}).update(**{field: now})
