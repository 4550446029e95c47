"""Canaries: a word of its own in every personal field, so that whoever meets it knows whence."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from motcua.kernel import privacy
from motcua.kernel.fields import Sealed

WORD = "Zuvo"  # no word of Vietnamese or of the code has it
KEPT = {"kind", "source", "at", "component_key", "law", "ward", "ward_code"}


@dataclass(frozen=True, slots=True)
class Origin:
    """The field of one person's row. subject: as the read log names the person."""

    subject: UUID | None
    label: str


@dataclass
class Planted:
    """What was planted where; numbers beside words, as fields hold them."""

    origins: dict[str, Origin] = field(default_factory=dict)

    def word(self, origin: Origin) -> str:
        new = f"{WORD}{len(self.origins):05}"
        self.origins[new] = origin
        return new

    def number(self, origin: Origin, start: str, length: int) -> str:
        rest = length - len(start)
        new = f"{start}{len(self.origins):0{rest}}"
        self.origins[new] = origin
        return new

    def found_in(self, text: str) -> dict[str, Origin]:
        return {value: origin for value, origin in self.origins.items() if value in text}


def plant() -> Planted:
    """Put a canary in every personal field of every row there is."""
    planted = Planted()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # also where rows only grow
    for model in privacy.declarations():
        fields = [name for name in privacy.of(model).classes if _is_planted(model, name)]
        for row in model._default_manager.order_by("pk") if fields else ():
            _plant_in(row, fields, planted)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")
    return planted


def _is_planted(model: type[Model], name: str) -> bool:
    found = privacy.class_of(model, name)
    return (
        found is not None and found.is_personal and isinstance(model._meta.get_field(name), Sealed)
    )


def _plant_in(row: Model, fields: list[str], planted: Planted) -> None:
    subject = subject_of(row)
    for name in fields:
        value = getattr(row, name)
        if value is not None:
            origin = Origin(subject, f"{type(row).__name__}.{name}")
            setattr(row, name, _canary(value, name, origin, planted))
    row.save(update_fields=fields)


def subject_of(row: Model) -> UUID | None:
    path = privacy.of(type(row)).subject
    if callable(path):
        return path([row.pk]).get(row.pk)
    if not path:
        return None
    return type(row)._default_manager.filter(pk=row.pk).values_list(path, flat=True).first()


def _canary(value: Any, name: str, origin: Origin, planted: Planted) -> Any:
    if isinstance(value, dict):
        return {
            key: inner if key in KEPT else _canary(inner, key, origin, planted)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_canary(inner, name, origin, planted) for inner in value]
    if not isinstance(value, str):
        return value
    if value.isascii() and value.isdigit():
        return _number(value, origin, planted)
    return planted.word(origin) if _is_free(value, name) else value


def _number(value: str, origin: Origin, planted: Planted) -> str:
    if len(value) == 12:
        return planted.number(origin, "079190998", 12)
    return planted.number(origin, "0900", 10) if len(value) == 10 else value


def _is_free(value: str, name: str) -> bool:
    """Text that somebody typed; not a code, a date or a choice."""
    return " " in value or name in {"full_name", "filename", "note", "memo", "text", "reason"}
