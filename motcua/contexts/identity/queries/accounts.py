"""Reads of accounts, tries to sign in, and tokens."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from allauth.socialaccount.models import SocialAccount

from motcua.contexts.identity.contracts import AccountKind, SignInOutcome
from motcua.contexts.identity.models import Account, ApiToken, SignInAttempt
from motcua.contexts.identity.rules import WINDOW
from motcua.kernel.crypto import blind_index

VNEID = "vneid"


def name_index(username: str) -> bytes:
    return blind_index(username.strip().lower(), scope="identity.sign_in.name")


def origin_index(origin: str) -> bytes:
    return blind_index(origin, scope="identity.sign_in.origin")


def account_of_subject(subject: str) -> Account | None:
    """The account linked to VNeID's pairwise subject."""
    linked = SocialAccount.objects.filter(provider=VNEID, uid=subject).values("user_id")
    return Account.objects.filter(id__in=linked).select_related("person").first()


def account_of_person(person_id: UUID) -> Account | None:
    return (
        Account.objects.filter(person_id=person_id, kind=AccountKind.CITIZEN).order_by("id").first()
    )


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
