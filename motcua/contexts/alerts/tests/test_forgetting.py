"""Past its period the list of who was told goes; how many they were stays."""

from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.alerts.actions.ending import end_expired
from motcua.contexts.alerts.actions.forgetting import ListsEnd
from motcua.contexts.alerts.models import Alert, Reach
from motcua.contexts.alerts.queries import alerts, reach
from motcua.contexts.alerts.testing import a_released
from motcua.contexts.alerts.tests.residents import NOW, residents
from motcua.kernel.actors import SYSTEM
from motcua.kernel.db import owns_transaction, record

LATER = NOW + timedelta(days=1)


@owns_transaction
def forget(ids: list[UUID], *, now: datetime) -> None:
    ListsEnd().erase(ids, now=now)
    record(action="tests.forget", subject="", actor=SYSTEM)


def due(**held: tuple[str, ...]):
    return ListsEnd().due(LATER, limit=10, without=held.get("without", ()))


def counts(code: str):
    return reach.by_ward(alerts.view_of(Alert.objects.get(code=code)))


def test_only_the_list_of_what_has_ended_goes_and_counts_stay_as_they_were_told(
    small_city, deliveries
):
    residents(6)
    ended, held, living = a_released(), a_released(), a_released(hours=48)
    deliveries()
    end_expired(now=NOW + timedelta(hours=7))
    before = counts(ended)

    found = due(without=(held,))
    forget([one.id for one in found], now=LATER)

    assert [one.code for one in found] == [ended]
    assert counts(ended) == before
    assert before[0].told == 6
    assert set(Reach.objects.values_list("alert__code", flat=True)) == {held, living}
    assert [one.code for one in due()] == [held]


def test_one_person_leaves_the_lists_of_the_past_and_nobody_else_does(small_city, deliveries):
    people = residents(2)
    a_released()
    deliveries()
    assert ListsEnd().of_person(people[0]) == []
    end_expired(now=NOW + timedelta(hours=7))

    forget([one.id for one in ListsEnd().of_person(people[0])], now=LATER)

    assert list(Reach.objects.values_list("person_id", flat=True)) == [people[1]]
