"""A sample city shows requests in several states, one late; a breach in its 72 hours."""

import io

from django.core.management import call_command

from motcua.contexts.identity.testing import a_citizen_account, a_person
from motcua.contexts.privacy.contracts import Outcome
from motcua.contexts.privacy.models import DataRequest
from motcua.contexts.privacy.queries import breaches, impacts, requests
from motcua.contexts.privacy.testing import duyen
from motcua.kernel import clock, ledger


def test_the_sample_shows_every_state_and_is_laid_down_once(small_city, settings):
    settings.DEVELOPMENT_PASSWORD = "of samples"
    a_citizen_account()
    a_person("Lê Minh Khoa", personal_number="079188999002")
    officer, now = duyen(), clock.now()

    for _ in range(2):
        call_command("seed_privacy", stdout=io.StringIO())

    outcomes = set(DataRequest.objects.values_list("outcome", flat=True))
    assert outcomes == {"", Outcome.GRANTED, Outcome.REFUSED, Outcome.FORWARDED}
    waiting = requests.queue(officer, now=now)
    assert [one.due_at < now for one in waiting].count(True) == 1
    found = breaches.all_of(officer, now=now)
    assert [one.closed_at is None for one in found] == [True, False]
    assert found[0].authority.minutes_left > 0
    causes = {o.cause for one in impacts.standings(officer, now=now) for o in one.owed}
    assert causes == {"NEW", "RENEWAL"}
    assert ledger.verify()[0] == []
