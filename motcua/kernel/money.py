"""Tiền: whole đồng, never a float, printable in figures and in words."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NoReturn, Self

NBSP = "\u00a0"
MINUS = "\u2212"
THOUSAND = 1_000
BILLION = 1_000_000_000

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", "nghìn", "triệu")


class Money(int):
    """An amount of đồng: `Money(8_000)`. Adding, subtracting and multiplying keep the type.

    Nothing is ever rounded here: a share of an amount has its own rule where the law asks for it.
    """

    __slots__ = ()

    def __new__(cls, dong: int = 0) -> Self:
        if isinstance(dong, bool) or not isinstance(dong, int):
            raise TypeError(f"Money is whole đồng, not {type(dong).__name__}")
        return super().__new__(cls, dong)

    @classmethod
    def total(cls, amounts: Iterable[int]) -> "Money":
        """The sum of any number of amounts; none at all is 0 ₫."""
        return cls(sum(int(cls(amount)) for amount in amounts))

    def __add__(self, other: int) -> "Money":
        return Money(int.__add__(self, Money(other)))

    def __radd__(self, other: int) -> "Money":
        return Money(int.__radd__(self, Money(other)))

    def __sub__(self, other: int) -> "Money":
        return Money(int.__sub__(self, Money(other)))

    def __rsub__(self, other: int) -> "Money":
        return Money(int.__rsub__(self, Money(other)))

    def __mul__(self, times: int) -> "Money":
        return Money(int.__mul__(self, Money(times)))

    def __rmul__(self, times: int) -> "Money":
        return Money(int.__rmul__(self, Money(times)))

    def __neg__(self) -> "Money":
        return Money(int.__neg__(self))

    def __abs__(self) -> "Money":
        return Money(int.__abs__(self))

    def __truediv__(self, other: int) -> NoReturn:
        raise TypeError("Money cannot be divided into fractions of a đồng")

    def __rtruediv__(self, other: int) -> NoReturn:
        raise TypeError("nothing can be divided by Money into a fraction")

    def __repr__(self) -> str:
        return f"Money({int(self)})"

    def __str__(self) -> str:
        return self.vnd()

    def __format__(self, spec: str) -> str:
        return self.vnd() if not spec else format(int(self), spec)

    def vnd(self) -> str:
        """In figures, as pages show it: «8.000 ₫» with a no-break space."""
        figures = f"{abs(int(self)):,}".replace(",", ".")
        return f"{MINUS if self < 0 else ''}{figures}{NBSP}₫"

    def in_words(self) -> str:
        """In words, as papers state it: «tám nghìn đồng»."""
        words = number_in_words(abs(int(self)))
        return f"{'âm ' if self < 0 else ''}{words} đồng"


ZERO = Money(0)


_SIGN = re.compile(r"(?:đồng|vnđ|vnd|đ|₫)\.?$", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:[.,'\u2019]\d{3})+")


def dong_in(text: str) -> Money | None:
    """Whole đồng as people type them: 8000, 8.000, 8 000 ₫. None: nothing that surely says so."""
    plain = _SIGN.sub("", unicodedata.normalize("NFKC", text).strip())
    bare = re.sub(r"\s", "", plain)
    if _GROUPED.fullmatch(bare):
        bare = re.sub(r"\D", "", bare)
    return Money(int(bare)) if re.fullmatch(r"[0-9]{1,16}", bare) else None


def number_in_words(number: int) -> str:
    """A whole number >= 0 as Vietnamese words; groups of 000 are passed over in silence."""
    return " ".join(_words(number, leading=True)) or DIGITS[0]


def _words(number: int, *, leading: bool) -> list[str]:
    """Words of `number`; when it does not lead, its first group says «không trăm» if it must."""
    billions, rest = divmod(number, BILLION)
    words = [*_words(billions, leading=leading), "tỷ"] if billions else []
    leading = leading and not billions
    for power in (2, 1, 0):
        group = rest // THOUSAND**power % THOUSAND
        if group:
            words += _group(group, leading=leading) + ([SCALES[power]] if power else [])
            leading = False
    return words


def _group(number: int, *, leading: bool) -> list[str]:
    """1..999; «linh» fills an empty ten, «không trăm» an empty hundred inside a larger number."""
    hundreds, rest = divmod(number, 100)
    if leading and not hundreds:
        return _tens(rest)
    words = [DIGITS[hundreds], "trăm"]
    if 0 < rest < 10:
        words.append("linh")
    return words + _tens(rest)


def _tens(number: int) -> list[str]:
    """0..99 with the sound changes: mười and mươi, một and mốt, năm and lăm."""
    tens, ones = divmod(number, 10)
    if not tens:
        return [DIGITS[ones]] if ones else []
    words = ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    if ones == 1 and tens > 1:
        return [*words, "mốt"]
    if ones == 5:
        return [*words, "lăm"]
    return [*words, DIGITS[ones]] if ones else words
