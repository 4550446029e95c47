"""What neighbours may hold of organisations: enums, frozen views, claims, refusals."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from motcua.contexts.identity.contracts import VNeIDClaims
from motcua.kernel.errors import NotFound


class OrganisationKind(StrEnum):
    """What sort of body it is."""

    COMPANY = "COMPANY"  # doanh nghiệp
    COOPERATIVE = "COOPERATIVE"  # hợp tác xã
    HOUSEHOLD_BUSINESS = "HOUSEHOLD_BUSINESS"  # hộ kinh doanh
    ASSOCIATION = "ASSOCIATION"  # tổ chức khác


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrganisation:
    """What is told about an organisation that may or may not be known yet."""

    tax_code: str
    full_name: str
    kind: OrganisationKind
    source: str
    address_text: str = ""
    ward_code: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationClaims:
    """What VNeID said when an organisation account signed in: the body and who acts for it.

    `person` is the legal representative, who signs in with the account.
    """

    person: VNeIDClaims
    tax_code: str
    full_name: str
    kind: OrganisationKind = OrganisationKind.COMPANY
    address_text: str = ""
    ward_code: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationSignedIn:
    """The account of the representative, and the mandate under which it acts for the body."""

    account_id: UUID
    person_id: UUID
    organisation_id: UUID
    mandate_id: UUID
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCompany:
    """A company of the cast and the mandate of its legal representative."""

    organisation_id: UUID
    mandate_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRef:
    """The answer of an action that found or made an organisation."""

    id: UUID
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationView:
    """An organisation as others may hold it. representative: who stands for it in law that day."""

    id: UUID
    tax_code: str
    full_name: str
    kind: OrganisationKind
    address_text: str
    ward_code: str
    representative_id: UUID | None
    representative_name: str
    representative_since: date | None


class OrganisationNotFound(NotFound):
    sentence = "Không tìm thấy tổ chức này."
