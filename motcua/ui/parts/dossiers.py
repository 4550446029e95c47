"""Hồ sơ trên đường đi: the river, the explained deadline, tasks, conversation."""

from dataclasses import dataclass

from motcua.ui.parts.small import Action, Chip, Fact, FileRow, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class RiverStep:
    """state: done, now, turn (now, and the viewer must act), next or skipped.

    note: who and where, in Vietnamese; when: in the language of the page. language: of title and
    text, where it is not that of the note.
    """

    title: str
    state: str
    text: str = ""
    note: str = ""
    when: str = ""
    details_title: str = ""
    details: str = ""
    chip: Chip | None = None
    link: str = ""
    link_label: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """kind: used, pause, today, left, due, late, off or out. label: read aloud and on hover."""

    kind: str
    number: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The explained deadline. explanation: sentences of the clock; law: where it is written."""

    due: str
    title: str = "Ngày hẹn trả"
    state: Chip | None = None
    remaining: str = ""
    days: tuple[DueDay, ...] = ()
    days_label: str = ""
    explanation: tuple[str, ...] = ()
    law: str = ""
    law_url: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A card of «Việc của tôi». steps: how many; step: the one going on, from 1.

    language: of the title, where the page speaks another. place: the authority, by its name.
    """

    title: str
    language: str = ""
    url: str
    chip: Chip
    when: str = ""
    text: str = ""
    place: str = ""
    step: int = 0
    steps: int = 0
    actions: tuple[Action, ...] = ()

    @property
    def turn(self) -> bool:
        return self.chip.tone == Tone.TURN

    @property
    def marks(self) -> tuple[str, ...]:
        """The class of each segment of the progress line."""
        return tuple(
            "is-done" if number < self.step else "is-now" if number == self.step else "is-ahead"
            for number in range(1, self.steps + 1)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """A row of an officer's list. key: value of its checkbox; icons: (name, meaning).

    more: the columns that the officer chose. unread: changed since they opened it last.
    """

    key: str
    title: str
    url: str
    text: str
    due: str
    late: bool = False
    current: bool = False
    icons: tuple[tuple[str, str], ...] = ()
    more: str = ""
    unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkGroup:
    title: str
    items: tuple[WorkItem, ...]
    tone: Tone = Tone.PLAIN
    count: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTask:
    """A line of a task list: «Giấy tờ cần có — Chưa xong»."""

    label: str
    state: Chip
    url: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    author: str
    when: str
    text: str
    mine: bool = False
    files: tuple[FileRow, ...] = ()
    system: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Compose:
    """The form under a conversation. value: what was typed before a refusal.

    limit: bytes of one file, where files may come in parts by `upload.js`. sentences: names of
    ready ones; the form comes back with the chosen one put in (`insert`).
    """

    url: str
    value: str = ""
    label: str = "Nhắn cho cán bộ"
    name: str = "text"
    button: str = "Gửi"
    files: bool = False
    limit: int = 0
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """«Đã nộp hồ sơ»: what happened, the number, what happens next. qr: text of the code's QR."""

    title: str
    code: str
    text: str = ""
    code_label: str = "Mã hồ sơ"
    qr: str = ""
    facts: tuple[Fact, ...] = ()
    next_title: str = "Việc tiếp theo"
    next_steps: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
