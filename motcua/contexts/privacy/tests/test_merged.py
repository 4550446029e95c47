"""Rights are of the human being: every row found to be the same person is followed."""

from datetime import date

import pytest

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.testing import BIRTH
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_consent,
    a_merge,
    a_person,
    own_actor,
)
from motcua.contexts.privacy import public
from motcua.contexts.privacy.contracts import AlreadyAsked, Right
from motcua.contexts.privacy.queries import requests
from motcua.contexts.privacy.queries.held import given_by
from motcua.contexts.privacy.testing import asked, duyen, granted
from motcua.kernel.holdings import Processing, is_stopped
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city")
BORN = date(1990, 5, 12)


@pytest.fixture
def rows():
    """The accounts of one human being who was written down twice."""
    name = "Nguyễn Thị Ánh Tuyết"
    first = a_person(name, born_on=BORN)
    second = a_person("NGUYEN THI ANH TUYET", personal_number="079190999002", born_on=BORN)
    return a_citizen_account(first), a_citizen_account(second)


def merged(rows):
    """Whoever signs in by the first account, after the rows were found to be one person."""
    first, second = rows
    a_merge(first.person_id, second.person_id)
    return own_actor(first)


def test_a_copy_tells_of_every_row_and_of_nothing_twice(rows):
    draft = dossiers.begin_draft(BIRTH, ward_code="26740", actor=own_actor(rows[1]), now=MONDAY_9AM)
    person = merged(rows)

    held = public.held_about(person.person_id)

    records = [one for group in held for one in group.records]
    told = [value for one in records for _, value in one.values]
    assert "079190999002" in told
    assert "079190999001" in told
    assert draft.draft_id
    assert sum(one.model == "dossiers.Draft" for one in records) == 1
    assert sum(one.model == "identity.PersonMerge" for one in records) == 1


def test_what_was_stopped_for_one_row_is_stopped_for_all(rows):
    officer = duyen()
    granted(asked(Right.RESTRICT, own_actor(rows[1]), target="SMS").code, officer)

    person = merged(rows)

    assert is_stopped(Processing.SMS, person.person_id)
    assert set(requests.stopped(person.person_id)) == {Processing.SMS}


def test_a_request_of_the_other_row_is_ones_own(rows):
    code = asked(Right.ACCESS, own_actor(rows[1])).code

    person = merged(rows)

    assert [one.code for one in requests.mine(person, now=MONDAY_9AM)] == [code]
    with pytest.raises(AlreadyAsked):
        asked(Right.ACCESS, person)


def test_deleting_reaches_what_the_other_row_left(rows):
    other, officer = own_actor(rows[1]), duyen()
    dossiers.begin_draft(BIRTH, ward_code="26740", actor=other, now=MONDAY_9AM)
    person = merged(rows)

    granted(asked(Right.DELETE, person).code, officer)

    assert dossiers.drafts_of(own_actor(rows[1]), now=MONDAY_9AM) == ()


def test_a_consent_of_the_other_row_is_taken_back(rows):
    officer = duyen()
    consent = a_consent(own_actor(rows[1]), now=MONDAY_9AM)
    person = merged(rows)

    code = asked(Right.WITHDRAW, person, target=f"identity:{consent}").code
    granted(code, officer)

    assert given_by(person.person_id) == ()
