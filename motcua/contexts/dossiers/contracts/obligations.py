"""Nghĩa vụ đến hạn: what a party is to do, and by when."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.errors import NotFound


class ObligationKind(StrEnum):
    SUPPLEMENT = "SUPPLEMENT"  # papers to send
    FEE = "FEE"  # money to pay
    RESULT = "RESULT"  # the city promised the result
    MANDATE = "MANDATE"  # somebody's right to act ends
    KEY = "KEY"  # a key of a program ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """uid: the same for the same matter, for ever. subject: the dossier's code, "" for none.

    at: a moment or a day; of what has no deadline, today, until it is done. open_ended: so.
    ended: done, or not asked any more. sequence: grows with each change.
    """

    uid: str
    kind: ObligationKind
    subject: str
    at: datetime | date
    open_ended: bool
    ended: bool
    sequence: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMade:
    """The secret address of a calendar was made; it is shown once and kept nowhere."""

    feed_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView:
    id: UUID
    made_at: datetime
    read_at: datetime | None


class FeedNotFound(NotFound):
    sentence = "Địa chỉ lịch này không có, hoặc chủ của nó đã đóng."
