"""Nguồn của câu trả lời: declared, known from a register, scanned, or corrected by an officer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from motcua.kernel.forms.cleaning import CLEANERS, Refused
from motcua.kernel.forms.schema import FieldType, Form

OWN_ACCOUNT = "account."  # told by the applicant before: to tell it otherwise is no mismatch


class ProvenanceKind(StrEnum):
    DECLARED = "DECLARED"
    REGISTER = "REGISTER"
    SCANNED = "SCANNED"
    OFFICER = "OFFICER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a value comes from. `source`: register.field, file or post; `at`: aware.

    told: what the register of `source` says, where the person says otherwise.
    """

    kind: ProvenanceKind
    source: str = ""
    at: datetime
    told: object = None

    def differs_from(self, value: object) -> bool:
        """Whether a register says something else than this answer."""
        return self.told is not None and self.told != value


@dataclass(frozen=True, slots=True)
class Answer:
    """A cleaned value with its provenance."""

    value: object
    provenance: Provenance


Sheet = Mapping[str, Answer]
_PARTS = {"value", "kind", "source", "at"}


def values_of(sheet: Sheet) -> dict[str, object]:
    """Only the answers, as rules and packs read them; not what waits to be written anew."""
    return {key: answer.value for key, answer in sheet.items() if answer.value is not None}


def sheet_table(sheet: Sheet) -> dict[str, object]:
    """JSON table that `read_sheet` reads back to the same sheet."""
    return {
        key: {
            "value": answer.value,
            "kind": answer.provenance.kind.value,
            "source": answer.provenance.source,
            "at": answer.provenance.at.isoformat(),
            **({} if answer.provenance.told is None else {"told": answer.provenance.told}),
        }
        for key, answer in sheet.items()
    }


def read_sheet(table: Mapping[str, object]) -> dict[str, Answer]:
    """The sheet out of its JSON table. Raises: ValueError when it is not one."""
    sheet = {}
    for key, row in table.items():
        if not isinstance(row, Mapping) or set(row) - {"told"} != _PARTS:
            raise ValueError(f"answer {key!r} has no value, kind, source, at")
        provenance = Provenance(
            kind=ProvenanceKind(row["kind"]),
            source=str(row["source"]),
            at=datetime.fromisoformat(str(row["at"])),
            told=row.get("told"),
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
    """Each answer with its source: unchanged known values keep theirs, the rest are `kind`.

    What a register told and the person changed is kept beside the new answer.
    """
    said = Provenance(kind=kind, source=source, at=at)
    return {
        key: known[key]
        if key in known and known[key].value == value
        else Answer(value, _against(known.get(key), said))
        for key, value in cleaned.items()
    }


def disputed(keys: Iterable[str], *, known: Sheet, at: datetime) -> dict[str, Answer]:
    """Answers of registers that the person says are wrong and has not written anew."""
    said = Provenance(kind=ProvenanceKind.DECLARED, at=at)
    found = {key: Answer(None, _against(known.get(key), said)) for key in keys}
    return {key: answer for key, answer in found.items() if answer.provenance.told is not None}


def _against(before: Answer | None, said: Provenance) -> Provenance:
    if before is None or said.kind is ProvenanceKind.REGISTER:
        return said
    if before.provenance.source.startswith(OWN_ACCOUNT):
        return said
    origin = before.provenance
    told = before.value if origin.kind is ProvenanceKind.REGISTER else origin.told
    return replace(said, source=origin.source, told=told) if told is not None else said
