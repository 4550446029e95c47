"""Lists of passwords that are no secret any more: Django's common ones, a file of leaked ones.

The file is the operator's (`MOTCUA_LEAKED_PASSWORDS`): a line for each SHA-1 in capitals, sorted,
with or without «:count», as Have I Been Pwned offers it for download. It is searched where it lies,
so nothing of a password leaves the machine, and gigabytes cost some forty short reads.
"""

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from motcua.contexts.identity.contracts.passwords import PasswordKnown
from motcua.contexts.identity.rules.passwords import check_password_shape, core
from motcua.kernel.errors import DomainError

LONGEST_LINE = 64  # 40 digits, a colon, a count


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


def refuse_known(password: str) -> None:
    """Raises: PasswordKnown."""
    said = password.strip().lower()
    if said in _common() or core(said) in _common():
        raise PasswordKnown(field="new")
    leaked: Path | None = settings.LEAKED_PASSWORDS
    if leaked is not None and is_leaked(password, leaked):
        raise PasswordKnown(field="new")


def is_leaked(password: str, file: Path) -> bool:
    """Whether the file of digests has this password."""
    # SHA-1 because the lists of the world are kept so; the file is no place where we keep secrets.
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as lines:
        low, high = 0, os.fstat(lines.fileno()).st_size
        while low < high:
            middle = (low + high) // 2
            start, found = _line_at(lines, middle)
            if found == digest:
                return True
            if found and found < digest:
                low = start + 1
            else:
                high = middle
    return False


def _line_at(lines: BinaryIO, place: int) -> tuple[int, bytes]:
    """The first line that begins at the place or after it; empty at the end of the file."""
    lines.seek(max(place - 1, 0))
    if place:
        lines.readline(LONGEST_LINE)
    start = lines.tell()
    return start, lines.readline(LONGEST_LINE).strip()[:40].upper()


class OfficerPasswordValidator:
    """The same rules for passwords that commands of Django set."""

    def validate(self, password: str, user: object | None = None) -> None:
        """Raises: ValidationError."""
        try:
            check_password_shape(password, ())
            refuse_known(password)
        except DomainError as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal

    def get_help_text(self) -> str:
        return "Ít nhất 12 ký tự, không phải tên bạn, tên đơn vị hay mật khẩu nhiều người dùng."
