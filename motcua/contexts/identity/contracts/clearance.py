"""Tập huấn, cam kết: views and refusals."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.period import Period
from motcua.kernel.privacy import DataClass


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentText:
    """One version of what is signed; never changed once published."""

    version: str
    data_class: DataClass
    title: str
    lines: tuple[str, ...]
    law: str
    verified: bool

    @property
    def digest(self) -> bytes:
        """Of exactly what stood on the page."""
        return sha256("\n".join((self.version, self.title, *self.lines)).encode()).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """How an officer stands with one class of data. until: the first day without access.

    trained, committed: the days of the last training and of the last commitment.
    """

    data_class: DataClass
    trained: Period | None
    committed: Period | None
    until: date | None

    @property
    def holds(self) -> bool:
        return self.until is not None


class CommitmentUnknown(Invalid):
    sentence = "Không có bản cam kết này."


class CommitmentChanged(Conflict):
    """The text on the page is not the one in force any more, so it was not what was read."""

    sentence = "Bản cam kết vừa được thay bằng bản mới. Bạn đọc bản mới rồi ký lại."


class AgreementMissing(Invalid):
    sentence = "Bạn đánh dấu «Tôi đã đọc và cam kết» để ký."


class CertificateMalformed(Invalid):
    sentence = (
        "Số giấy chứng nhận gồm chữ, số và các dấu / . -, dài không quá 40 ký tự. Ví dụ: 12/GCN-TH."
    )


class TrainingInFuture(Invalid):
    sentence = "Ngày hoàn thành tập huấn chưa đến. Bạn ghi sau khi tập huấn xong."


class TrainingOver(Invalid):
    sentence = "Lần tập huấn này đã quá hạn hai năm. Cán bộ cần tập huấn lại."


class TrainingNotFound(NotFound):
    sentence = "Không có lần tập huấn này."


class OwnTraining(Forbidden):
    """Nobody vouches for oneself."""

    sentence = "Bạn không tự ghi tập huấn cho mình. Người đứng đầu cấp trên ghi giúp bạn."
