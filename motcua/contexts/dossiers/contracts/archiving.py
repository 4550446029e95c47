"""Hồ sơ cho kho lưu trữ: a closed dossier whole, as it goes into a package."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.kernel.privacy import DataClass


class RecordPart(StrEnum):
    """Where a file of a dossier belongs; the folder of a package that it lies in."""

    PAPER = "papers"
    RESULT = "results"
    LETTER = "letters"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFile:
    """A file of the record. key: what the content names it by; media: of its bytes."""

    key: str
    part: RecordPart
    file_id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    data_class: DataClass


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRecord:
    """content: plain JSON values, described in the layout of the archive; names files by key."""

    code: str
    case_id: UUID
    procedure_code: str
    procedure_name: str
    unit_code: str
    unit_name: str
    applicant_name: str
    applicant_number: str
    ended_at: datetime
    content: Mapping[str, object]
    files: tuple[RecordFile, ...]
    data_class: DataClass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDossier:
    """A dossier that has ended, by what its period of keeping follows from. No name, no answer."""

    case_id: UUID
    code: str
    version_id: UUID
    procedure_code: str
    procedure_name: str
    unit_id: UUID
    ended_at: datetime
    issued_at: datetime | None
