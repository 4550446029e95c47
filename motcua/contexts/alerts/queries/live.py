"""Cảnh báo đang có hiệu lực: one value in memory of each process, looked at again once a second.

A page asks the database nothing for it. The look itself is one short statement in a second for
all pages of a process together, sent beside Django's log of statements since it belongs to none.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import Error, connection

from motcua.contexts.alerts.contracts import AlertView, Status
from motcua.contexts.alerts.models import Alert, Edition
from motcua.contexts.alerts.queries.alerts import view_of
from motcua.kernel.db import uuid7
from motcua.kernel.snapshots import Snapshot

NAME = "alerts"
SECONDS = 1.0
_LOOK = "SELECT version FROM alerts_edition WHERE name = 'alerts'"


def _version() -> UUID | None:
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    found = raw.execute(_LOOK).fetchone()
    return found[0] if found else None


def _load() -> tuple[AlertView, ...]:
    if _version() is None:  # nothing was ever released here
        return ()
    rows = Alert.objects.filter(state="RELEASED").exclude(kind="Cancel")
    return tuple(view_of(one) for one in rows.order_by("-released_at", "-id"))


snapshot = Snapshot(_load, _version, seconds=SECONDS)
_last: list[tuple[AlertView, ...]] = [()]


def in_force(now: datetime) -> tuple[AlertView, ...]:
    """What holds at this moment: lives first, then newest first."""
    with suppress(Error, psycopg.Error):  # without a database, what was true a moment ago
        _last[0] = snapshot.current()
    found = [one for one in _last[0] if one.holds(now)]
    return tuple(sorted(found, key=_weight))


def _weight(one: AlertView) -> tuple[bool, bool]:
    return (one.status is not Status.ACTUAL, not one.is_life)


def renew() -> None:
    """Tell every process that what is in force changed; inside the action that changed it."""
    Edition.objects.update_or_create(name=NAME, defaults={"version": uuid7()})
    snapshot.changed()
