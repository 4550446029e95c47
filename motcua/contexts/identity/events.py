"""Facts of identity. `subject` is the person's id; no personal data inside."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRegistered(Event):
    """Somebody the city did not know."""

    name: ClassVar[str] = "identity.person_registered"
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChanged(Event):
    """A person changed mail address or phone."""

    name: ClassVar[str] = "identity.contact_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDiffers(Event):
    """VNeID says other than we hold; nothing was overwritten. `fields`: which, comma-separated."""

    name: ClassVar[str] = "identity.person_differs"
    fields: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLinked(Event):
    """Somebody whom the city knew already has signed in by VNeID for the first time."""

    name: ClassVar[str] = "identity.account_linked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDoubted(Event):
    """Somebody from VNeID seems to be a known person; kept apart until an officer decides."""

    name: ClassVar[str] = "identity.account_doubted"
    doubt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceAdded(Event):
    """Somebody signed in from a browser this account had not used. `subject`: the account."""

    name: ClassVar[str] = "identity.device_added"
    device: str
    person_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorsChanged(Event):
    """An officer's factors are other than before. `subject`: the account; `how`: which change."""

    name: ClassVar[str] = "identity.factors_changed"
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRecorded(Event):
    """Somebody may act for somebody else. `subject` is the mandate's id."""

    name: ClassVar[str] = "identity.mandate_recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRevoked(Event):
    """A mandate was taken back. `subject` is the mandate's id."""

    name: ClassVar[str] = "identity.mandate_revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateUsed(Event):
    """Something was done in the principal's name. `about`: the code of the dossier or bill."""

    name: ClassVar[str] = "identity.mandate_used"
    act: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAsked(Event):
    """An officer cannot tell whether two rows are one person; this one may show it."""

    name: ClassVar[str] = "identity.evidence_asked"
    candidate_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSignInEnded(Event):
    """A sign-in at an application ended, and not by its own wish. `subject` is the grant's id."""

    name: ClassVar[str] = "identity.application_sign_in_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceLapseWarned(Event):
    """Access to a sensitive class ends soon; the officer and the head are to hear it.

    `subject` is the officer's id. data_classes: comma-separated. lapses_on: the first day without
    access, as an ISO date.
    """

    name: ClassVar[str] = "identity.clearance_lapse_warned"
    officer_id: UUID
    data_classes: str
    lapses_on: str
    days_before: int
