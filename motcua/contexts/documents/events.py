"""Facts other contexts may follow."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FileUploaded(Event):
    """A file that somebody sent waits for the scanner. subject: the file."""

    name: ClassVar[str] = "documents.file_uploaded"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRefused(Event):
    """A scanner found malware, or could not look. subject: the file.

    person_id: whose paper it is, if anybody's; account_id: who sent it.
    """

    name: ClassVar[str] = "documents.file_refused"

    verdict: str
    person_id: UUID | None
    account_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuesProposed(Event):
    """A machine read a paper and proposed values. subject: the reading."""

    name: ClassVar[str] = "documents.values_proposed"

    proposed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDecided(Event):
    """An officer confirmed, corrected or dismissed one proposed value. subject: the reading."""

    name: ClassVar[str] = "documents.proposal_decided"

    key: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDigitised(Event):
    """What an officer confirmed on a paper is kept for its owner. subject: the evidence.

    about: the dossier or draft it was read for.
    """

    name: ClassVar[str] = "documents.paper_digitised"

    kind: str
    about: str
    owner_person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOpened(Event):
    """A link to a paper was opened for the first time. subject: as when the paper was issued."""

    name: ClassVar[str] = "documents.share_opened"

    issued_id: UUID
    title: str  # of the paper, never a person's name
    owner_person_id: UUID


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
