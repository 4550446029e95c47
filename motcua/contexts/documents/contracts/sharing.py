"""Chia sẻ: what the owner of a paper sees of a link, and what whoever holds it sees."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from motcua.contexts.documents.contracts.issued import IssuedView, Verification


class SharePeriod(StrEnum):
    """How long a link lives."""

    MINUTES = "MINUTES"
    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"


PERIODS = {
    SharePeriod.MINUTES: timedelta(minutes=15),
    SharePeriod.DAY: timedelta(days=1),
    SharePeriod.WEEK: timedelta(days=7),
    SharePeriod.MONTH: timedelta(days=30),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningView:
    """viewer: the name of who was signed in, "" for a stranger. device: «phone» or «computer»."""

    at: datetime
    viewer: str
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareView:
    """url: the link itself; whoever has it may open the paper while `is_open`."""

    id: UUID
    url: str
    once: bool
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    is_open: bool
    openings: tuple[OpeningView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedView:
    """What whoever holds the link is shown before the paper opens."""

    share_id: UUID
    title: str
    unit_name: str
    owner_masked: str
    once: bool
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPaper:
    """The paper once it is open: what is known of it, and the paper."""

    paper: IssuedView
    proof: Verification
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    opening_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    share_id: UUID
