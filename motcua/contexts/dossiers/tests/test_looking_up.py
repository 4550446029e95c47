"""Guessing the secret of a receipt is stopped per caller, and the count is forgotten again."""

import pytest

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DossierNotFound, TooManyTries
from motcua.contexts.dossiers.models import FailedLookUp
from motcua.contexts.dossiers.queries.tracking import TRIES, WINDOW
from motcua.contexts.dossiers.tasks import forget_look_ups
from motcua.kernel import clock


def test_who_guesses_too_often_waits_and_nobody_else_does(db):
    now = clock.now()

    def guess(client: str, *, later: bool = False) -> None:
        at = now + 2 * WINDOW if later else now
        dossiers.track("H29.99-20261128-0000000", "AAAAAA", now=at, client=client)

    for _ in range(TRIES):
        with pytest.raises(DossierNotFound):
            guess("203.0.113.7")
    with pytest.raises(TooManyTries):
        guess("203.0.113.7")
    with pytest.raises(DossierNotFound):
        guess("203.0.113.8")
    with pytest.raises(DossierNotFound):
        guess("203.0.113.7", later=True)

    forget_look_ups(now + 2 * WINDOW)

    assert [one.at for one in FailedLookUp.objects.all()] == [now + 2 * WINDOW]
