"""Ký nháy: who stands for a draft, and what keeps one from doing so."""

from dataclasses import dataclass
from datetime import datetime

from motcua.kernel.errors import Conflict, Forbidden


@dataclass(frozen=True, slots=True, kw_only=True)
class InitialView:
    """holds: the draft still says what it said then."""

    full_name: str
    position: str
    at: datetime
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Initialled:
    """What was initialled. digest: of the draft."""

    code: str
    digest: str


class NothingToInitial(Forbidden):
    sentence = (
        "Bạn ký nháy bản thảo ở bước của mình, trước khi trình ký. "
        "Bạn mở lại hồ sơ để xem bước này đang ở ai."
    )


class DraftMoved(Conflict):
    """The draft says something else than what was looked at."""

    sentence = "Bản thảo vừa thay đổi sau khi bạn mở. Bạn xem lại bản mới rồi ký nháy."
