"""Nhận tại quầy: what the receiver asks for with one key, and what comes back at once."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from motcua.contexts.dossiers.contracts.commands import SubmitDossier
from motcua.contexts.dossiers.contracts.shortcomings import Shortcoming
from motcua.kernel.errors import Invalid


class Outcome(StrEnum):
    """What becomes of an application at the counter."""

    RECEIVE = "receive"  # Form 01
    GUIDE = "supplement"  # Form 02: what to bring, the clock does not run
    DECLINE = "decline"  # Form 03: the reason in writing


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenOut:
    """A number and a secret that stand on a receipt already, printed without a network."""

    code: str
    secret: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn:
    """One application at the counter, its declaration on paper.

    items: what is missing, for GUIDE. reason, citation: for DECLINE. given_out: what a window
    told the person while it had no network.
    """

    dossier: SubmitDossier
    outcome: Outcome = Outcome.RECEIVE
    items: tuple[Shortcoming, ...] = ()
    reason: str = ""
    citation: str = ""
    given_out: GivenOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """Where the application is now. due_at None: words instead of a date, or not received."""

    code: str
    outcome: Outcome
    secret: str
    received_at: datetime
    due_at: datetime | None
    invoice_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """All that one person handed in at one visit: one receipt sheet, fees together."""

    dossiers: tuple[TakenIn, ...] = field(default=())


class NothingToTakeIn(Invalid):
    sentence = "Chưa có thủ tục nào để nhận. Bạn chọn thủ tục trước."


class ReasonForDecliningNeeded(Invalid):
    sentence = (
        "Bạn ghi lý do không nhận và điểm luật. Người nộp được giao bản viết, không nói miệng."
    )


class NothingIsMissing(Invalid):
    sentence = "Bạn đánh dấu giấy còn thiếu trước khi in phiếu hướng dẫn."
