"""Từ biểu mẫu ra trang: questions of `kernel.forms` with their answers, as a page shows them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from motcua.kernel import forms
from motcua.ui.parts import FieldError, GroupRow, Option, QuestionView
from motcua.ui.words import count

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPOKEN = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What questions are shown with.

    errors: sentence by path (`Checked.by_path`). sources: by key, the register in words.
    choices: options by `choices_from`; `communes` also for the ward of an address.
    extra_rows: by key of a group, empty rows to add. heading: the label is the h1 of the page.
    """

    language: str = "vi"
    errors: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    extra_rows: Mapping[str, int] = field(default_factory=dict)
    heading: bool = False


def question_views(
    questions: Iterable[forms.Question], values: Mapping[str, object], around: Around | None = None
) -> tuple[QuestionView, ...]:
    """values: cleaned answers, or what was just typed (`raw_from_post`)."""
    shown = around or Around()
    return tuple(_view(q, q.key, values.get(q.key), shown) for q in questions)


def error_links(errors: Iterable[forms.FieldError]) -> tuple[FieldError, ...]:
    """For `page.errors`: each sentence leads to its question."""
    return tuple(FieldError(text=error.message, field=error.path) for error in errors)


def _view(question: forms.Question, path: str, value: object, around: Around) -> QuestionView:
    return QuestionView(
        key=path,
        type=question.type.value,
        label=question.label_in(around.language),
        value=_text(question, value),
        values=tuple(map(str, value)) if isinstance(value, list | tuple) else (),
        parts=_parts(question, value),
        help=question.help_in(around.language),
        example=question.example,
        error=around.errors.get(path, ""),
        required=question.required,
        options=_options(question, around),
        rows=_rows(question, path, value, around),
        source=around.sources.get(path, ""),
        legal=question.legal,
        heading=around.heading,
        unit=question.unit,
        add_label=f"Thêm {_item_title(question).lower()}"
        if question.type is forms.FieldType.GROUP
        else "",
    )


def _text(question: forms.Question, value: object) -> str:
    match value:
        case bool():
            return (
                ("yes" if value else "no")
                if question.type is forms.FieldType.YES_NO
                else "yes" * value
            )
        case int() if question.type is forms.FieldType.MONEY:
            return count(value)
        case int() | float():
            return str(value).replace(".", ",")
        case str():
            return value
        case _:
            return ""


def _parts(question: forms.Question, value: object) -> tuple[tuple[str, str], ...]:
    if isinstance(value, Mapping):
        return tuple((str(part), str(text)) for part, text in value.items())
    if question.type is not forms.FieldType.DATE or not isinstance(value, str):
        return ()
    if found := _ISO.fullmatch(value):
        return (("day", found[3]), ("month", found[2]), ("year", found[1]))
    if found := _SPOKEN.fullmatch(value.strip()):
        return (("day", found[1]), ("month", found[2]), ("year", found[3]))
    return ()


def _options(question: forms.Question, around: Around) -> tuple[Option, ...]:
    if question.type is forms.FieldType.ADDRESS:
        return tuple(around.choices.get("communes", ()))
    if question.choices_from:
        return tuple(around.choices.get(question.choices_from, ()))
    return tuple(Option(value=o.value, label=o.label_in(around.language)) for o in question.options)


def _rows(
    question: forms.Question, path: str, value: object, around: Around
) -> tuple[GroupRow, ...]:
    if question.type is not forms.FieldType.GROUP:
        return ()
    given = list(value) if isinstance(value, list | tuple) else []
    given += [_NOTHING] * (around.extra_rows.get(path, 0) or (0 if given else 1))
    return tuple(
        _row(question, path, number, row, around, removable=len(given) > 1)
        for number, row in enumerate(given)
    )


def _row(
    question: forms.Question,
    path: str,
    number: int,
    row: object,
    around: Around,
    *,
    removable: bool,
) -> GroupRow:
    values = row if isinstance(row, Mapping) else _NOTHING
    inner = Around(
        language=around.language,
        errors=around.errors,
        sources=around.sources,
        choices=around.choices,
    )
    prefix = f"{path}.{number}"
    return GroupRow(
        title=f"{_item_title(question)} {number + 1}",
        questions=tuple(
            _view(q, f"{prefix}.{q.key}", values.get(q.key), inner) for q in question.fields
        ),
        remove_value=prefix if removable else "",
    )


def _item_title(question: forms.Question) -> str:
    return question.item_title or question.label
