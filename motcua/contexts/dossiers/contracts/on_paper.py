"""Hồ sơ giấy: what a desk holds on paper, and where it is wanted."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperItem:
    """id: of the paper; of the dossier's own form it is the code. name: as the procedure says."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDossier:
    """A dossier that came in on paper. Units by id: where it lies, who decides, who works on it."""

    code: str
    procedure_name: str
    received_at: datetime
    receiving_unit_id: UUID
    competent_unit_id: UUID
    handling_unit_id: UUID
    papers: tuple[PaperItem, ...]
