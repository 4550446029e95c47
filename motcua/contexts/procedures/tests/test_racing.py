"""Two approvers at once: both are heard, one after the other."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from motcua.contexts.procedures import public
from motcua.contexts.procedures.testing import BIRTH, a_definition
from motcua.kernel.actors import SYSTEM
from motcua.kernel.testing import MONDAY_9AM


def publish(name):
    try:
        return public.publish_version(a_definition(name=name), by=SYSTEM, now=MONDAY_9AM).number
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_publications_at_once_become_two_versions_and_one_is_in_force():
    names = ("A", "B", "C", "D")

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(publish, names))

    assert sorted(numbers) == [1, 2, 3, 4]
    in_force = public.open_version(BIRTH, MONDAY_9AM.date())
    assert in_force.number == 4
    assert in_force.name == names[numbers.index(4)]
