"""Chứng thực bản sao tại quầy: what is counted, what it costs, what it is called in the book."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.kernel.errors import Conflict, Invalid

PROCEDURE = "2.000815"
MOST_KINDS = 4  # kinds of paper of one visit on the page


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLine:
    """One kind of paper: so many pages, so many copies of it."""

    paper: str
    issuer: str
    pages: int
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeCopies:
    """One dossier for each line. answers_for: the person said that they answer for the original."""

    person_id: UUID
    lines: tuple[CopyLine, ...]
    answers_for: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesTaken:
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """One line of the book. number: as it stands in the agency's series, "" until it is signed."""

    code: str
    number: str
    received_at: datetime
    requester: str
    paper: str
    issuer: str
    pages: int
    copies: int
    fee_dong: int
    paid: bool
    invoice_code: str
    agency: str
    signer: str
    signed_at: datetime | None
    due_at: datetime | None


class NoCopyAsked(Invalid):
    sentence = "Bạn ghi ít nhất một loại giấy tờ, với số trang và số bản."


class CopyLineOdd(Invalid):
    sentence = "Bạn ghi đủ tên giấy tờ, nơi cấp, số trang và số bản bằng số."


class OriginalNotAnswered(Invalid):
    sentence = "Bạn hỏi người yêu cầu có chịu trách nhiệm về bản chính không, rồi đánh dấu."


class NotACopy(Conflict):
    sentence = "Hồ sơ này không phải chứng thực bản sao."
