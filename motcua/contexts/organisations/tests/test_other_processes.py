"""What another process wrote a moment ago."""

from datetime import date

import pytest

from motcua.contexts.organisations import public
from motcua.contexts.organisations.models import Edition, Substitution
from motcua.contexts.organisations.queries.staff import ABSENCES
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel.db import uuid7
from motcua.kernel.snapshots import look_again

FIRST, BACK = date(2026, 3, 2), date(2026, 3, 9)


@pytest.fixture
def forgotten_afterwards():
    """What the test made this process remember goes with its rows."""
    yield
    look_again()


@pytest.mark.usefixtures("small_city", "forgotten_afterwards")
def test_before_a_write_an_absence_noted_in_another_process_counts():
    bao, stand_in = the_officer("bao"), the_officer("26740.2-cv2")
    assert not public.is_away(bao.id, FIRST)
    Substitution.objects.create(  # as another process does: the memory of this one is not told
        absent_id=bao.id, substitute_id=stand_in.id, valid_from=FIRST, valid_to=BACK
    )
    Edition.objects.update_or_create(name=ABSENCES, defaults={"version": uuid7()})
    assert not public.is_away(bao.id, FIRST)

    public.look_again_at_posts()

    assert public.is_away(bao.id, FIRST)
