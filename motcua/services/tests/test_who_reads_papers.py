"""Giấy tờ của hồ sơ: whoever may see a dossier opens its papers, nobody else."""

from datetime import timedelta

import pytest

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import FileNotFound
from motcua.contexts.identity.testing import a_person
from motcua.kernel.actors import Actor
from motcua.kernel.testing import MONDAY_9AM, citizen
from motcua.services.tests.journey import a_birth, member, seen, step

pytestmark = pytest.mark.django_db
NOW = MONDAY_9AM + timedelta(minutes=30)


@pytest.fixture
def tuyet(small_city: None) -> Actor:
    return citizen(person=a_person().id)


@pytest.mark.parametrize("staff_no", ["khue", "nghia", "bao"])
def test_officers_of_a_dossier_open_the_letters_issued_on_it(tuyet, deliveries, staff_no):
    code = a_birth(tuyet)
    step(code, "receive", now=NOW)
    deliveries()

    [form_01] = documents.issued_of(code)

    officer = member(staff_no, NOW.date())
    assert documents.file_for(form_01.file_id, officer, now=NOW).id == form_01.file_id


def test_a_desk_without_the_dossier_opens_none_of_its_papers(tuyet, deliveries):
    code = a_birth(tuyet)
    step(code, "receive", now=NOW)
    deliveries()

    [form_01] = documents.issued_of(code)
    sent = [paper.file.id for paper in seen(code, now=NOW).papers if paper.file]

    ngan = member("ngan", NOW.date())
    for file_id in (form_01.file_id, *sent):
        with pytest.raises(FileNotFound):
            documents.file_for(file_id, ngan, now=NOW)
