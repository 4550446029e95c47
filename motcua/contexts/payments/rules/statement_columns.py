"""Cột của sao kê CSV: which column says what, guessed from its head or told by a collector."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from motcua.kernel.clock import CITY_TZ
from motcua.kernel.money import Money, dong_in
from motcua.kernel.text import fold

# What banks write above their columns, without diacritics; the first that fits wins.
KNOWN: dict[str, tuple[str, ...]] = {
    "booked": ("ngay hach toan", "ngay giao dich", "ngay gd", "ngay hieu luc", "ngay", "date"),
    "came": ("ghi co", "phat sinh co", "so tien ghi co", "tien vao", "credit"),
    "left": ("ghi no", "phat sinh no", "so tien ghi no", "tien ra", "debit"),
    "amount": ("so tien", "so tien giao dich", "amount"),
    "memo": ("noi dung", "dien giai", "noi dung giao dich", "mo ta", "description", "remark"),
    "reference": ("so tham chieu", "ma giao dich", "so giao dich", "so but toan", "so ct",
                  "reference", "transaction id"),
    "balance": ("so du", "so du luy ke", "so du cuoi", "balance"),
    "fee": ("phi", "phi giao dich", "fee"),
}  # fmt: skip
COLUMN_NAMES = {
    "booked": "Ngày giao dịch",
    "came": "Tiền vào (ghi có)",
    "left": "Tiền ra (ghi nợ)",
    "amount": "Số tiền có dấu, khi tệp chỉ có một cột",
    "memo": "Nội dung",
    "reference": "Mã giao dịch của ngân hàng",
    "balance": "Số dư sau giao dịch",
    "fee": "Phí ngân hàng giữ lại",
}
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
TIMES = ("", " %H:%M", " %H:%M:%S")
NO_LINE = ("tong", "cong", "so du", "total", "phat sinh trong ky")
_DECIMALS = re.compile(r"[.,]0{1,2}$")
_GROUPS_OF_THREE = re.compile(r"\d[.,]\d{3}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementColumns:
    """The head of the column that says each thing; empty: no column does."""

    booked: str = ""
    came: str = ""
    left: str = ""
    amount: str = ""
    memo: str = ""
    reference: str = ""
    balance: str = ""
    fee: str = ""

    @property
    def is_enough(self) -> bool:
        return bool(self.booked and self.memo and (self.amount or (self.came and self.left)))

    def fits(self, heads: Sequence[str]) -> bool:
        """Whether this row of a file has every column that is named here."""
        return self.is_enough and {name for name in self.named().values() if name} <= set(heads)

    def named(self) -> dict[str, str]:
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @classmethod
    def told(cls, given: Mapping[str, object]) -> "StatementColumns":
        return cls(**{one.name: str(given.get(one.name) or "")[:80] for one in fields(cls)})


def guessed(heads: Sequence[str]) -> StatementColumns:
    """What the heads themselves say; a column is taken once."""
    plain = {fold(head).strip(): head for head in reversed(heads) if head.strip()}
    found: dict[str, str] = {}
    for what, names in KNOWN.items():
        fitting = next((plain[name] for name in names if name in plain), None)
        fitting = fitting or _beginning(plain, names)
        if fitting and fitting not in found.values():
            found[what] = fitting
    if "came" in found and "left" in found:
        found.pop("amount", None)
    return StatementColumns(**found)


def _beginning(plain: Mapping[str, str], names: Sequence[str]) -> str:
    """«Ghi có (VND)» begins as «ghi co» does."""
    longer = (head for name in names for text, head in plain.items() if text.startswith(f"{name} "))
    return next(longer, "")


def digest_of(heads: Sequence[str]) -> str:
    """The same heads are the same bank's file."""
    return hashlib.sha256("\x1f".join(heads).encode()).hexdigest()


def moment_of(text: str) -> tuple[datetime, bool] | None:
    """A day with or without its time, as banks write it."""
    bare = " ".join(text.replace("T", " ").split())
    for day in DAYS:
        for time in TIMES:
            try:
                found = datetime.strptime(bare, day + time).replace(tzinfo=CITY_TZ)
            except ValueError:
                continue
            return found, bool(time)
    return None


def signed_dong(text: str) -> Money | None:
    """8,000.00 · 8.000 · -8000 · (8.000) · nothing at all is 0. None: no whole đồng."""
    bare = text.strip().replace("\u2212", "-")
    if bare in ("", "-"):
        return Money(0)
    below = bare.startswith("-") or (bare.startswith("(") and bare.endswith(")"))
    bare = bare.strip("()").lstrip("+-").strip()
    if not _GROUPS_OF_THREE.search(bare):
        bare = _DECIMALS.sub("", bare)
    amount = dong_in(bare)
    if amount is None:
        return None
    return -amount if below else amount


def is_no_line(cells: Sequence[str]) -> bool:
    """A row of sums below the table, not a payment."""
    said = next((fold(cell).strip() for cell in cells if cell.strip()), "")
    return said.startswith(NO_LINE)
