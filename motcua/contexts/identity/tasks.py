"""Periodic work of identity: what was kept for a while goes."""

from datetime import datetime, timedelta

from motcua.contexts.identity.models import Session, SignInAttempt
from motcua.kernel.jobs import every

KEEP_ATTEMPTS = timedelta(days=30)  # the limit asks for a quarter of an hour; the ledger keeps all


@every("5 1 * * *", name="identity.forget_sessions")
def forget_sessions(now: datetime) -> None:
    """Anybody can begin a sign-in and never come back; each leaves a row."""
    Session.objects.filter(expire_date__lt=now).delete()


@every("15 1 * * *", name="identity.forget_attempts")
def forget_attempts(now: datetime) -> None:
    SignInAttempt.objects.filter(at__lt=now - KEEP_ATTEMPTS).delete()
