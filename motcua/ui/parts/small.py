"""Bộ phận nhỏ: chips, buttons, alerts, lines of facts and files."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """One meaning per colour. TURN is used only when it is the *viewer's* turn."""

    PLAIN = ""
    GO = "go"  # the city is working
    TURN = "turn"
    OK = "ok"
    LATE = "late"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    label: str
    tone: Tone = Tone.PLAIN
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A link, or with `post` a form of one button. kind: primary, turn, quiet or plain.

    fields: hidden (name, value) pairs of the form.
    """

    label: str
    url: str
    kind: str = ""
    icon: str = ""
    post: bool = False
    fields: tuple[tuple[str, str], ...] = ()
    key: str = ""  # the letter that triggers it on the desk, shown in the button


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """language: of the label, where the page speaks another."""

    label: str
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    title: str
    text: str = ""
    tone: Tone = Tone.INFO
    icon: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """What would be here, and the one next act."""

    title: str
    text: str = ""
    icon: str = "inbox"
    action: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line «nhãn: giá trị». change_url gives the «Đổi» link of the check-answers page.

    source: the register that answered, when the person did not. wrong: why it cannot stay.
    language, note_language: of value and note, where the page speaks another.
    """

    label: str
    value: str
    language: str = ""
    note: str = ""
    note_language: str = ""
    source: str = ""
    change_url: str = ""
    url: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """url: to read it. remove_url: POST takes it away. state: a verdict or an upload error.

    language: of the name, where the page speaks another.
    """

    name: str
    language: str = ""
    size: str = ""
    url: str = ""
    note: str = ""
    sha256: str = ""
    state: Chip | None = None
    remove_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Keyset pages: only older and newer, never numbers. by_time False: another order."""

    older_url: str = ""
    newer_url: str = ""
    note: str = ""
    by_time: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """formats: (label, address), as in («CSV», …)."""

    formats: tuple[tuple[str, str], ...]
    note: str = ""
