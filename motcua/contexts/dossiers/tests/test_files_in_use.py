"""Files that a dossier, a draft or a thread names are kept; others are forgotten."""

import io
from datetime import timedelta
from uuid import UUID

import pytest

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.testing import a_file, a_night_passes, a_pdf, a_quota_of
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import Source
from motcua.contexts.dossiers.models import DossierPaper
from motcua.contexts.dossiers.testing import BIRTH, a_submitted_birth
from motcua.contexts.identity.testing import a_citizen_account, the_actor
from motcua.kernel import clock
from motcua.kernel.actors import Actor

pytestmark = pytest.mark.usefixtures("small_city")


@pytest.fixture
def tuyet(small_city: None) -> Actor:
    return the_actor(a_citizen_account())


def a_kept(by: Actor, text: str) -> UUID:
    return documents.keep_upload(
        io.BytesIO(a_pdf(text)), filename="a.pdf", by=by, now=clock.now()
    ).id


def test_what_papers_drafts_and_messages_name_outlives_the_week(tuyet):
    now = clock.now()
    code = a_submitted_birth(tuyet, now=now)
    paper = DossierPaper.objects.exclude(file=None).get().file_id
    sent, drafted, nowhere = (a_kept(tuyet, text) for text in ("gui", "nhap", "thua"))
    dossiers.send_message(code, "Kèm tệp", [sent], actor=tuyet, now=now)
    draft = dossiers.begin_draft(
        BIRTH, ward_code="26740", source=Source.CITY_APP, actor=tuyet, now=now
    ).draft_id
    dossiers.attach_paper(draft, "giay_chung_sinh", None, actor=tuyet, now=now)
    dossiers.attach_paper(draft, "giay_chung_sinh", drafted, actor=tuyet, now=now)

    a_night_passes(now + timedelta(days=8))

    assert set(documents.files_by_id([paper, sent, drafted, nowhere])) == {paper, sent, drafted}


def test_a_draft_thrown_away_lets_its_files_go(tuyet):
    now = clock.now()
    file = a_kept(tuyet, "nhap")
    draft = dossiers.begin_draft(
        BIRTH, ward_code="26740", source=Source.CITY_APP, actor=tuyet, now=now
    ).draft_id
    dossiers.attach_paper(draft, "giay_chung_sinh", file, actor=tuyet, now=now)
    dossiers.drop_draft(draft, actor=tuyet, now=now)

    a_night_passes(now + timedelta(days=8))

    assert documents.files_by_id([file]) == {}


def test_files_of_ones_own_draft_leave_room_for_more(tuyet, monkeypatch):
    a_quota_of(1, monkeypatch)
    now = clock.now()
    draft = dossiers.begin_draft(
        BIRTH, ward_code="26740", source=Source.CITY_APP, actor=tuyet, now=now
    ).draft_id
    for text in ("mot", "hai", "ba"):
        dossiers.attach_paper(draft, "giay_chung_sinh", a_kept(tuyet, text), actor=tuyet, now=now)

    assert a_file(by=tuyet, now=now)
