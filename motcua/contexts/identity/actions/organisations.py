"""Register organisations, know who stands for them, and let their accounts in."""

from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.identity.actions.mandates import end_mandates, represent
from motcua.contexts.identity.actions.sign_in import account_for
from motcua.contexts.identity.contracts import Source
from motcua.contexts.identity.contracts.organisations import (
    NewOrganisation,
    OrganisationClaims,
    OrganisationKind,
    OrganisationRef,
    OrganisationSignedIn,
    SampleCompany,
)
from motcua.contexts.identity.events import PersonRegistered
from motcua.contexts.identity.models import LegalRepresentative, Organisation, Person
from motcua.contexts.identity.queries import organisations
from motcua.contexts.identity.rules import clean_mail, clean_phone
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.clock import city_date
from motcua.kernel.codes import PersonalNumber, TaxCode
from motcua.kernel.db import change, insert, joins_transaction, owns_transaction, record
from motcua.kernel.events import publish
from motcua.kernel.text import nfc


@owns_transaction
def register_organisation(told: NewOrganisation, *, actor: Actor, now: datetime) -> OrganisationRef:
    """Find the body with this tax code, or register it. What is known is not overwritten.

    Raises: MalformedCode (also when the check digit does not fit), ContactMalformed.
    """
    return find_or_add_organisation(told, actor=actor, now=now)


@joins_transaction
def find_or_add_organisation(
    told: NewOrganisation, *, actor: Actor, now: datetime
) -> OrganisationRef:
    """`register_organisation` within the action that called it."""
    tax_code = _clean_tax_code(told)
    found = organisations.by_tax_code(tax_code)
    organisation_id = found.person_id if found else _add(told, tax_code, now=now)
    record(
        action="identity.register_organisation",
        subject=str(organisation_id),
        actor=actor,
        facts={"source": told.source, "new": found is None},
    )
    return OrganisationRef(id=organisation_id, is_new=found is None)


def _clean_tax_code(told: NewOrganisation) -> str:
    """A household business bears its owner's personal number since 1 July 2025."""
    if told.kind is OrganisationKind.HOUSEHOLD_BUSINESS and PersonalNumber.parses(told.tax_code):
        return PersonalNumber(told.tax_code)
    return TaxCode(told.tax_code)


def _add(told: NewOrganisation, tax_code: str, *, now: datetime) -> UUID:
    address = {"text": told.address_text, "ward_code": told.ward_code}
    person = Person(
        full_name=nfc(told.full_name),
        email=clean_mail(told.email),
        phone=clean_phone(told.phone),
        address=address if any(address.values()) else None,
        source=told.source,
        created_at=now,
        updated_at=now,
    )
    organisation = Organisation(
        person=person,
        kind=told.kind,
        tax_code=tax_code,
        created_at=now,
    )
    insert(person)
    insert(organisation)
    publish(PersonRegistered(occurred_at=now, subject=str(person.id), source=told.source))
    return person.id


@owns_transaction
def sign_in_organisation(
    claims: OrganisationClaims, *, is_same: bool | None = None, now: datetime
) -> OrganisationSignedIn:
    """The account of whom VNeID vouched for, and the mandate under which it acts for the body.

    Who signs in with the organisation's account is its legal representative; a former one stands
    for it no more from today. is_same: see `link_account`.
    Raises: AccountClosed, MalformedCode, LinkToConfirm.
    """
    account, is_new = account_for(claims.person, is_same=is_same, now=now)
    told = NewOrganisation(
        tax_code=claims.tax_code,
        full_name=claims.full_name,
        kind=claims.kind,
        source=Source.VNEID,
        address_text=claims.address_text,
        ward_code=claims.ward_code,
    )
    organisation_id = find_or_add_organisation(told, actor=SYSTEM, now=now).id
    person = account.person
    assert person is not None
    note_representative(
        organisation_id, person.root_id, title=claims.title, source=Source.VNEID, now=now
    )
    mandate_id = represent(organisation_id, person.root_id, now=now)
    record(
        action="identity.sign_in_organisation",
        subject=str(organisation_id),
        actor=SYSTEM,
        facts={"account": str(account.id), "mandate": str(mandate_id)},
    )
    return OrganisationSignedIn(
        account_id=account.id,
        person_id=person.root_id,
        organisation_id=organisation_id,
        mandate_id=mandate_id,
        is_new=is_new,
    )


@owns_transaction
def open_sample_company(
    told: NewOrganisation, representative_id: UUID, *, now: datetime
) -> SampleCompany:
    """A company of the invented cast, as if its account had signed in; safe to repeat."""
    organisation_id = find_or_add_organisation(told, actor=SYSTEM, now=now).id
    note_representative(
        organisation_id, representative_id, title="Giám đốc", source=told.source, now=now
    )
    mandate_id = represent(organisation_id, representative_id, now=now)
    return SampleCompany(organisation_id=organisation_id, mandate_id=mandate_id)


@joins_transaction
def note_representative(
    organisation_id: UUID, person_id: UUID, *, title: str, source: str, now: datetime
) -> None:
    """Who stands for the body from today; the one before until yesterday."""
    today = city_date(now)
    standing = organisations.standing_representative(organisation_id)
    if standing is not None and standing.person_id == person_id:
        return
    if standing is not None:
        standing.valid_to = max(standing.valid_from, today - timedelta(days=1))
        change(standing, "valid_to", expecting={"valid_to": None})
        end_mandates(organisation_id, standing.person_id, now=now)
    insert(
        LegalRepresentative(
            organisation_id=organisation_id,
            person_id=person_id,
            title=title[:80],
            valid_from=today,
            source=source,
            recorded_at=now,
        )
    )
