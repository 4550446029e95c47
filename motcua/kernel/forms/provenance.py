"""Nguồn của câu trả lời: declared, known from a register, scanned, or corrected by an officer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.kernel.forms.cleaning import CLEANERS, Refused
from motcua.kernel.forms.schema import FieldType, Form


class ProvenanceKind(StrEnum):
    DECLARED = "DECLARED"
    REGISTER = "REGISTER"
    SCANNED = "SCANNED"
    OFFICER = "OFFICER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a value comes from. `source`: register.field, file or post; `at`: aware."""

    kind: ProvenanceKind
    source: str = ""
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """A cleaned value with its provenance."""

    value: object
    provenance: Provenance


Sheet = Mapping[str, Answer]


def values_of(sheet: Sheet) -> dict[str, object]:
    """Only the answers, as rules and packs read them."""
    return {key: answer.value for key, answer in sheet.items()}


def sheet_table(sheet: Sheet) -> dict[str, object]:
    """JSON table that `read_sheet` reads back to the same sheet."""
    return {
        key: {
            "value": answer.value,
            "kind": answer.provenance.kind.value,
            "source": answer.provenance.source,
            "at": answer.provenance.at.isoformat(),
        }
        for key, answer in sheet.items()
    }


def read_sheet(table: Mapping[str, object]) -> dict[str, Answer]:
    """The sheet out of its JSON table. Raises: ValueError when it is not one."""
    sheet = {}
    for key, row in table.items():
        if not isinstance(row, Mapping) or set(row) != {"value", "kind", "source", "at"}:
            raise ValueError(f"answer {key!r} has no value, kind, source, at")
        provenance = Provenance(
            kind=ProvenanceKind(row["kind"]),
            source=str(row["source"]),
            at=datetime.fromisoformat(str(row["at"])),
        )
        sheet[key] = Answer(row["value"], provenance)
    return sheet


def prefilled(
    form: Form,
    registers: Mapping[str, Mapping[str, object]],
    *,
    at: datetime,
    instead: Mapping[str, str] | None = None,
) -> dict[str, Answer]:
    """What connected registers already know, for every question with a prefill source.

    registers: register name to its fields, e.g. {"population": {"full_name": "…"}}. A register
    value that does not fit its question is not used: the person is asked instead. instead: for a
    source that a form names, another one to ask, where the applicant is no human being.
    """
    sheet = {}
    for question in form.questions():
        source = (instead or {}).get(question.prefill, question.prefill)
        register, _dot, field = source.partition(".")
        value = registers.get(register, {}).get(field)
        if value is None or value == "" or question.type is FieldType.GROUP:
            continue
        try:
            cleaned = CLEANERS[question.type](question, value)
        except Refused:
            continue
        provenance = Provenance(kind=ProvenanceKind.REGISTER, source=source, at=at)
        sheet[question.key] = Answer(cleaned, provenance)
    return sheet


def attributed(
    cleaned: Mapping[str, object],
    *,
    known: Sheet,
    at: datetime,
    kind: ProvenanceKind = ProvenanceKind.DECLARED,
    source: str = "",
) -> dict[str, Answer]:
    """Each answer with its source: unchanged known values keep theirs, the rest are `kind`."""
    said = Provenance(kind=kind, source=source, at=at)
    return {
        key: known[key] if key in known and known[key].value == value else Answer(value, said)
        for key, value in cleaned.items()
    }
