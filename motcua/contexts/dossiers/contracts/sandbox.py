"""Hồ sơ thử: what a program that tries out sees of what it sent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedView:
    """status: 0 while it is a draft, then as of the nation's ten."""

    id: UUID
    code: str
    procedure_code: str
    procedure_name: str
    status: int
    sent_at: datetime | None
    moved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedPage:
    """older: the key of the next page, "" at the end."""

    items: tuple[TriedView, ...]
    older: str
