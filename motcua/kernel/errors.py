"""Refusals (từ chối): what the law, the rules or the rights of the caller do not allow.

A refusal is raised by rules and actions, carries a stable code for programs and one Vietnamese
sentence for people, and becomes a page or a problem document in `kernel.web` and `kernel.api`.
Everything that is not a refusal is a failure and needs a change of code.
"""

import re
from enum import IntEnum
from typing import ClassVar

from django.utils.translation import gettext


class Kind(IntEnum):
    """The kinds of refusal, valued by the HTTP status they become."""

    FORBIDDEN = 403
    NOT_FOUND = 404
    CONFLICT = 409
    INVALID = 422
    TOO_MANY = 429


class DomainError(Exception):
    """A refusal. `facts` are plain values a program may show; never personal data."""

    kind: ClassVar[Kind] = Kind.INVALID
    code: ClassVar[str] = "refused"
    sentence: ClassVar[str] = "Chưa làm được việc này."
    next_step: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "code" not in cls.__dict__:
            cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, message: str = "", *, field: str | None = None, **facts: object) -> None:
        self.field = field
        self.facts = facts
        super().__init__(message or self.sentence)

    @property
    def message(self) -> str:
        """The sentence in the reader's language, where it has been translated."""
        return gettext(str(self.args[0]))


class Invalid(DomainError):
    """What was sent cannot be taken; the sentence names the field and how to mend it."""

    kind = Kind.INVALID


class Forbidden(DomainError):
    """The caller may not; the sentence names who may."""

    kind = Kind.FORBIDDEN
    sentence = "Bạn không có quyền làm việc này."


class NotFound(DomainError):
    """It does not exist, or the caller may not know that it does."""

    kind = Kind.NOT_FOUND
    sentence = "Không tìm thấy."


class Conflict(DomainError):
    """Somebody was faster, or the state does not allow it any more."""

    kind = Kind.CONFLICT
    sentence = "Việc này vừa được người khác làm. Bạn mở lại trang để xem tình trạng mới."
