"""Thư viện câu chữ: what a sentence may hold, and how a dossier fills its places."""

import re
from collections.abc import Mapping

from motcua.contexts.dossiers.contracts.library import (
    PlaceholderEmpty,
    PlaceholderUnknown,
    TextBodyNeeded,
    TextHoldsNumber,
    TextNameNeeded,
)
from motcua.kernel.text import fold, nfc

LONGEST_NAME, LONGEST = 80, 2000
# By the words between braces; what each is, for whoever writes.
PLACES: dict[str, str] = {
    "mã hồ sơ": "mã của hồ sơ đang mở",
    "xưng hô": "Ông, Bà hoặc Ông/Bà",
    "người nộp": "họ tên người nộp",
    "thủ tục": "tên thủ tục",
    "giấy tờ": "giấy hoặc câu hỏi của điểm đang ghi",
    "ngày hẹn trả": "ngày hẹn trả kết quả",
    "cơ quan": "cơ quan giải quyết",
    "nơi tiếp nhận": "nơi tiếp nhận hồ sơ",
    "người viết": "họ tên của bạn",
    "hôm nay": "ngày hôm nay",
}
_FOLDED = {fold(name): name for name in PLACES}
_PLACE = re.compile(r"\{([^{}]*)\}")
# A personal number or a telephone, however spaced; sums of money do not begin with 0.
_DIGITS = re.compile(r"(?<!\d)(?:\+84|0)(?:[ .\-]?\d){8,}|\d{9,}")


def checked(name: str, body: str) -> tuple[str, str]:
    """Name and body as they are kept.

    Raises: TextNameNeeded, TextBodyNeeded, TextHoldsNumber, PlaceholderUnknown.
    """
    called, said = " ".join(nfc(name).split()), nfc(body)
    if not called or len(called) > LONGEST_NAME:
        raise TextNameNeeded(field="name")
    if not said or len(said) > LONGEST:
        raise TextBodyNeeded(field="body")
    for part, text in (("name", called), ("body", said)):
        if _DIGITS.search(text):
            raise TextHoldsNumber(field=part)
    _check_places(said)
    return called, said


def _check_places(body: str) -> None:
    known = ", ".join(f"{{{name}}}" for name in PLACES)
    for said in _PLACE.findall(body):
        if fold(" ".join(said.split())) not in _FOLDED:
            raise PlaceholderUnknown(
                f"Không có chỗ điền {{{said}}}. Bạn dùng: {known}.", field="body"
            )
    if "{" in _PLACE.sub("", body) or "}" in _PLACE.sub("", body):
        raise PlaceholderUnknown(
            f"Chỗ điền có đủ hai dấu ngoặc, như {{mã hồ sơ}}. Bạn dùng: {known}.", field="body"
        )


def filled(body: str, values: Mapping[str, str]) -> str:
    """The sentence for one dossier. values: by the words of `PLACES`. Raises: PlaceholderEmpty."""

    def put(match: re.Match[str]) -> str:
        name = _FOLDED[fold(" ".join(match[1].split()))]
        value = values.get(name, "")
        if not value:
            raise PlaceholderEmpty(
                f"Hồ sơ này chưa có {{{name}}} ({PLACES[name]}) để điền. Bạn chọn câu khác, hoặc "
                "viết tay.",
                field="sentence",
            )
        return value

    return _PLACE.sub(put, body)
