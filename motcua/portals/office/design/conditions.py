"""Điều kiện: a small builder of one comparison; what is more than one is kept as it is."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict

from motcua.portals.office.design.specs import Field
from motcua.ui.parts import Option
from motcua.ui.parts import QuestionView as Question

KEEP = "_giu"
OPERATORS = {
    "is": "là",
    "contains": "có chọn",
    "gt": "lớn hơn",
    "gte": "từ",
    "lt": "nhỏ hơn",
    "lte": "đến",
    "empty": "còn trống",
}


def was_asked(name: str, post: QueryDict) -> bool:
    """Whether the page offered to change it and somebody did."""
    return post.get(f"{name}_cau", KEEP) != KEEP


def typed(name: str, post: QueryDict) -> dict[str, object] | None:
    """The comparison as a table; None: always."""
    question, operator = post.get(f"{name}_cau", ""), post.get(f"{name}_so", "") or "is"
    text = post.get(f"{name}_tri", "").strip()
    if not question or operator not in OPERATORS:
        return None
    if operator == "empty":
        return {"question": question, "empty": text != "no"}
    if operator in {"gt", "gte", "lt", "lte"}:
        return {"question": question, operator: _number(text)}
    return {"question": question, operator: text}


def _number(text: str) -> object:
    plain = text.replace(",", ".")
    try:
        number = float(plain)
        return int(number) if number == int(number) else number
    except (ValueError, OverflowError):  # the latter: of what is called infinite
        return text


def questions(
    field: Field, condition: object, table: Mapping[str, Any], *, post: QueryDict | None
) -> Iterator[Question]:
    """Which question, how it is compared, with what."""
    simple = _simple(condition)
    asked = _asked(table)
    kept = (Option(value=KEEP, label=f"Giữ điều kiện: {said(condition, table)}"),)
    cau, so, tri = _as_typed(field.name, simple, condition, post)
    yield Question(
        key=f"{field.name}_cau",
        label=field.label,
        type="choice",
        value=cau,
        help="Để trống: luôn luôn.",
        required=False,
        options=(*(kept if condition and simple is None else ()), *asked),
    )
    yield Question(
        key=f"{field.name}_so",
        label="So thế nào",
        type="choice",
        value=so,
        required=False,
        options=tuple(Option(value=key, label=label) for key, label in OPERATORS.items()),
    )
    yield Question(
        key=f"{field.name}_tri",
        label="Với giá trị",
        value=tri,
        help="Có/không thì ghi yes hoặc no; chọn một thì ghi mã lựa chọn.",
        required=False,
    )


def _as_typed(
    name: str, simple: tuple[str, str, str] | None, condition: object, post: QueryDict | None
) -> tuple[str, str, str]:
    if post is not None:
        cau, so, tri = (post.get(f"{name}_{part}", "") for part in ("cau", "so", "tri"))
        return cau, so, tri
    if simple is not None:
        return simple
    return (KEEP if condition else "", "is", "")


def _simple(condition: object) -> tuple[str, str, str] | None:
    """A single comparison in three words; None for anything else."""
    if not isinstance(condition, Mapping) or "question" not in condition:
        return None
    operator = next((one for one in OPERATORS if one in condition), "")
    if not operator:
        return None
    value = condition[operator]
    text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return str(condition["question"]), operator, text


def said(condition: object, table: Mapping[str, Any]) -> str:
    """A condition in words."""
    if not isinstance(condition, Mapping):
        return "luôn luôn"
    for joint, word in (("all", " và "), ("any", " hoặc ")):
        if joint in condition:
            return word.join(said(part, table) for part in condition[joint])
    if "not" in condition:
        return f"không ({said(condition['not'], table)})"
    labels = {option.value: option.label for option in _asked(table)}
    question = str(condition.get("question", ""))
    rest = [(k, v) for k, v in condition.items() if k != "question"]
    operator, value = rest[0] if rest else ("is", "")
    if operator == "in" and isinstance(value, list | tuple):
        value = ", ".join(map(str, value))
        return f"«{labels.get(question, question)}» là một trong: {value}"
    compared = OPERATORS.get(operator, operator)
    return f"«{labels.get(question, question)}» {compared} {value}"


def _asked(table: Mapping[str, Any]) -> tuple[Option, ...]:
    return tuple(
        Option(value=question["key"], label=str(question.get("label", question["key"]))[:80])
        for page in table.get("form", {}).get("page", ())
        for question in page.get("question", ())
    )
