"""Reads of accounts, tries to sign in, and tokens."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.db.models import Count, Max

from motcua.contexts.identity.contracts import (
    AccountKind,
    AccountNotFound,
    OfficerAccount,
    SignInOutcome,
    TokenView,
)
from motcua.contexts.identity.models import Account, ApiToken, Factor, Session, SignInAttempt
from motcua.contexts.identity.queries.policies import AccountPolicy, ApiTokenPolicy
from motcua.contexts.identity.rules import WINDOW
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.crypto import blind_index

VNEID = "vneid"
NO_SESSION = (0, None)


def name_index(username: str) -> bytes:
    return blind_index(username.strip().lower(), scope="identity.sign_in.name")


def origin_index(origin: str) -> bytes:
    return blind_index(origin, scope="identity.sign_in.origin")


def account_of_subject(subject: str) -> Account | None:
    """The account linked to VNeID's pairwise subject."""
    linked = SocialAccount.objects.filter(provider=VNEID, uid=subject).values("user_id")
    return Account.objects.filter(id__in=linked).select_related("person").first()


def has_own_subject(person_id: UUID) -> bool:
    """Whether the person has come by a VNeID account of their own, not an organisation's."""
    own = Account.objects.filter(person_id=person_id, kind=AccountKind.CITIZEN)
    links = SocialAccount.objects.filter(provider=VNEID, user_id__in=own.values("id"))
    return bool(links.filter(extra_data={}).exists())


def account_of_person(person_id: UUID) -> Account | None:
    return (
        Account.objects.filter(person_id=person_id, kind=AccountKind.CITIZEN).order_by("id").first()
    )


def accounts_of_person(person_id: UUID) -> tuple[UUID, ...]:
    rows = Account.objects.filter(person_id=person_id, kind=AccountKind.CITIZEN)
    return tuple(rows.order_by("created_at", "id").values_list("id", flat=True))


def officer_account(username: str) -> Account | None:
    return Account.objects.filter(
        username=username.strip().lower(), kind=AccountKind.OFFICER
    ).first()


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


def own_token(token_id: UUID, actor: Actor, *, now: datetime) -> ApiToken | None:
    """None also for a token of somebody else."""
    return visible(ApiToken.objects.all(), actor, ApiTokenPolicy, now=now).filter(
        id=token_id
    ).first()  # fmt: skip


def tokens_of(actor: Actor, *, now: datetime) -> tuple[TokenView, ...]:
    """Tokens that still work, newest first."""
    own = visible(ApiToken.objects.all(), actor, ApiTokenPolicy, now=now)
    live = own.filter(revoked_at__isnull=True, expires_at__gt=now)
    return tuple(
        TokenView(
            id=row.id,
            name=row.name,
            scopes=tuple(row.scopes),
            created_at=city_time(row.created_at),
            expires_at=city_time(row.expires_at),
            last_used_at=city_time(row.last_used_at) if row.last_used_at else None,
            for_whom=_principal(row),
            sandbox=row.sandbox,
        )
        for row in live.select_related("mandate__principal").order_by("-id")[:100]
    )


def key_ends(actor: Actor, *, since: date, now: datetime) -> tuple[tuple[UUID, date, bool], ...]:
    """Those made for the party whose matters the actor deals with, the latest hundred."""
    of = {"mandate_id": actor.mandate.id} if actor.mandate else {"mandate_id__isnull": True}
    own = visible(ApiToken.objects.filter(**of), actor, ApiTokenPolicy, now=now)
    told = own.filter(expires_at__date__gte=since).order_by("-id")[:100]
    return tuple(
        (row.id, city_date(row.expires_at), row.revoked_at is not None or row.expires_at <= now)
        for row in told
    )


def _principal(token: ApiToken) -> str:
    return token.mandate.principal.full_name if token.mandate else ""


def account(account_id: UUID) -> Account:
    """Raises: AccountNotFound."""
    found = Account.objects.filter(id=account_id).first()
    if found is None:
        raise AccountNotFound
    return found


def account_of_actor(actor: Actor, *, now: datetime) -> Account:
    """One's own, with the person behind it. Raises: AccountNotFound."""
    rows = visible(Account.objects.all(), actor, AccountPolicy, now=now)
    found = rows.filter(id=str(actor.account_id)).select_related("person").first()
    if found is None:
        raise AccountNotFound
    return found


def accounts_of_officers(officer_ids: Iterable[UUID]) -> dict[UUID, Account]:
    """By officer; officers without an account are left out."""
    found = Account.objects.filter(officer_id__in=set(officer_ids))
    return {row.officer_id: row for row in found if row.officer_id is not None}


def password_hashes_of_officers() -> dict[UUID, str]:
    """By officer, for the seed: which sample accounts still have another password."""
    rows = Account.objects.filter(kind=AccountKind.OFFICER, officer_id__isnull=False)
    return {
        officer: held for officer, held in rows.values_list("officer_id", "password") if officer
    }


def officer_accounts(
    actor: Actor, officer_ids: Iterable[UUID], *, now: datetime
) -> dict[UUID, OfficerAccount]:
    """By officer: accounts that the actor administers, with what is open there. Three queries."""
    rows = visible(Account.objects.all(), actor, AccountPolicy, now=now)
    held = {row.id: row for row in rows.filter(officer_id__in=set(officer_ids))}
    factors = Factor.objects.filter(account_id__in=held, removed_at__isnull=True)
    sessions = Session.objects.filter(account_id__in=held, expire_date__gt=now)
    of_account = {
        account: (count, last)
        for account, count, last in sessions.values_list("account_id")
        .annotate(Count("pk"), Max("used_at"))
        .order_by("account_id")
    }
    proofs = Counter(factors.values_list("account_id", flat=True))
    return {
        row.officer_id: OfficerAccount(
            id=row.id,
            username=row.username,
            officer_id=row.officer_id,
            is_open=row.is_active,
            factors=proofs[row.id],
            sessions=of_account.get(row.id, NO_SESSION)[0],
            last_used_at=of_account.get(row.id, NO_SESSION)[1],
        )
        for row in held.values()
        if row.officer_id
    }


def officer_account_by_id(
    actor: Actor, account_id: UUID, *, now: datetime
) -> OfficerAccount | None:
    rows = visible(Account.objects.all(), actor, AccountPolicy, now=now)
    row = rows.filter(id=account_id, kind=AccountKind.OFFICER).first()
    if row is None or row.officer_id is None:
        return None
    return officer_accounts(actor, [row.officer_id], now=now).get(row.officer_id)
