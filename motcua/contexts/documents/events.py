"""Facts other contexts may follow."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentIssued(Event):
    """A paper was signed and can be verified. subject: the dossier code or other case code."""

    name: ClassVar[str] = "documents.issued"

    issued_id: str
    kind: str
    owner_person_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRevoked(Event):
    """A paper is no longer good. subject: as when it was issued."""

    name: ClassVar[str] = "documents.revoked"

    issued_id: str
    kind: str
    owner_person_id: str | None = None
