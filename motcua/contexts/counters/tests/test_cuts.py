"""Cut network: 200 seeded schedules through the door that windows send to; nothing is lost, nothing

is there twice, every number is accounted for.
"""

import json
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from django.db import connection

from motcua.contexts.counters.actions import machines
from motcua.contexts.counters.queries import offline as queries
from motcua.contexts.counters.tests.machine import a_machine
from motcua.contexts.dossiers.testing import codes_kept
from motcua.contexts.identity.testing import an_officer_account, own_actor, signed_in
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock, limits
from motcua.kernel.db import watchers
from motcua.kernel.models import LedgerLeaf

SCHEDULES = 200
SETTLED = {"RECEIVED", "WAITING", "VOID"}  # what lets a window forget an entry
CUTS = ("request lost", "killed before it wrote", "killed after it wrote", "answer lost",
        "sent twice", "half of it", "other order")  # fmt: skip


TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class Killed(BaseException):
    """The server process is gone, in the middle of whatever it did."""


class Wire:
    """Between windows and the city; cut as the schedule says."""

    def __init__(self, client, random):
        self.client, self.random, self.cuts = client, random, Counter()

    def post(self, machine, batch):
        body = {"device": str(machine.id), "entries": batch}
        answer = self.client.post(
            "/quay/mat-mang/gui", json.dumps(body), content_type="application/json"
        )
        assert answer.status_code == 200
        return answer.json()["answers"]

    def send(self, machine, batch, cut):
        """What the window hears: answers, or nothing."""
        self.cuts.update([cut] if cut else [])
        match cut:
            case "request lost":
                return []
            case "killed before it wrote":
                with suppress(Killed), connection.execute_wrapper(self._dies_at_some_statement()):
                    self.post(machine, batch)
                return []
            case "killed after it wrote":
                with suppress(Killed):
                    self._post_and_die(machine, batch)
                return []
            case "answer lost":
                self.post(machine, batch)
                return []
            case "sent twice":
                first, again = self.post(machine, batch), self.post(machine, batch)
                assert first == again
                return again
            case "half of it":
                return self.post(machine, batch[: (len(batch) + 1) // 2])
            case "other order":
                return self.post(machine, self.random.sample(batch, len(batch)))
        return self.post(machine, batch)

    def _dies_at_some_statement(self):
        left = self.random.randint(5, 60)

        def run(execute, statement, params, many, context):
            nonlocal left
            left -= not statement.startswith(TRANSACTION)
            if left == 0:
                left = -1  # the database rolls back what the dead process had begun
                raise Killed
            return execute(statement, params, many, context)

        return run

    def _post_and_die(self, machine, batch):
        def die(unit):
            if unit.name.startswith("counters."):
                raise Killed

        watchers.append(die)
        try:
            self.post(machine, batch)
        finally:
            watchers.remove(die)


class Window:
    """What the page of a window decides: an entry waits until the city has said its id."""

    def __init__(self, machine):
        self.machine, self.waiting, self.made, self.spoilt = machine, {}, [], 0

    def takes_in(self, random, now):
        is_void = random.random() < 0.1
        said = self.machine.void(at=now) if is_void else self.machine.entry(at=now)
        self.spoilt += is_void
        if not is_void:
            self.made.append(said["code"])
        self.waiting[said["id"]] = self.machine.signs(said)

    def syncs(self, wire, cut):
        for answer in wire.send(self.machine, list(self.waiting.values()), cut):
            assert answer["state"] in SETTLED, answer
            self.waiting.pop(answer["id"], None)

    def tops_up(self, actor):
        if self.machine.used + 3 > len(self.machine.serials):
            given = machines.take_ranges(self.machine.id, actor=actor, now=clock.now()).ranges
            held = {one.id for one in self.machine.ranges}
            self.machine.ranges += [one for one in given if one.id not in held]


@pytest.fixture
def hall(small_city: None, client):
    """Two windows of one desk, and the wire between them and the city."""
    account = an_officer_account("khue", officer_id=the_officer("khue").id)
    khue, now = own_actor(account), clock.now()
    windows = [Window(a_machine(khue, now=now, name=f"Quầy {n}")) for n in (1, 2)]
    return khue, windows, Wire(signed_in(client, account), Random(2026))


def test_nothing_is_lost_and_nothing_is_there_twice_in_200_random_cuts(hall, capsys):
    khue, windows, wire = hall

    for number in range(SCHEDULES):
        random = wire.random = Random(number)
        limits.forget_ended(clock.now() + timedelta(hours=1))  # the next cut is another day's
        window = random.choice(windows)
        while not window.waiting or random.random() < 0.3:
            window.tops_up(khue)
            window.takes_in(random, clock.now())
        window.syncs(wire, random.choice(CUTS))
    for window in windows:
        window.syncs(wire, "")

    made = [code for window in windows for code in window.made]
    kept = Counter(codes_kept())
    leaves = LedgerLeaf.objects.filter(action="counters.receive_offline").count()
    accounts = queries.accounts(khue, now=clock.now())
    spoilt = sum(window.spoilt for window in windows)
    lost, doubled = len(set(made) - set(kept)), kept.total() - len(made)
    with capsys.disabled():
        print(f"\n{sum(wire.cuts.values())} cuts {dict(wire.cuts)}: {len(made)} received, "
              f"{spoilt} void, {lost} lost, {doubled} doubled")  # fmt: skip
    assert sum(wire.cuts.values()) >= SCHEDULES and set(wire.cuts) == set(CUTS)
    assert (lost, doubled) == (0, 0) and leaves == len(made)
    assert all(one.adds_up for one in accounts)
    assert sum(one.received for one in accounts) == len(made)
    assert sum(one.void for one in accounts) == spoilt
    assert not any(window.waiting for window in windows)
