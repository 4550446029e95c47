"""The push list: nobody is forgotten, nobody is told twice, a cancel stops it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.contexts.alerts import tasks
from motcua.contexts.alerts.actions import spreading
from motcua.contexts.alerts.actions.ending import end_expired
from motcua.contexts.alerts.actions.following import follow
from motcua.contexts.alerts.contracts import Ended, Kind, PlaceKind, State, Status
from motcua.contexts.alerts.models import Alert, Reach
from motcua.contexts.alerts.testing import a_released, a_released_by_the_city
from motcua.contexts.alerts.tests.residents import HOW_MANY, residents, told
from motcua.contexts.identity import testing as identity
from motcua.contexts.notifications import public as notifications
from motcua.contexts.notifications.contracts import Level
from motcua.kernel.testing import MONDAY_9AM, citizen

NOW = MONDAY_9AM


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


def test_merged_rows_of_one_human_being_are_told_once(small_city, deliveries):
    born = {"born_on": date(1990, 5, 12)}
    one, other = (
        identity.a_person("Lê Hai Dòng", personal_number=f"07919099901{n}", **born) for n in (1, 2)
    )
    for who in (one, other):
        follow("26740", PlaceKind.HOME, actor=citizen(person=who.id), now=NOW)
    identity.a_merge(one.id, other.id)

    a_released()
    deliveries()

    assert (told(one.id), told(other.id)) == (["alert_issued"], [])


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


def test_the_database_refuses_to_address_somebody_twice(small_city):
    residents()
    alert = Alert.objects.get(code=a_released())
    spreading.spread(alert.id, now=NOW)

    Alert.objects.update(spread_at=None, spread_step=0, spread_after="", told_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
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
