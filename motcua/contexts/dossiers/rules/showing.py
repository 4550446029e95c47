"""Câu trả lời cho người đọc: cleaned answers as people and papers show them."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from motcua.kernel.forms import FieldType, Form, Question
from motcua.kernel.money import Money

WardName = Callable[[str], str]


def no_former(_code: str) -> str:
    """Papers bear the names of today alone."""
    return ""


def shown_answer(
    question: Question, value: object, ward_name: WardName, old_ward_name: WardName = no_former
) -> Any:
    """One answer in words; a group becomes a list of {label: words}.

    old_ward_name: of the commune by which the person knows the place, "" to leave it out.
    """
    if value is None or value == "":
        return ""
    match question.type:
        case FieldType.GROUP if isinstance(value, list):
            return [
                {
                    f.label: shown_answer(f, item.get(f.key), ward_name, old_ward_name)
                    for f in question.fields
                    if item.get(f.key) not in (None, "")
                }
                for item in value
            ]
        case FieldType.ADDRESS | FieldType.MAP_POINT | FieldType.SIGNATURE:
            return _of_parts(value, ward_name, old_ward_name)
        case FieldType.CHOICE | FieldType.MULTI_CHOICE:
            chosen = value if isinstance(value, list) else [value]
            labels = {o.value: o.label for o in question.options}
            return ", ".join(labels.get(str(c)) or ward_name(str(c)) or str(c) for c in chosen)
        case FieldType.NUMBER:
            text = f"{value:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
            return f"{text} {question.unit}".strip()
    return _PLAIN.get(question.type, str)(value)


def _phone(value: object) -> str:
    """0900 000 123; anything but ten digits as it stands, a masked number too."""
    said = str(value)
    return f"{said[:4]} {said[4:7]} {said[7:]}" if re.fullmatch(r"\d{10}", said) else said


_PLAIN: Mapping[FieldType, Callable[[object], str]] = {
    FieldType.DATE: lambda value: f"{date.fromisoformat(str(value)):%d/%m/%Y}",
    FieldType.MONEY: lambda value: Money(int(str(value))).vnd(),
    FieldType.YES_NO: lambda value: "Có" if value else "Không",
    FieldType.DECLARATION: lambda _value: "Đã cam đoan",
    FieldType.PHONE: _phone,
}


def _of_parts(value: object, ward_name: WardName, old_ward_name: WardName) -> str:
    """An address, a point or a signature, by the parts it has; masked ones are text already."""
    match value:
        case {"lat": lat, "lng": lng}:
            return f"{lat:.5f}, {lng:.5f}"
        case {"name": name, "file": file}:
            return f"{name} (có chữ ký vẽ)" if file else str(name)
        case Mapping():
            return _address(value, ward_name, old_ward_name)
        case _:
            return str(value)


def _address(value: Mapping[str, object], ward_name: WardName, old_ward_name: WardName) -> str:
    ward = ward_name(str(value.get("ward", "")))
    line = ", ".join(part for part in (str(value.get("street", "")), ward) if part)
    old = old_ward_name(str(value.get("old_ward") or ""))
    return f"{line} (trước 1/7/2025: {old})" if old else line


def shown(form: Form, answers: Mapping[str, object], ward_name: WardName) -> dict[str, Any]:
    """Every answered question in words, by key."""
    return {
        q.key: shown_answer(q, answers[q.key], ward_name)
        for q in form.questions()
        if q.key in answers
    }
