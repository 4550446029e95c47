"""Câu hỏi: how a question of a form, its answer and its error are shown."""

from dataclasses import dataclass


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
    """One repetition of a group: its own questions, whose keys already carry the index.

    fresh: just added, so that it gets the focus.
    """

    title: str
    questions: tuple["QuestionView", ...]
    remove_value: str = ""
    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """A known place on the small map; x, y in units of the drawing, where they are known."""

    name: str
    lat: float
    lng: float
    x: float = 0
    y: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallMap:
    """A grid around a point, with what lies near. step: metres of a move; wide: of the drawing.

    unit: metres of one unit of the drawing. is_set: a point was chosen; else only the middle.
    """

    lat: float
    lng: float
    is_set: bool
    step: int
    unit: float
    said: str
    landmarks: tuple[Landmark, ...] = ()
    steps: tuple[tuple[int, str], ...] = ()

    @property
    def square(self) -> str:
        """How wide one square of the grid is, in words."""
        metres = round(self.unit * 20)
        return f"{metres} m" if metres < 1000 else f"{metres // 1000} km"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One question as the page shows it.

    type: one of the field types of `kernel.forms`. value: what to show in the input, as text.
    parts: the values of a date (day, month, year) or an address (ward, street), by part.
    values: chosen ones of a multi_choice. source: the register that filled it in, in words.
    told: what that register says where the person says otherwise.
    may_dispute: «Sai» stands beside the source.
    heading: the label is the h1 of the page (one question a page). limit: of a group, in words.
    keyboard: the `inputmode` of a line. suggestions: usual answers in words.
    spoken: money in words. became: what the old commune of an address became; anywhere: it may
    lie outside the city. image_url: of the drawn signature.
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
    told: str = ""
    may_dispute: bool = False
    legal: str = ""
    heading: bool = False
    autocomplete: str = ""
    keyboard: str = ""
    suggestions: tuple[str, ...] = ()
    unit: str = ""
    add_label: str = ""
    limit: str = ""
    spoken: str = ""
    became: tuple[Option, ...] = ()
    anywhere: bool = False
    map: SmallMap | None = None
    image_url: str = ""

    @property
    def id(self) -> str:
        return html_id(self.key)

    @property
    def described_by(self) -> str:
        """The ids an input points to, so that help and error are read with it."""
        said = (
            ("help", self.help or self.example),
            ("source", self.source),
            ("told", self.told),
            ("error", self.error),
        )
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

    @property
    def old(self) -> str:
        return self._part("old")

    @property
    def became_one(self) -> str:
        return self._part("became")

    @property
    def signed_name(self) -> str:
        return self._part("name")

    @property
    def file(self) -> str:
        return self._part("file")

    def _part(self, name: str) -> str:
        return dict(self.parts).get(name, "")

    @property
    def many(self) -> bool:
        """Too many options for radios."""
        return len(self.options) > 8

    @property
    def chosen(self) -> frozenset[str]:
        return frozenset(self.values) | ({self.value} if self.value else frozenset())


def html_id(name: str) -> str:
    """The id of the input with this name: dots of a part become dashes."""
    return "q-" + name.replace(".", "-").replace("_", "-")
