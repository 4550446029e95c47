"""Two at the same moment, and a worker that is killed in the middle."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from motcua.contexts.alerts import tasks
from motcua.contexts.alerts.actions.releasing import release
from motcua.contexts.alerts.models import Alert, Reach
from motcua.contexts.alerts.testing import a_draft, a_released, on_watch
from motcua.contexts.alerts.tests.residents import HOW_MANY, residents, told
from motcua.kernel.errors import DomainError
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM

NOW = MONDAY_9AM


def test_two_releasers_at_once_release_it_once(small_city_for_threads):
    code = a_draft()

    def by(staff_no: str) -> str:
        try:
            release(code, seen_version=1, actor=on_watch(staff_no), now=NOW)
        except DomainError as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "released"

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(by, ["van", "thanh"]))

    assert answers[1] == "released"
    assert answers[0] in {"AlertChanged", "Stale"}
    assert LedgerLeaf.objects.filter(action="alerts.release").count() == 1


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
