"""Từ ô nhập ra bản soạn và ngược lại: what was typed, as values of the table of a definition."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import QueryDict

from motcua.kernel.text import whole
from motcua.portals.office.design import conditions
from motcua.portals.office.design.asking import day_in
from motcua.portals.office.design.specs import Choices, Field, Input
from motcua.ui.parts import Option
from motcua.ui.parts import QuestionView as Question

Table = Mapping[str, Any]
KINDS = {
    Input.TEXT: "text",
    Input.LONG: "long_text",
    Input.NUMBER: "number",
    Input.WHOLE: "number",
    Input.CHOICE: "choice",
    Input.NUMBERED: "choice",
    Input.YES: "yes_no",
    Input.LINES: "long_text",
    Input.OPTIONS: "long_text",
    Input.DAY: "text",
}
WRONG = {
    Input.NUMBER: "Bạn nhập một số, ví dụ 4 hoặc 1,5.",
    Input.WHOLE: "Bạn nhập một số nguyên, ví dụ 50000.",
    Input.DAY: "Bạn nhập ngày theo dạng 2027-01-01.",
    Input.OPTIONS: "Mỗi dòng cần mã và lời, ngăn bằng dấu |.",
}


class Unreadable(Exception):
    """What was typed is no value of this input; `field` says which."""

    def __init__(self, field: Field) -> None:
        self.field = field
        super().__init__(WRONG.get(field.input, "Bạn xem lại ô này."))


def typed(fields: Iterable[Field], post: QueryDict) -> dict[str, object]:
    """The values that were typed; an empty one is empty. Raises: Unreadable."""
    values: dict[str, object] = {}
    for field in fields:
        if field.input is Input.CONDITION:
            if conditions.was_asked(field.name, post):
                values[field.name] = conditions.typed(field.name, post)
            continue
        values[field.name] = _value(field, post.get(field.name, "").strip())
    return values


def _value(field: Field, text: str) -> object:
    reader = _READERS.get(field.input)
    if reader is None or not text:
        return text
    found = reader(text)
    if found is None:
        raise Unreadable(field)
    return found


def _number(text: str) -> float | int | None:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    if not 0 <= number < 1_000_000:
        return None
    return int(number) if number == int(number) else number


def _whole(text: str) -> int | None:
    return whole(text.replace(".", "").replace(" ", ""), digits=12)


def _yes(text: str) -> bool:
    return text == "yes"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _options(text: str) -> list[dict[str, str]] | None:
    rows = []
    for line in _lines(text):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) < 2 or not parts[0] or not parts[1]:
            return None
        row = {"value": parts[0], "label": parts[1]}
        rows.append(row | ({"label_en": parts[2]} if len(parts) > 2 and parts[2] else {}))
    return rows


def _day(text: str) -> str | None:
    return text if day_in(text) else None


_READERS: dict[Input, Callable[[str], object]] = {
    Input.NUMBER: _number,
    Input.WHOLE: _whole,
    Input.NUMBERED: _whole,
    Input.YES: _yes,
    Input.LINES: _lines,
    Input.OPTIONS: _options,
    Input.DAY: _day,
}


def questions(
    fields: Iterable[Field],
    part: Table,
    table: Table,
    *,
    post: QueryDict | None = None,
    wrong: Mapping[str, str] | None = None,
) -> tuple[Question, ...]:
    """The inputs with what stands in the draft, or with what was just typed."""
    shown: list[Question] = []
    for field in fields:
        if field.input is Input.CONDITION:
            shown += conditions.questions(field, part.get(field.name), table, post=post)
        else:
            text = post.get(field.name, "") if post is not None else _shown(field, part)
            shown.append(_question(field, text, table, (wrong or {}).get(field.name, "")))
    return tuple(shown)


def _question(field: Field, text: str, table: Table, error: str) -> Question:
    return Question(
        key=field.name,
        label=field.label,
        type=KINDS[field.input],
        value=text,
        help=field.help,
        required=field.required,
        options=tuple(Option(value=v, label=label) for v, label in choices_of(field, table)),
        error=error,
    )


def choices_of(field: Field, table: Table) -> Choices:
    return field.choices(table) if callable(field.choices) else field.choices


def _shown(field: Field, part: Table) -> str:
    value = part.get(field.name)
    if field.input is Input.YES:
        said = field.default == "yes" if value is None else bool(value)
        return "yes" if said else "no"
    if value is None:
        return field.default
    if field.input is Input.OPTIONS and isinstance(value, list):
        return "\n".join(
            " | ".join(filter(None, (o.get("value"), o.get("label"), o.get("label_en"))))
            for o in value
        )
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
