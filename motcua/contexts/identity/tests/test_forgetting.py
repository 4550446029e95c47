"""What sign-ins leave behind does not grow for ever."""

from datetime import timedelta

from motcua.contexts.identity.actions.sign_in import note_attempt
from motcua.contexts.identity.adapters.sessions import USED, SessionStore, digest_of
from motcua.contexts.identity.contracts import SignInOutcome
from motcua.contexts.identity.models import Session, SignInAttempt
from motcua.contexts.identity.tasks import forget_attempts, forget_sessions
from motcua.kernel import clock


def test_sessions_that_ended_are_forgotten_and_others_stay(db):
    ended, living = SessionStore(), SessionStore()
    ended[USED] = (clock.now() - timedelta(hours=3)).timestamp()
    for session in (ended, living):
        session.create()

    forget_sessions(clock.now())

    assert list(Session.objects.values_list("session_key", flat=True)) == [
        digest_of(living.session_key)
    ]


def test_old_tries_are_forgotten_and_those_that_still_count_stay(db):
    now = clock.now()
    for at in (now - timedelta(days=31), now - timedelta(minutes=10)):
        note_attempt("khue", SignInOutcome.WRONG, origin="127.0.0.1", now=at)

    forget_attempts(now)

    assert [attempt.at for attempt in SignInAttempt.objects.all()] == [now - timedelta(minutes=10)]
