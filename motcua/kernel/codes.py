"""Mã số: identifiers that citizens and agencies write, impossible to build malformed.

Each is a `str`, usable everywhere a string is. Sources: dossier code Circular 03/2025/TT-VPCP,
ward codes of the General Statistics Office, personal number Law on Identification.
"""

import re
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from motcua.kernel.errors import Invalid


class MalformedCode(Invalid):
    """Text that cannot be a code of this kind."""

    sentence = "Mã không đúng dạng."


class Code(str):
    """A string that matches `pattern`; surrounding blanks are dropped."""

    pattern: ClassVar[re.Pattern[str]] = re.compile(r".+")
    label: ClassVar[str] = "mã"
    example: ClassVar[str] = ""
    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Raises: MalformedCode."""
        clean = cls.clean(text)
        if not cls.pattern.fullmatch(clean):
            raise MalformedCode(
                f"«{text[:40]}» không phải {cls.label}. Ví dụ đúng: {cls.example}.", code=cls.label
            )
        return super().__new__(cls, clean)

    @classmethod
    def clean(cls, text: str) -> str:
        return text.strip()

    @classmethod
    def parses(cls, text: str) -> bool:
        """Whether `text` is well formed."""
        return bool(cls.pattern.fullmatch(cls.clean(text)))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        def build(text: str) -> Code:
            try:
                return cls(text)
            except MalformedCode as refusal:
                raise ValueError(refusal.message) from refusal

        return core_schema.no_info_after_validator_function(build, core_schema.str_schema())


class ProcedureCode(Code):
    """Mã thủ tục: a digit, a dot, six digits (national catalogue of procedures)."""

    pattern = re.compile(r"[1-9]\.\d{6}")
    label = "mã thủ tục"
    example = "1.001193"
    __slots__ = ()


class WardCode(Code):
    """Mã phường, xã, đặc khu: five digits."""

    pattern = re.compile(r"\d{5}")
    label = "mã phường, xã"
    example = "26740"
    __slots__ = ()


class UnitCode(Code):
    """Mã cơ quan: Decision 20/2020/QĐ-TTg form; H29.99 is this project's invented branch."""

    pattern = re.compile(r"[A-Z]\d{2}(?:\.\d{1,5})*")
    label = "mã cơ quan"
    example = "H29.99.26740"
    __slots__ = ()


class DossierCode(Code):
    """Mã hồ sơ, old and new form; the agency part is looked up, never read by position."""

    pattern = re.compile(r"(?:(?:\d{3}\.){3})?[A-Z]\d{2}(?:\.\d{1,5})*-(\d{6}|\d{8})-\d{4,7}")
    label = "mã hồ sơ"
    example = "H29.99-20261124-0000042"
    __slots__ = ()

    @classmethod
    def clean(cls, text: str) -> str:
        return re.sub(r"\s+", "", text).upper()


class PersonalNumber(Code):
    """Số định danh cá nhân: 12 digits, no check digit. Never a key, never shown whole."""

    pattern = re.compile(r"\d{12}")
    label = "số định danh (12 chữ số)"
    example = "079190999001"
    __slots__ = ()

    @classmethod
    def clean(cls, text: str) -> str:
        return re.sub(r"[\s.\-]", "", text)

    @property
    def masked(self) -> str:
        """Nine dots and the last three digits; the first six tell birthplace, sex and year."""
        return "•" * 9 + self[-3:]


_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


class TaxCode(Code):
    """Mã số thuế: 10 digits with a check digit, a branch adds `-` and 3 digits."""

    pattern = re.compile(r"\d{10}(?:-\d{3})?")
    label = "mã số thuế"
    example = "0300588569"
    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Raises: MalformedCode, also when the check digit does not fit."""
        code = super().__new__(cls, text)
        rest = sum(int(d) * w for d, w in zip(code, _TAX_WEIGHTS, strict=False)) % 11
        if rest == 0 or (10 - rest) != int(code[9]):
            raise MalformedCode(f"Mã số thuế «{text[:20]}» sai số kiểm tra. Bạn xem lại từng số.")
        return code
