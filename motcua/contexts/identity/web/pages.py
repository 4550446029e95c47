"""View models of the pages of identity."""

from dataclasses import dataclass
from uuid import UUID

from motcua.ui.parts import Alert, Empty, Fact, FieldError, Option, QuestionView


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    next: str
    username: str = ""
    alert: Alert | None = None
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePage:
    """shell: the frame of the portal the reader works in."""

    shell: str
    facts: tuple[Fact, ...]
    is_officer: bool
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPage:
    questions: tuple[QuestionView, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    unit: str
    role: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostsPage:
    name: str
    staff_no: str
    rows: tuple[PostRow, ...]
    empty: Empty
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    id: UUID
    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokensPage:
    """lives: for how long a new token may be asked."""

    shell: str
    rows: tuple[TokenRow, ...]
    empty: Empty
    for_whom: str = ""  # in whose name a new token would work
    made: str = ""
    lives: tuple[Option, ...] = ()
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOutPage:
    name: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage:
    """Two sides that may be one person, each masked: who came by VNeID, and whom the city knows."""

    theirs: tuple[Fact, ...]
    ours: tuple[Fact, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUpPage:
    """Why a surer sign-in is needed. url: to VNeID; back: without doing it."""

    title: str
    sentence: str
    next_step: str
    button: str
    url: str
    back: str
    files_lost: bool
    code: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptField:
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A form as it was filled in before the visit to VNeID; no action: it is gone."""

    action: str
    fields: tuple[KeptField, ...]
    files: tuple[str, ...] = ()
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedAwayPage:
    """What somebody sent in another's name, and may not; typed: to be copied, nothing is lost."""

    title: str
    sentence: str
    next_step: str
    typed: tuple[KeptField, ...]
    files_lost: bool
    back: str
    code: str
    errors: tuple[FieldError, ...] = ()
