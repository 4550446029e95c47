"""Biểu mẫu: the frozen shape of a form, one page per idea, one question per fact."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from motcua.kernel.forms.conditions import Condition
from motcua.kernel.privacy import DataClass

Scalar = str | int | float | bool


class FieldType(StrEnum):
    """What kind of answer a question takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    PERSONAL_NUMBER = "personal_number"
    PHONE = "phone"
    EMAIL = "email"
    PERSON_NAME = "person_name"
    ADDRESS = "address"
    DECLARATION = "declaration"
    MAP_POINT = "map_point"
    SIGNATURE = "signature"
    GROUP = "group"


PERSONAL_TYPES = frozenset({
    FieldType.PERSONAL_NUMBER, FieldType.PHONE, FieldType.EMAIL, FieldType.PERSON_NAME,
    FieldType.ADDRESS, FieldType.MAP_POINT, FieldType.SIGNATURE,
})  # fmt: skip
BOUNDED = (
    FieldType.NUMBER,
    FieldType.MONEY,
    FieldType.DATE,
    FieldType.MULTI_CHOICE,
    FieldType.GROUP,
)  # the types that may have a minimum and a maximum


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice. `value` is stored, the label is shown."""

    value: str
    label: str
    label_en: str = ""

    def label_in(self, language: str) -> str:
        return _in(language, self.label, self.label_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `prefill` is "register.field"; `evidence` the paper it replaces.

    minimum, maximum: a value (number, money), an ISO date or "today" (date), or a count of
    choices or items (multi_choice, group). `fields` only for groups. `digits`: a text of that
    many digits, from and to, such as a year or a code. `suggestions`: usual answers in words,
    offered while somebody types. `anywhere`: an address that may lie outside the city.
    """

    key: str
    label: str
    type: FieldType
    label_en: str = ""
    required: bool = True
    help: str = ""
    help_en: str = ""
    example: str = ""
    data_class: DataClass = DataClass.INTERNAL
    legal: str = ""
    prefill: str = ""
    evidence: str = ""
    options: tuple[Option, ...] = ()
    choices_from: str = ""
    show_if: Condition | None = None
    fields: tuple["Question", ...] = ()
    item_title: str = ""
    item_title_en: str = ""
    minimum: Scalar | None = None
    maximum: Scalar | None = None
    max_length: int | None = None
    integer: bool = False
    unit: str = ""
    digits: tuple[int, int] | None = None
    suggestions: tuple[str, ...] = ()
    anywhere: bool = False

    def label_in(self, language: str) -> str:
        return _in(language, self.label, self.label_en)

    def help_in(self, language: str) -> str:
        return _in(language, self.help, self.help_en)

    def item_title_in(self, language: str) -> str:
        """What stands before the number of a row, such as «Thành viên 1»."""
        own = _in(language, self.item_title, self.item_title_en)
        return own or self.label_in(language)

    def option(self, value: object) -> Option | None:
        return next((o for o in self.options if o.value == value), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One screen: a title and the few questions that belong together."""

    key: str
    title: str
    questions: tuple[Question, ...]
    title_en: str = ""
    help: str = ""
    help_en: str = ""
    show_if: Condition | None = None

    def title_in(self, language: str) -> str:
        return _in(language, self.title, self.title_en)

    def help_in(self, language: str) -> str:
        return _in(language, self.help, self.help_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """All pages in order. Keys of questions are unique in the whole form."""

    pages: tuple[Page, ...]

    def page(self, key: str) -> Page | None:
        return next((p for p in self.pages if p.key == key), None)

    def questions(self) -> Iterator[Question]:
        """Top-level questions in order; those inside groups belong to their group."""
        for page in self.pages:
            yield from page.questions

    def question(self, key: str) -> Question | None:
        return next((q for q in self.questions() if q.key == key), None)


def _in(language: str, vietnamese: str, english: str) -> str:
    return english if language.startswith("en") and english else vietnamese


_TEXT_LIMITS = {FieldType.LONG_TEXT: 5000, FieldType.PERSON_NAME: 200}


def text_limit(question: Question) -> int:
    """How many characters an answer in words may have."""
    return question.max_length or _TEXT_LIMITS.get(question.type, 500)
