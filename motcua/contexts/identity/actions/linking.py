"""One person, one account, whatever way they come: an account of VNeID meets a person.

Level 2, with number, name and birth date that agree, is proof: the police has seen the card. Even
then who signs in is asked first whether the person the city knows is them. With anything less, or
a no, nobody is taken for a person the city knows; they get a row of their own, and the pair of
rows waits for an officer, who sees both sides and may take a merge back.
"""

from datetime import datetime
from uuid import UUID

from allauth.socialaccount.models import SocialAccount

from motcua.contexts.identity.actions.candidates import add_match
from motcua.contexts.identity.actions.people import find_or_add, known_person
from motcua.contexts.identity.contracts import (
    AccountKind,
    Doubt,
    LinkToConfirm,
    NewPerson,
    Source,
    VNeIDClaims,
)
from motcua.contexts.identity.contracts.matching import MatchReason
from motcua.contexts.identity.events import AccountDoubted, AccountLinked
from motcua.contexts.identity.models import Account, Person
from motcua.contexts.identity.queries import accounts
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import change, insert, joins_transaction, record, uuid7
from motcua.kernel.events import publish

PROVEN_LEVEL = 2


@joins_transaction
def link_account(
    claims: VNeIDClaims, *, is_same: bool | None, now: datetime, of_organisation: bool = False
) -> tuple[Account, bool, Doubt | None]:
    """An account for a subject never seen; whether its person was known; what stood against it.

    is_same: what they answered when asked whether a known person is them; None: not asked yet.
    of_organisation: the subject is an organisation's account, which its representative uses
    beside their own.
    Raises: LinkToConfirm.
    """
    told = NewPerson(
        full_name=claims.full_name,
        personal_number=claims.personal_number,
        born_on=claims.born_on,
        source=Source.VNEID if claims.level >= PROVEN_LEVEL else Source.VNEID_LEVEL_1,
    )
    known = known_person(told)
    doubt = None if known is None else _doubt(known, claims, is_same, of_organisation)
    person_id = find_or_add(told, actor=SYSTEM, now=now, apart=doubt is not None).id
    account = accounts.account_of_person(person_id) or _open_account(person_id, now=now)
    SocialAccount.objects.create(
        user_id=account.id,
        provider=accounts.VNEID,
        uid=claims.subject,
        extra_data={"organisation": True} if of_organisation else {},
    )
    is_linked = known is not None and doubt is None
    if known is not None and doubt is Doubt.DENIED:
        add_match(known.root_id, person_id, reasons=[MatchReason.DENIED], actor=SYSTEM, now=now)
    _tell(person_id, doubt, is_linked, now=now)
    return account, is_linked, doubt


def _doubt(
    known: Person, claims: VNeIDClaims, is_same: bool | None, of_organisation: bool
) -> Doubt | None:
    if claims.level < PROVEN_LEVEL:
        return Doubt.LEVEL
    if not of_organisation and accounts.has_own_subject(known.root_id):
        return Doubt.OTHER_SUBJECT
    if is_same is None:
        raise LinkToConfirm(person_id=known.root_id)
    return None if is_same else Doubt.DENIED


def _tell(person_id: UUID, doubt: Doubt | None, is_linked: bool, *, now: datetime) -> None:
    if doubt is not None:
        publish(AccountDoubted(occurred_at=now, subject=str(person_id), doubt=doubt))
    elif is_linked:
        publish(AccountLinked(occurred_at=now, subject=str(person_id)))
    record(
        action="identity.link_account",
        subject=str(person_id),
        actor=SYSTEM,
        facts={"known": is_linked, "doubt": str(doubt or "")},
    )


def _open_account(person_id: UUID, *, now: datetime) -> Account:
    """The user name is opaque: it shows in logs and must tell nothing."""
    account = Account(
        username=f"cd-{uuid7().hex}",
        kind=AccountKind.CITIZEN,
        person_id=person_id,
        created_at=now,
    )
    account.set_unusable_password()
    insert(account)
    return account


@joins_transaction
def note_proof(person: Person, level: int) -> None:
    """Who wrote about themselves at level 1 has reached level 2: now others may meet them."""
    if level >= PROVEN_LEVEL and person.source == Source.VNEID_LEVEL_1:
        person.source = Source.VNEID
        change(person, "source")
