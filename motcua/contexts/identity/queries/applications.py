"""Reads of applications, of what people allowed them, and of what was issued."""

import hmac
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from motcua.contexts.identity.contracts.applications import (
    ApplicationNotFound,
    ApplicationTerms,
    ApplicationView,
    Asked,
    ConsentNotFound,
    ConsentView,
    DataScope,
    SigningKeyView,
)
from motcua.contexts.identity.models import Application, Consent, Grant, IssuedToken, SigningKey
from motcua.contexts.identity.queries import people
from motcua.contexts.identity.queries.policies import ApplicationPolicy, ConsentPolicy
from motcua.contexts.identity.rules.applications import RETIRED_KEY_SHOWN
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.crypto import blind_index

ACCESS, REFRESH = "ACCESS", "REFRESH"


def digest(text: str) -> bytes:
    """Secrets, codes and tokens are 256 random bits: a plain hash cannot be guessed back."""
    return sha256(text.encode()).digest()


# Applications


def open_application(client_id: str) -> Application | None:
    """By the name it uses at our doors; None also for a closed one."""
    return Application.objects.filter(client_id=client_id, closed_at__isnull=True).first()


def has_secret(row: Application, secret: str) -> bool:
    kept = row.secret_digest
    return kept is not None and hmac.compare_digest(bytes(kept), digest(secret))


def application_row(application_id: UUID, actor: Actor, *, now: datetime) -> Application:
    """Raises: ApplicationNotFound."""
    rows = visible(Application.objects.all(), actor, ApplicationPolicy, now=now)
    found = rows.filter(id=application_id).first()
    if found is None:
        raise ApplicationNotFound
    return found


def applications(actor: Actor, *, now: datetime) -> tuple[ApplicationView, ...]:
    """Open ones first, newest first."""
    rows = visible(Application.objects.all(), actor, ApplicationPolicy, now=now)
    found = sorted(rows.order_by("-id")[:500], key=lambda row: row.closed_at is not None)
    return tuple(view_of(row) for row in found)


def view_of(row: Application) -> ApplicationView:
    return ApplicationView(
        id=row.id,
        client_id=row.client_id,
        terms=ApplicationTerms(
            name=row.name,
            unit_id=row.unit_id,
            redirect_uris=tuple(row.redirect_uris),
            logout_uris=tuple(row.logout_uris),
            asked=asked_by(row),
            sector=row.sector,
            whole_number=row.whole_number,
            sign_out_uri=row.sign_out_uri,
            is_public=row.is_public,
        ),
        registered_at=row.registered_at,
        secret_set_at=row.secret_set_at,
        closed_at=row.closed_at,
    )


def asked_by(row: Application) -> tuple[Asked, ...]:
    return tuple(
        Asked(scope=DataScope(one["scope"]), purpose=one["purpose"], required=one["required"])
        for one in row.asked
    )


# Consents


def subject_for(sector: str, account_id: UUID) -> str:
    """The name of an account in a sector: what it was before, else made by a keyed hash."""
    kept = Consent.objects.filter(account_id=account_id, sector=sector).values("subject").first()
    if kept:
        return str(kept["subject"])
    return blind_index(f"{sector}/{account_id}", scope="identity.application.subject").hex()


def consent_in_force(application_id: UUID, account_id: UUID) -> Consent | None:
    rows = Consent.objects.select_related("application")
    return rows.filter(
        application_id=application_id, account_id=account_id, ended_at__isnull=True
    ).first()


def covers(consent: Consent, offered: Iterable[Asked]) -> bool:
    """Whether all this was asked before, in the same words; «no» to a part is an answer too."""
    application = consent.application
    if consent.sector != application.sector or consent.whole_number < application.whole_number:
        return False
    shown = {(one["scope"], one["purpose"]) for one in consent.shown}
    required = {one.scope for one in offered if one.required}
    return required <= set(consent.granted) and all(
        (one.scope, one.purpose) in shown for one in offered
    )


def still_allowed(grant: Grant) -> tuple[list[str], bool]:
    """What a sign-in gives now: no more than was allowed, nor than is registered today."""
    application = grant.consent.application
    registered = {one.scope for one in asked_by(application)}
    scopes = [scope for scope in grant.scopes if scope in registered]
    return scopes, application.whole_number and grant.consent.whole_number


def own_consent(consent_id: UUID, actor: Actor, *, now: datetime) -> Consent:
    """Raises: ConsentNotFound, also for somebody else's or an ended one."""
    rows = visible(Consent.objects.all(), actor, ConsentPolicy, now=now)
    found = rows.filter(id=consent_id, ended_at__isnull=True).first()
    if found is None:
        raise ConsentNotFound
    return found


def consents_of(actor: Actor, *, now: datetime) -> tuple[ConsentView, ...]:
    """Those in force, newest first. One query."""
    rows = visible(Consent.objects.all(), actor, ConsentPolicy, now=now)
    live = rows.filter(ended_at__isnull=True).select_related("application")
    last = _last_uses(live)
    return tuple(
        ConsentView(
            id=row.id,
            application=row.application.name,
            unit_id=row.application.unit_id,
            scopes=tuple(DataScope(one) for one in row.granted),
            given_at=row.given_at,
            last_used_at=last.get(row.id),
        )
        for row in live.order_by("-id")[:100]
    )


def consents_of_person(person_id: UUID) -> tuple[Consent, ...]:
    """Those in force of every account of this human being. No policy: the caller has its own."""
    accounts = people.account_ids_of(people.group_of([person_id]))
    rows = Consent.objects.filter(account_id__in=accounts, ended_at__isnull=True)
    return tuple(rows.select_related("application").order_by("id"))


def _last_uses(consents: "QuerySet[Consent]") -> dict[UUID, datetime]:
    rows = Grant.objects.filter(consent_id__in=consents.values("id")).values("consent_id")
    return {row["consent_id"]: row["last"] for row in rows.annotate(last=Max("started_at"))}


# What was issued


def grant_by_code(code: str) -> Grant | None:
    """Whatever became of it: a code that comes back must be told from one that never was."""
    return _grants().filter(code_digest=digest(code)).first()


def grant(grant_id: str) -> Grant | None:
    return _grants().filter(id=grant_id).first()


def grant_in_session(name: str) -> Grant | None:
    return _grants().filter(session_name=name, ended_at__isnull=True).first()


def _grants() -> "QuerySet[Grant]":
    return Grant.objects.select_related("consent__application", "consent__account__person")


def token_row(text: str) -> IssuedToken | None:
    """Whatever became of it."""
    rows = IssuedToken.objects.select_related(
        "grant__consent__application", "grant__consent__account__person"
    )
    return rows.filter(digest=digest(text)).first()


def is_live(grant: Grant) -> bool:
    """Nobody took it back, and both ends are still open."""
    consent = grant.consent
    return (
        grant.ended_at is None
        and consent.ended_at is None
        and consent.account.is_active
        and consent.application.closed_at is None
    )


def live_token(text: str, kind: str, *, now: datetime) -> IssuedToken | None:
    row = token_row(text)
    if row is None or row.kind != kind or row.ended_at or row.used_at or row.expires_at <= now:
        return None
    return row if is_live(row.grant) else None


def grants_within(mark: str) -> list[Grant]:
    """Sign-ins at applications that began in this session of ours and have not ended."""
    return list(_unended().filter(began_in=mark)) if mark else []


def grants_of_account(account_id: UUID, *, but_within: str = "") -> list[Grant]:
    """All that have not ended, but those that began in one session."""
    rows = _unended().filter(consent__account_id=account_id)
    return list(rows.exclude(began_in=but_within) if but_within else rows)


def grants_of_consent(consent_id: UUID) -> list[Grant]:
    return list(_unended().filter(consent_id=consent_id))


def _unended() -> "QuerySet[Grant]":
    return _grants().filter(ended_at__isnull=True).order_by("id")


# Keys


def signing_key() -> SigningKey | None:
    """The one that signs."""
    return SigningKey.objects.filter(retired_at__isnull=True, signs_from__isnull=False).first()


def waiting_key() -> SigningKey | None:
    """Published, so that clients know it when it begins to sign."""
    return SigningKey.objects.filter(retired_at__isnull=True, signs_from__isnull=True).first()


def verifying_key(key_id: str) -> dict[str, str] | None:
    """The public half by its name, however old: a hint at sign-out may be."""
    row = SigningKey.objects.filter(key_id=key_id).values("public").first()
    return row["public"] if row else None


def published_keys(*, now: datetime) -> list[dict[str, str]]:
    """The key that signs, the next, and retired ones until every token they signed has ended."""
    return [row.public for row in _published(now)]


def signing_keys(*, now: datetime) -> tuple[SigningKeyView, ...]:
    """Those that are published, the one that signs first."""
    return tuple(
        SigningKeyView(
            key_id=row.key_id,
            made_at=row.made_at,
            signs_from=row.signs_from,
            retired_at=row.retired_at,
        )
        for row in _published(now)
    )


def _published(now: datetime) -> list[SigningKey]:
    """The one that signs first: clients that look at no name take the first."""
    rows = SigningKey.objects.filter(
        Q(retired_at__isnull=True) | Q(retired_at__gt=now - RETIRED_KEY_SHOWN)
    )
    return sorted(
        rows.order_by("-made_at", "-id"),
        key=lambda row: (row.retired_at is not None, row.signs_from is None),
    )
