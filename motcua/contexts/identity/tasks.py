"""Periodic work of identity: what was kept for a while goes."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from motcua.contexts.identity.actions.clearance import warn_of_lapses
from motcua.contexts.identity.actions.numbers import index_people
from motcua.contexts.identity.actions.signing_keys import turn_signing_keys
from motcua.contexts.identity.models import Grant, IssuedToken, Session, SignInAttempt
from motcua.contexts.identity.queries import matching
from motcua.kernel.actors import SYSTEM
from motcua.kernel.jobs import every

KEEP_ATTEMPTS = timedelta(days=30)  # the limit asks for a quarter of an hour; the ledger keeps all
KEEP_GRANTS = timedelta(days=400)  # until then people see when an application last signed them in

INDEX_BATCH = 2_000  # of one night


@every("5 1 * * *", name="identity.forget_sessions")
def forget_sessions(now: datetime) -> None:
    """Anybody can begin a sign-in and never come back; each leaves a row."""
    Session.objects.filter(expire_date__lt=now).delete()


@every("15 1 * * *", name="identity.forget_attempts")
def forget_attempts(now: datetime) -> None:
    SignInAttempt.objects.filter(at__lt=now - KEEP_ATTEMPTS).delete()


@every("35 1 * * *", name="identity.forget_tokens")
def forget_tokens(now: datetime) -> None:
    """An expired token is refused whether or not it is known; the ledger keeps what was done."""
    IssuedToken.objects.filter(expires_at__lt=now).delete()
    left = IssuedToken.objects.filter(grant_id=OuterRef("pk"))
    Grant.objects.filter(~Exists(left), started_at__lt=now - KEEP_GRANTS).delete()


@every("45 1 * * *", name="identity.turn_signing_keys")
def turn_keys(now: datetime) -> None:
    """Most nights there is nothing to do."""
    turn_signing_keys(now=now)


@every("25 1 * * *", name="identity.index_people")
def index_names(now: datetime) -> None:
    """Rows from before names were indexed; once all are, there is nothing to do."""
    if matching.not_indexed(1):
        index_people(limit=INDEX_BATCH, actor=SYSTEM, now=now)


@every("40 6 * * *", name="identity.warn_of_lapses")
def tell_who_lapses(now: datetime) -> None:
    """Before the working day; the lapse itself needs no job."""
    warn_of_lapses(now=now)
