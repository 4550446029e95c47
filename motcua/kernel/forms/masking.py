"""Che câu trả lời: what identifies or reaches a person, for readers who do not work on the matter.

Who watches or is asked for an opinion needs to know what it is about, not whom to call at home.
Only answers of a personal class are masked; the length says nothing that the type does not.
"""

from collections.abc import Callable, Mapping

from motcua.kernel.codes import PersonalNumber
from motcua.kernel.forms.schema import FieldType, Form, Question

DOTS = "•" * 6


def _end(value: object) -> str:
    return f"{DOTS}{str(value)[-3:]}"


def _mail(value: object) -> str:
    return f"{DOTS}@{str(value).rpartition('@')[2]}"


def _address(value: object) -> object:
    return {**value, "street": DOTS} if isinstance(value, Mapping) else DOTS


def _signature(value: object) -> object:
    return {**value, "file": ""} if isinstance(value, Mapping) else DOTS


MASKS: dict[FieldType, Callable[[object], object]] = {
    FieldType.PERSONAL_NUMBER: lambda value: PersonalNumber(str(value)).masked,
    FieldType.PHONE: _end,
    FieldType.EMAIL: _mail,
    FieldType.ADDRESS: _address,
    FieldType.MAP_POINT: lambda _value: DOTS,
    FieldType.SIGNATURE: _signature,
}


def masked(form: Form, answers: Mapping[str, object]) -> dict[str, object]:
    """The answers as such a reader may have them. Answers must be cleaned ones."""
    found = dict(answers)
    for question in form.questions():
        if question.key in found:
            found[question.key] = _masked(question, found[question.key])
    return found


def _masked(question: Question, value: object) -> object:
    if value in (None, ""):
        return value
    if question.type is FieldType.GROUP and isinstance(value, list):
        return [_item(question, item) for item in value]
    mask = MASKS.get(question.type)
    return mask(value) if mask and question.data_class.is_personal else value


def _item(group: Question, item: Mapping[str, object]) -> dict[str, object]:
    fields = {field.key: field for field in group.fields}
    return {key: _masked(fields[key], v) if key in fields else v for key, v in item.items()}
