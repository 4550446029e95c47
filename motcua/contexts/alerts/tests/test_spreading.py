"""The push list: nobody is forgotten, nobody is told twice, a cancel stops it."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

from django.db import connection

from motcua.contexts.alerts import tasks
from motcua.contexts.alerts.actions import spreading
from motcua.contexts.alerts.actions.ending import end_expired
from motcua.contexts.alerts.actions.following import follow
from motcua.contexts.alerts.contracts import Ended, Kind, PlaceKind, State, Status
from motcua.contexts.alerts.models import Alert, Reach
from motcua.contexts.alerts.testing import a_released, a_released_by_the_city
from motcua.contexts.identity import testing as identity
from motcua.contexts.notifications import public as notifications
from motcua.contexts.notifications.contracts import Level
from motcua.kernel.testing import MONDAY_9AM, citizen

NOW = MONDAY_9AM
HOW_MANY = 7


def residents(count: int = HOW_MANY, ward: str = "26740") -> list:
    people = []
    for number in range(count):
        who = identity.a_person(
            f"Người Dân {number}", personal_number=f"0791909990{number + 10 + int(ward) % 50}"
        )
        actor = citizen(person=who.id)
        follow(ward, PlaceKind.HOME, actor=actor, now=NOW)
        people.append(who.id)
    return people


def told(person) -> list[str]:
    return [one.template for one in notifications.messages_for(person)]


def test_everybody_who_follows_the_ward_is_told_and_nobody_else(small_city, deliveries):
    near, far = residents(2), residents(1, "26743")

    code = a_released()
    deliveries()

    alert = Alert.objects.get(code=code)
    assert [told(one) for one in near] == [["alert_issued"], ["alert_issued"]]
    assert told(far[0]) == []
    assert alert.spread_at and alert.told_at


def test_an_emergency_waits_for_no_morning_and_an_exercise_does(small_city, deliveries):
    (person,) = residents(1)

    a_released()
    a_released(status=Status.EXERCISE)
    deliveries()

    levels = {one.template: one.level for one in notifications.messages_for(person)}
    assert levels == {"alert_issued": Level.EMERGENCY, "alert_exercise": Level.WARNING}


def test_a_technical_test_tells_nobody(small_city, deliveries):
    (person,) = residents(1)

    a_released(status=Status.TEST)
    deliveries()

    assert told(person) == []


def test_a_message_reads_in_english(small_city, deliveries):
    (person,) = residents(1)
    a_released()
    deliveries()

    (message,) = notifications.messages_for(person, language="en")

    assert message.title == "Emergency alert"
    assert "Water is rising" in message.text
    assert "Nước" not in message.text


def test_who_follows_two_touched_wards_is_told_once(small_city, deliveries):
    (person,) = residents(1)
    follow("26743", PlaceKind.WORK, actor=citizen(person=person), now=NOW)

    a_released_by_the_city(wards=("26740", "26743"))
    deliveries()

    assert told(person) == ["alert_issued"]
    assert Reach.objects.count() == 1


def test_batches_go_on_where_the_last_one_ended(small_city):
    residents()
    alert = Alert.objects.get(code=a_released())

    sizes = []
    while (batch := spreading.address_batch(alert.id, now=NOW, size=3)).more:
        sizes.append(batch.done)

    assert sum(sizes) + batch.done == HOW_MANY
    assert max(sizes) == 3
    assert Reach.objects.count() == HOW_MANY


def test_addressing_again_addresses_nobody_twice(small_city):
    residents()
    alert = Alert.objects.get(code=a_released())
    spreading.spread(alert.id, now=NOW)

    Alert.objects.update(spread_at=None, spread_step=0, spread_after="", told_at=None)
    spreading.spread(alert.id, now=NOW)

    assert Reach.objects.count() == HOW_MANY


def test_a_cancel_in_the_middle_stops_the_telling_and_reaches_only_who_was_told(
    small_city, deliveries
):
    people = residents()
    code = a_released()
    alert = Alert.objects.get(code=code)
    while spreading.address_batch(alert.id, now=NOW).more:
        pass
    spreading.tell_batch(alert.id, now=NOW, size=3)

    a_released(now=NOW + timedelta(minutes=5), kind=Kind.CANCEL, replaces=code)
    deliveries()

    assert not spreading.tell_batch(alert.id, now=NOW).more
    heard = sorted(map(len, map(told, people)))
    assert heard == [0, 0, 0, 0, 2, 2, 2]


def test_an_update_goes_to_who_was_told_before_wherever_they_live(small_city, deliveries):
    (person,) = residents(1)
    code = a_released()
    deliveries()
    Reach.objects.update(ward_index=b"elsewhere")

    a_released(now=NOW + timedelta(minutes=5), kind=Kind.UPDATE, replaces=code)
    deliveries()

    assert told(person) == ["alert_updated", "alert_issued"]


def test_an_alert_ends_by_itself(small_city):
    code = a_released(hours=1)
    residents(1)

    tasks.end(NOW + timedelta(minutes=59))
    assert Alert.objects.get(code=code).state == State.RELEASED
    tasks.end(NOW + timedelta(hours=1))

    alert = Alert.objects.get(code=code)
    assert (alert.state, alert.ended_as) == (State.ENDED, Ended.EXPIRED)
    assert alert.ended_at == alert.expires_at
    end_expired(now=NOW + timedelta(hours=2))


KILLED = """
import os, signal, sys, django
django.setup()
from datetime import datetime
from uuid import UUID
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[2]
from motcua.contexts.alerts.actions import spreading
alert, now = UUID(sys.argv[1]), datetime.fromisoformat(sys.argv[3])
while spreading.address_batch(alert, now=now, size=3).more:
    pass
spreading.tell_batch(alert, now=now, size=3)
mine = spreading._tell
def told(view, person):
    mine(view, person)
    os.kill(os.getpid(), signal.SIGKILL)
spreading._tell = told
spreading.tell_batch(alert, now=now, size=3)
"""


def test_a_killed_worker_leaves_nobody_untold_and_nobody_told_twice(small_city_for_threads):
    people = residents()
    alert = Alert.objects.get(code=a_released())

    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(alert.id), connection.settings_dict["NAME"],
         NOW.isoformat()],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "motcua.config.settings_for_tests"},
        capture_output=True,
        timeout=120,
    )  # fmt: skip
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()[-2000:]
    assert Reach.objects.filter(told_at__isnull=False).count() == 3
    tasks.go_on(NOW)

    assert [told(one) for one in people] == [["alert_issued"]] * HOW_MANY
    assert Alert.objects.get().told_at
