"""Reads of identity. Names and numbers are unsealed here and nowhere else."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from allauth.socialaccount.models import SocialAccount

from motcua.contexts.identity.contracts import Contact, PersonNotFound, PersonView, SignInOutcome
from motcua.contexts.identity.models import Account, ApiToken, Person, SignInAttempt
from motcua.contexts.identity.rules import WINDOW
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.crypto import blind_index

VNEID = "vneid"


def number_index(personal_number: str) -> bytes:
    return blind_index(PersonalNumber.clean(personal_number), scope="identity.personal_number")


def name_index(username: str) -> bytes:
    return blind_index(username.strip().lower(), scope="identity.sign_in.name")


def origin_index(origin: str) -> bytes:
    return blind_index(origin, scope="identity.sign_in.origin")


def masked(personal_number: str | None) -> str:
    if not personal_number:
        return ""
    return PersonalNumber(personal_number).masked


def names_of(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """One query for any number of people; unknown ids are left out."""
    rows = Person.objects.filter(id__in=set(person_ids)).only("id", "full_name")
    return {row.id: row.full_name for row in rows}


def person_row(person_id: UUID) -> Person:
    """Raises: PersonNotFound."""
    found = Person.objects.filter(id=person_id).first()
    if found is None:
        raise PersonNotFound
    return found


def view_of(row: Person) -> PersonView:
    address = row.address or {}
    return PersonView(
        id=row.id,
        full_name=row.full_name,
        personal_number_masked=masked(row.personal_number),
        born_on=row.born_on,
        sex=row.sex or "",
        email=row.email or "",
        phone=row.phone or "",
        address_text=address.get("text", ""),
        ward_code=address.get("ward_code", ""),
    )


def contact_of(person_id: UUID) -> Contact:
    """Raises: PersonNotFound."""
    row = person_row(person_id)
    return Contact(email=row.email or "", phone=row.phone or "")


def people_with_number(personal_number: str) -> list[Person]:
    """Everybody who bears or bore the number; more than one when a number was wrong."""
    found = Person.objects.filter(personal_number_index=number_index(personal_number))
    return list(found.order_by("created_at", "id"))


def account_of_subject(subject: str) -> Account | None:
    """The account linked to VNeID's pairwise subject."""
    linked = SocialAccount.objects.filter(provider=VNEID, uid=subject).values("user_id")
    return Account.objects.filter(id__in=linked).select_related("person").first()


def account_of_person(person_id: UUID) -> Account | None:
    return Account.objects.filter(person_id=person_id, kind="CITIZEN").order_by("id").first()


def officer_account(username: str) -> Account | None:
    return Account.objects.filter(username=username.strip().lower(), kind="OFFICER").first()


def failures_since(now: datetime, *, username: str, origin: str) -> tuple[int, int]:
    """Wrong tries in the window: of this name, and from this origin."""
    wrong = SignInAttempt.objects.filter(outcome=SignInOutcome.WRONG, at__gt=now - WINDOW)
    return (
        wrong.filter(name_index=name_index(username)).count(),
        wrong.filter(origin_index=origin_index(origin)).count(),
    )


def token_digest(text: str) -> bytes:
    """Tokens are 256 random bits: a plain hash cannot be guessed back."""
    return sha256(text.encode()).digest()


def live_token(text: str, *, now: datetime) -> ApiToken | None:
    """The token if it is known, not revoked, not expired, and its account is open."""
    return (
        ApiToken.objects.filter(
            digest=token_digest(text),
            revoked_at__isnull=True,
            expires_at__gt=now,
            account__is_active=True,
        )
        .select_related("account")
        .first()
    )
