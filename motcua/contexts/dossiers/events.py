"""What happened to a dossier. Codes and ids only, no personal data."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSubmitted(Event):
    name: ClassVar[str] = "dossiers.submitted"
    procedure_code: str
    applicant_person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierMoved(Event):
    """Any change of step or status; `action` tells which."""

    name: ClassVar[str] = "dossiers.moved"
    action: str
    kind: str
    status: int
    step: str
    applicant_person_id: UUID
    issued_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRated(Event):
    name: ClassVar[str] = "dossiers.rated"
    stars: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkArrived(Event):
    """A table of many applications waits to be checked."""

    name: ClassVar[str] = "dossiers.bulk_arrived"


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAsked(Event):
    """Its good lines are to become drafts."""

    name: ClassVar[str] = "dossiers.bulk_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkChecked(Event):
    """Every line of a table was looked at."""

    name: ClassVar[str] = "dossiers.bulk_checked"
    applicant_person_id: UUID
    sandbox: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkSent(Event):
    """Its drafts were sent, those that could be."""

    name: ClassVar[str] = "dossiers.bulk_sent"
    applicant_person_id: UUID
    sandbox: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxMoved(Event):
    """A dossier of the sandbox changed its status; no desk ever saw it."""

    name: ClassVar[str] = "dossiers.sandbox_moved"
    status: int
    applicant_person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkSendingAsked(Event):
    """Its drafts are to be sent, or tried, all at once."""

    name: ClassVar[str] = "dossiers.bulk_sending_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementProposed(Event):
    """An officer asks their head to let a further request go."""

    name: ClassVar[str] = "dossiers.supplement_proposed"
    proposal_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementProposalAnswered(Event):
    """The head let it go, or did not."""

    name: ClassVar[str] = "dossiers.supplement_proposal_answered"
    proposal_id: UUID
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JointAsked(Event):
    """One action on several dossiers waits for a job."""

    name: ClassVar[str] = "dossiers.joint_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationAsked(Event):
    """Running dossiers are to be tried, moved or given back."""

    name: ClassVar[str] = "dossiers.migration_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldVisitProgressed(Event):
    """A visit to the place was planned, moved, cancelled, closed; or it does not suit."""

    name: ClassVar[str] = "dossiers.field_visit_progressed"
    visit_id: UUID
    progress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistanceDenied(Event):
    """The applicant says that they did not file what an officer filed for them."""

    name: ClassVar[str] = "dossiers.assistance_denied"
    assistance_id: UUID
