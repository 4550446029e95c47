"""Bộ phận trang: the frozen values that each component takes, so that no model reaches a template.

Every text is ready to be read: dates, money and numbers are formatted by whoever builds the value.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Tone(StrEnum):
    """One meaning per colour. TURN is used only when it is the *viewer's* turn."""

    PLAIN = ""
    GO = "go"  # the city is working
    TURN = "turn"
    OK = "ok"
    LATE = "late"
    INFO = "info"


# --- shell ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """current: None lets the shell compare `url` with the address of the page.

    main: the raised button in the middle of the phone's tab bar. phone: shown in that bar.
    """

    label: str
    url: str
    icon: str = ""
    current: bool | None = None
    badge: int = 0
    badge_label: str = ""
    main: bool = False
    phone: bool = True
    group: str = ""  # a heading above this item in the rail of the desk
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Cảnh báo khẩn cấp: the full-width strip above everything."""

    title: str
    text: str = ""
    url: str = ""
    url_label: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What surrounds a page. person: display name of who is signed in, empty for nobody."""

    brand: str
    place: str
    home_url: str
    nav: tuple[NavItem, ...] = ()
    person: str = ""
    person_note: str = ""
    sign_in_url: str = "/dang-nhap"
    sign_out_url: str = "/dang-xuat"
    person_url: str = ""
    inbox_url: str = ""
    unread: int = 0
    search_url: str = ""
    search_label: str = ""
    band: Band | None = None


# --- small things -----------------------------------------------------------------------------


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
    label: str
    url: str = ""


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
    """

    label: str
    value: str
    note: str = ""
    source: str = ""
    change_url: str = ""
    url: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """url: where to read it. remove_url: POST takes it away. state: a verdict or an upload error."""

    name: str
    size: str = ""
    url: str = ""
    note: str = ""
    sha256: str = ""
    state: Chip | None = None
    remove_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Keyset pages: only older and newer, never numbers."""

    older_url: str = ""
    newer_url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """formats: (label, address), as in («CSV», …)."""

    formats: tuple[tuple[str, str], ...]
    note: str = ""


# --- questions --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """field: the name of the input it speaks of; empty for the page as a whole."""

    text: str
    field: str = ""

    @property
    def anchor(self) -> str:
        return f"#{html_id(self.field)}" if self.field else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """One repetition of a group: its own questions, whose keys already carry the index."""

    title: str
    questions: tuple["QuestionView", ...]
    remove_value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One question as the page shows it.

    type: one of the field types of `kernel.forms`. value: what to show in the input, as text.
    parts: the values of a date (day, month, year) or an address (ward, street), by part.
    values: chosen ones of a multi_choice. source: the register that filled it in, in words.
    heading: the label is the h1 of the page (one question a page).
    """

    key: str
    label: str
    type: str = "text"
    value: str = ""
    values: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    help: str = ""
    example: str = ""
    error: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    rows: tuple[GroupRow, ...] = ()
    source: str = ""
    legal: str = ""
    heading: bool = False
    autocomplete: str = ""
    unit: str = ""
    add_label: str = ""

    @property
    def id(self) -> str:
        return html_id(self.key)

    @property
    def described_by(self) -> str:
        """The ids an input points to, so that help and error are read with it."""
        said = (("help", self.help or self.example), ("source", self.source), ("error", self.error))
        return " ".join(f"{self.id}-{name}" for name, text in said if text)

    @property
    def day(self) -> str:
        return self._part("day")

    @property
    def month(self) -> str:
        return self._part("month")

    @property
    def year(self) -> str:
        return self._part("year")

    @property
    def ward(self) -> str:
        return self._part("ward")

    @property
    def street(self) -> str:
        return self._part("street")

    def _part(self, name: str) -> str:
        return dict(self.parts).get(name, "")

    @property
    def many(self) -> bool:
        """Too many options for radios."""
        return len(self.options) > 8

    @property
    def chosen(self) -> frozenset[str]:
        return frozenset(self.values) | ({self.value} if self.value else frozenset())


# --- dossier on its way -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RiverStep:
    """state: done, now, turn (now, and the viewer must act), next or skipped."""

    title: str
    state: str
    text: str = ""
    note: str = ""
    details_title: str = ""
    details: str = ""
    chip: Chip | None = None


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
    """Việc của tôi: one card of the citizen's list. steps: total; step: the one going on, from 1."""

    title: str
    url: str
    chip: Chip
    when: str = ""
    text: str = ""
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
    """A row of an officer's list. key: value of its checkbox; icons: (name, meaning)."""

    key: str
    title: str
    url: str
    text: str
    due: str
    late: bool = False
    current: bool = False
    icons: tuple[tuple[str, str], ...] = ()


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
    """The form under a conversation."""

    url: str
    label: str = "Nhắn cho cán bộ"
    name: str = "text"
    button: str = "Gửi"
    files: bool = False


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


# --- figures ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """change: «1,1 điểm so với kỳ trước»; better: whether it is good news; rising: its arrow."""

    label: str
    value: str
    unit: str = ""
    note: str = ""
    change: str = ""
    rising: bool = False
    better: bool = True
    bad: bool = False
    lead: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """text: the value as it is read, «96,4%»."""

    label: str
    value: float
    text: str
    url: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """title states the finding. highest: the full width; 0 takes the largest bar."""

    title: str
    bars: tuple[Bar, ...]
    label_head: str
    value_head: str
    highest: float = 0
    note: str = ""
    id: str = "bars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    label: str
    value: float
    text: str
    before: float | None = None
    before_text: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """before: the same days of the earlier period, drawn thin. event: a word at a marked point."""

    title: str
    points: tuple[Point, ...]
    label_head: str
    value_head: str
    before_head: str = ""
    target: float | None = None
    target_text: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""
    id: str = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a drill table. number: right-aligned tabular digits."""

    text: str
    url: str = ""
    number: bool = False
    chip: Chip | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A drill table. heads: (title, is a number); total: the last row, the sum of the others."""

    caption: str
    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    caption_shown: bool = False
    export: Export | None = None
    pager: Pager | None = None
    empty: Empty | None = None


# --- pages that are the same everywhere --------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An error page: what happened, what is safe, what to do, the code to read to 1022."""

    title: str
    sentence: str
    next_step: str = ""
    code: str = ""
    saved: str = ""
    action: Action | None = None
    nav: tuple[NavItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadJob:
    """A job that used up its retries. retry_url and drop_url are POST."""

    id: str
    name: str
    subject: str
    failed: str
    attempts: int
    reason: str
    retry_url: str = ""
    drop_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The public answer about a document. status: valid, altered, revoked or unknown."""

    status: str
    title: str
    text: str
    facts: tuple[Fact, ...] = field(default_factory=tuple)


def html_id(name: str) -> str:
    """The id of the input with this name: dots of a part become dashes."""
    return "q-" + name.replace(".", "-").replace("_", "-")


def time_attribute(at: date | datetime) -> str:
    """The `datetime` attribute of a time element."""
    return at.isoformat(timespec="minutes") if isinstance(at, datetime) else at.isoformat()
