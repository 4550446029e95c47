"""Why a job failed is kept without its words; dead letters are found by it."""

from datetime import timedelta

import pytest

from motcua.kernel import events, failures
from motcua.kernel.errors import Conflict
from motcua.kernel.failures import Noting
from motcua.kernel.models import JobFailure
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.django_db


def test_a_failure_is_noted_with_its_class_and_place_and_goes_on():
    with pytest.raises(KeyError), Noting(7):
        events.deliver("gone.event", "nobody", {"subject": "H29.99-20261105-0000001"})

    found = JobFailure.objects.get()
    assert (found.job_id, found.error) == (7, "KeyError")
    assert found.place.startswith("motcua.kernel.events:")


def test_the_words_of_a_failure_are_not_kept():
    failures.note(7, Conflict("Nguyễn Thị Ánh Tuyết"), at=MONDAY_9AM)

    found = JobFailure.objects.get()
    assert found.error == "motcua.kernel.errors.Conflict"
    assert "Tuyết" not in f"{found.error} {found.place}"


def test_the_first_time_stays_and_the_last_moves_on():
    failures.note(7, KeyError(), at=MONDAY_9AM)
    failures.note(7, ValueError(), at=MONDAY_9AM + timedelta(hours=1))

    found = JobFailure.objects.get()
    assert found.error == "ValueError"
    assert (found.first_at, found.last_at) == (MONDAY_9AM, MONDAY_9AM + timedelta(hours=1))


def test_work_that_succeeds_leaves_no_note():
    with Noting(7):
        pass

    assert not JobFailure.objects.exists()
