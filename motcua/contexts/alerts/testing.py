"""Builders of alerts for tests of any context."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.contexts.alerts.actions.drafting import draft
from motcua.contexts.alerts.actions.releasing import release
from motcua.contexts.alerts.contracts import (
    Certainty,
    DraftAlert,
    Kind,
    Severity,
    Status,
    Urgency,
)
from motcua.contexts.alerts.rules.templates import templates
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import acting
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.testing import MONDAY_9AM, stable_id

SAI_GON = "26740"


def on_watch(staff_no: str, *, now: datetime = MONDAY_9AM) -> Actor:
    """An officer of the cast who has just proved who they are. `ha` writes, `van` releases."""
    found = acting(staff_no, city_date(now))
    return replace(found, account_id=stable_id(staff_no), assurance=3, proven_at=now)


def a_command(**other: Any) -> DraftAlert:
    """A flood in Phường Sài Gòn, written at its committee."""
    kind = templates()["ngap"]
    said: dict[str, Any] = {
        "template": kind.key,
        "status": Status.ACTUAL,
        "texts": kind.texts,
        "urgency": Urgency.IMMEDIATE,
        "severity": Severity.SEVERE,
        "certainty": Certainty.OBSERVED,
        "wards": (SAI_GON,),
        "area": "",
        "contact": "1022",
        "hours": 6,
        "unit_id": the_committee(),
        "kind": Kind.ALERT,
    }
    return DraftAlert(**{**said, **other})


def the_committee(code: str = f"H29.99.{SAI_GON}") -> UUID:
    return organisations.unit(code).id


def a_draft(*, now: datetime = MONDAY_9AM, writer: str = "ha", **other: Any) -> str:
    """A draft of the clerk of Phường Sài Gòn; its code."""
    return draft(a_command(**other), actor=on_watch(writer, now=now), now=now).code


def a_released_by_the_city(*, now: datetime = MONDAY_9AM, **other: Any) -> str:
    """For any wards: the vice chair of the city wrote it, another signer of the city releases."""
    city = the_committee("H29")
    (second, *_others) = organisations.holders_of(city, Role.SIGNER, city_date(now))
    command = a_command(unit_id=city, **other)
    code = draft(command, actor=on_watch("thanh", now=now), now=now).code
    return release(code, seen_version=1, actor=on_watch(second.staff_no, now=now), now=now).code


def a_released(*, now: datetime = MONDAY_9AM, by: str = "van", **other: Any) -> str:
    """An alert that the clerk wrote and the vice chair released; its code."""
    code = a_draft(now=now, **other)
    return release(code, seen_version=1, actor=on_watch(by, now=now), now=now).code
