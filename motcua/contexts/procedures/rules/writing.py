"""Ghi định nghĩa: a Definition as the JSON table that `parse_definition` reads back, and digest."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import IntEnum, StrEnum

from motcua.contexts.procedures.contracts import Definition, TextsView
from motcua.kernel.forms import Condition, condition_table, form_table
from motcua.kernel.forms.conditions import All, AnyOf, Not, Test

_PLURALS = {"components": "component", "durations": "duration", "fees": "fee"}


def definition_table(definition: Definition) -> dict[str, object]:
    """Plain JSON values; empty ones are left out."""
    table: dict[str, object] = {}
    for member in fields(definition):
        value = getattr(definition, member.name)
        if member.name == "form":
            value = form_table(definition.form) if definition.form.pages else None
        elif member.name == "texts":
            value = {
                name: _words(words)
                for name, words in (("vi", definition.texts.vi), ("en", definition.texts.en))
                if words != TextsView()
            }
        if not _is_empty(value):
            table[_PLURALS.get(member.name, member.name)] = _plain(value)
    return table


def digest_of(definition: Definition) -> str:
    """The same for the same content, whatever the order of keys in the source."""
    text = json.dumps(definition_table(definition), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _words(words: TextsView) -> dict[str, object]:
    table = {m.name: getattr(words, m.name) for m in fields(words)}
    table["eligibility"] = [
        {"pass": e.passes, "question": e.question, "otherwise": e.otherwise, "instead": e.instead}
        for e in words.eligibility
    ]
    return {name: value for name, value in table.items() if not _is_empty(value)}


def _is_empty(value: object) -> bool:
    return value is None or value in ("", (), [], {}) or value is False


def _plain(value: object) -> object:
    match value:
        case All() | AnyOf() | Not() | Test():
            return _condition(value)
        case StrEnum():
            return value.value
        case IntEnum() | bool() | float():
            return value
        case int():
            return int(value)
        case str():
            return str(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(k): _plain(v) for k, v in value.items()}
        case tuple() | list():
            return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        rows = ((m.name, getattr(value, m.name), m.default) for m in fields(value))
        return {name: _plain(v) for name, v, default in rows if v != default}
    return value


def _condition(condition: Condition) -> dict[str, object]:
    return condition_table(condition)
