"""Điều đã biết: what the population register says of a person, and we of a body, for forms."""

from collections.abc import Mapping

from motcua.contexts.identity.contracts import Contact
from motcua.contexts.identity.contracts.organisations import OrganisationView

ORGANISATION = "organisation"


def population_fields(facts: Mapping[str, str]) -> dict[str, object]:
    """The register's fields by the names that forms use, the address cut as our question asks it.

    The register gives an address as one line, «12 Nguyễn Huệ, Phường Sài Gòn, Thành phố …», and
    the code of the commune. What stands before the commune is house and street.
    """
    known: dict[str, object] = dict(facts)
    line, ward = facts.get("permanent_address", ""), facts.get("ward_code", "")
    if line and ward:
        known["current_address"] = {"ward": ward, "street": street_of(line)}
    return known


def street_of(line: str) -> str:
    """The parts before commune and city; all of it when nothing stands before them."""
    parts = [part.strip() for part in line.split(",") if part.strip()]
    return ", ".join(parts[:-2]) or line.strip()


def own_contact(contact: Contact) -> dict[str, object]:
    """How to reach the applicant, as they told the city before: nobody tells it twice."""
    return {"phone": contact.phone, "email": contact.email}


# What a form asks of a person, answered by a body: who stands for it, and where it is. Numbers
# and birth dates of a representative are nobody's business who merely works for the body.
OF_A_BODY = {
    "population.full_name": "organisation.representative",
    "population.current_address": "organisation.current_address",
}


def organisation_fields(body: OrganisationView) -> dict[str, object]:
    """A body's own values by the names that forms use."""
    known: dict[str, object] = {
        "full_name": body.full_name,
        "tax_code": body.tax_code,
        "representative": body.representative_name,
    }
    if body.address_text and body.ward_code:
        known["current_address"] = {"ward": body.ward_code, "street": body.address_text}
    return known
