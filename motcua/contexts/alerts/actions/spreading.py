"""Báo tin cho người dân: fill the push list, then tell whoever stands on it.

Pull comes first: the released row is visible to everybody at once. What happens here is a best
effort beside it. Each batch is one transaction that reads the message again, so that a cancel
stops it; a killed worker leaves whole batches only, and a unique key keeps anybody from being
told twice.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.alerts.contracts import AlertView, Kind, State, Status
from motcua.contexts.alerts.models import Alert
from motcua.contexts.alerts.queries import alerts as queries
from motcua.contexts.alerts.queries import spreading
from motcua.contexts.alerts.rules import words
from motcua.contexts.identity import public as identity
from motcua.contexts.notifications import public as notifications
from motcua.contexts.notifications.contracts import Level
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import change, owns_transaction, record
from motcua.ui import dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one batch did. more: whether another may follow."""

    done: int
    more: bool


FOLLOWERS = 1  # the second step; the first is whoever was told of the chain before
NOTHING_LEFT = Batch(done=0, more=False)


@owns_transaction
def address_batch(alert_id: UUID, *, now: datetime, size: int = spreading.BATCH) -> Batch:
    """Put the next residents on the push list: told before first, then followers."""
    row = queries.for_update(alert_id)
    if row.state != State.RELEASED or row.spread_at is not None:
        record(action="alerts.address", subject=row.code, actor=SYSTEM, facts={"count": 0})
        return NOTHING_LEFT
    done, row.spread_after = _address(row, now, size)
    if not row.spread_after:
        row.spread_step += 1
    if row.spread_step > FOLLOWERS or _is_for_nobody_new(row):
        row.spread_at = None if row.spread_after else now
    change(row, "spread_step", "spread_after", "spread_at")
    record(action="alerts.address", subject=row.code, actor=SYSTEM, facts={"count": done})
    return Batch(done=done, more=row.spread_at is None)


def _is_for_nobody_new(row: Alert) -> bool:
    """A cancel goes to whoever was told and to nobody else, a technical test to nobody."""
    return row.kind == Kind.CANCEL or row.status == Status.TEST


def _address(row: Alert, now: datetime, size: int) -> tuple[int, str]:
    if row.status == Status.TEST:
        return 0, ""
    if row.spread_step == FOLLOWERS:
        return spreading.address_followers(row, row.spread_after, now=now, size=size)
    earlier = [one.id for one in queries.before(row)]
    if not earlier:
        return 0, ""
    return spreading.address_told(row, earlier, row.spread_after, now=now, size=size)


@owns_transaction
def tell_batch(alert_id: UUID, *, now: datetime, size: int = spreading.TELL) -> Batch:
    """Tell the next of the list, in the inbox and by every way out that the notification has."""
    row = spreading.shared(alert_id)
    chosen = spreading.to_tell(alert_id, size=size) if row.state == State.RELEASED else []
    view = queries.view_of(row)
    stands_for = identity.roots_of(one.person_id for one in chosen)
    for one in chosen:  # rows of one human being hear of it once, in one inbox
        _tell(view, stands_for.get(one.person_id, one.person_id))
    spreading.note_told(chosen, now=now)
    if not chosen and row.state == State.RELEASED and row.spread_at is not None:
        queries.note_all_told(alert_id, now=now)
    facts: dict[str, object] = {"count": len(chosen)}
    record(action="alerts.tell", subject=row.code, actor=SYSTEM, facts=facts)
    return Batch(done=len(chosen), more=bool(chosen))


def _tell(view: AlertView, person_id: UUID) -> None:
    """The moment is that of the release: told again, nothing happens twice."""
    assert view.released_at is not None
    notifications.notify(
        person_id=person_id,
        template=TEMPLATES[view.kind] if view.status is Status.ACTUAL else "alert_exercise",
        subject=view.code,
        params=params_of(view),
        level=level_of(view),
        now=view.released_at,
    )


TEMPLATES = {
    Kind.ALERT: "alert_issued",
    Kind.UPDATE: "alert_updated",
    Kind.CANCEL: "alert_cancelled",
}


def level_of(view: AlertView) -> Level:
    """An exercise wakes nobody; nor does the news that a danger is over."""
    is_urgent = view.is_life and view.status is Status.ACTUAL and view.kind is not Kind.CANCEL
    return Level.EMERGENCY if is_urgent else Level.WARNING


def params_of(view: AlertView) -> dict[str, str]:
    """Values of the message; those that end in `_en` are for whoever reads English."""
    vi, en = view.said("vi"), view.said("en")
    until = dates.city_moment(view.expires_at)
    return {
        "headline": vi.headline,
        "headline_en": en.headline,
        "to_do": vi.instruction,
        "to_do_en": en.instruction,
        "where": vi.area,
        "where_en": en.area,
        "brief": words.brief(vi),
        "unit": view.unit_name,
        "until": until,
    }


def spread(alert_id: UUID, *, now: datetime) -> None:
    """Everything that is left to do for one message, batch by batch."""
    while address_batch(alert_id, now=now).more:
        continue
    while tell_batch(alert_id, now=now).more:
        continue
