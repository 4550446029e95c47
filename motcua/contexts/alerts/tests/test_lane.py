"""What is urgent goes through a lane of its own, from the release to the provider."""

from django.db import connection

from motcua.contexts.alerts import tasks
from motcua.contexts.alerts.testing import a_released
from motcua.contexts.alerts.tests.residents import NOW, residents
from motcua.kernel import events


def lanes(event: str) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, priority FROM procrastinate_jobs WHERE args->>'event' = %s",
            [event],
        )
        return cursor.fetchall()


def test_an_emergency_overtakes_every_backlog(small_city, deliveries):
    residents(1)
    urgent = [(events.URGENT, events.URGENT_PRIORITY)]

    a_released()
    released = lanes("alerts.released")
    tasks.go_on(NOW)
    made = lanes("notifications.made")
    deliveries()

    assert (released, made) == (urgent, urgent)
    assert set(lanes("exchange.sending_asked")) == set(urgent)
