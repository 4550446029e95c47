"""Câu trả lời cho người đọc: cleaned answers as people and papers show them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from motcua.kernel.forms import FieldType, Form, Question
from motcua.kernel.money import Money

WardName = Callable[[str], str]


def shown_answer(question: Question, value: object, ward_name: WardName) -> Any:
    """One answer in words; a group becomes a list of {label: words}."""
    if value is None or value == "":
        return ""
    match question.type:
        case FieldType.GROUP if isinstance(value, list):
            return [
                {
                    f.label: shown_answer(f, item.get(f.key), ward_name)
                    for f in question.fields
                    if item.get(f.key) not in (None, "")
                }
                for item in value
            ]
        case FieldType.DATE:
            return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
        case FieldType.MONEY:
            return Money(int(str(value))).vnd()
        case FieldType.YES_NO:
            return "Có" if value else "Không"
        case FieldType.DECLARATION:
            return "Đã cam đoan"
        case FieldType.ADDRESS if isinstance(value, Mapping):
            ward = ward_name(str(value.get("ward", "")))
            return ", ".join(part for part in (str(value.get("street", "")), ward) if part)
        case FieldType.CHOICE | FieldType.MULTI_CHOICE:
            chosen = value if isinstance(value, list) else [value]
            labels = {o.value: o.label for o in question.options}
            return ", ".join(labels.get(str(c)) or ward_name(str(c)) or str(c) for c in chosen)
        case FieldType.NUMBER:
            text = f"{value:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
            return f"{text} {question.unit}".strip()
    return str(value)


def shown(form: Form, answers: Mapping[str, object], ward_name: WardName) -> dict[str, Any]:
    """Every answered question in words, by key."""
    return {
        q.key: shown_answer(q, answers[q.key], ward_name)
        for q in form.questions()
        if q.key in answers
    }
