"""Who somebody is when they act: the actor behind an account or a token."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.contexts.identity.contracts import AccountKind
from motcua.contexts.identity.models import Account
from motcua.contexts.identity.queries.clearance import cleared_for
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import ANONYMOUS, Actor, ActorKind
from motcua.kernel.clock import city_date


def actor_of_account(account_id: UUID, *, assurance: int, now: datetime) -> Actor:
    """One query; a closed or unknown account is nobody."""
    account = Account.objects.filter(id=account_id, is_active=True).select_related("person").first()
    return actor_of(account, assurance=assurance, now=now) if account else ANONYMOUS


def officer_named(username: str, *, now: datetime) -> Actor:
    """Whom an operator at the console names; nobody when no such account is open."""
    rows = Account.objects.filter(username=username.strip().lower(), kind=AccountKind.OFFICER)
    account = rows.filter(is_active=True).select_related("person").first()
    return actor_of(account, assurance=0, now=now) if account else ANONYMOUS


def actor_of(
    account: Account, *, assurance: int, now: datetime, proven_at: datetime | None = None
) -> Actor:
    """Posts come with the day: own ones, and those of absent holders one stands in for."""
    if account.kind == AccountKind.OFFICER and account.officer_id:
        known = organisations.officers_by_id([account.officer_id])
        officer = known.get(account.officer_id)
        return Actor(
            kind=ActorKind.OFFICER,
            name=officer.full_name if officer else account.username,
            account_id=account.id,
            person_id=account.person_id,
            officer_id=account.officer_id,
            posts=organisations.posts_of(account.officer_id, city_date(now)),
            assurance=assurance,
            cleared_for=cleared_for(account.officer_id, city_date(now)),
            proven_at=proven_at,
        )
    person = account.person
    if person is not None and person.merged_into is not None:
        person = person.merged_into
    return Actor(
        kind=ActorKind.CITIZEN,
        name=person.full_name if person else "",
        account_id=account.id,
        person_id=person.id if person else None,
        assurance=assurance,
        also=frozenset(UUID(one) for one in person.also) if person else frozenset(),
        proven_at=proven_at,
    )


def officer_names(account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of the officers behind accounts; accounts of citizens are left out."""
    rows = Account.objects.filter(id__in=set(account_ids), kind=AccountKind.OFFICER)
    officers = dict(rows.values_list("id", "officer_id"))
    known = organisations.officers_by_id([o for o in officers.values() if o])
    return {
        account: known[officer].full_name
        for account, officer in officers.items()
        if officer in known
    }
