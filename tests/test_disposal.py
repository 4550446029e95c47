"""After disposal nothing a person wrote can be read in any table; what stays is named."""

import io
import random
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader

from motcua.contexts.archive.testing import an_approved_list
from motcua.contexts.casework import public as casework
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import FileNotFound, StoredCopyAltered
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import TakeStep
from motcua.contexts.dossiers.testing import BIRTH, a_submitted_birth
from motcua.contexts.privacy.actions import looks, requests, retention
from motcua.contexts.privacy.contracts import Decide, HoldGround, KeptByLaw, PlaceHold, Right
from motcua.contexts.privacy.models import DataRequest, DisposalRun, Tombstone
from motcua.contexts.privacy.queries.retention import gone_in
from motcua.contexts.privacy.testing import (
    a_look_at,
    an_officer_acting,
    asked,
    duyen,
    granted,
    tuyet,
)
from motcua.kernel import crypto, ledger
from motcua.kernel.rotation import sealed_models
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city")
MUCH_LATER = MONDAY_9AM + timedelta(days=12 * 366)
MARK = "điều riêng tư"


def says(pdf: bytes, words: str) -> bool:
    """Whether the paper says these words as they are copied out, wherever its lines break."""
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return "".join(words.split()) in "".join(said.split())


def sealed_with(*words: str) -> set[str]:
    """Tables and columns where an envelope opens to one of these words."""
    found = set()
    for model, fields in sealed_models():
        for field in fields:
            place = f"{model._meta.db_table}.{field.column}"
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT "{field.column}" FROM "{model._meta.db_table}"')
                rows = [bytes(value) for (value,) in cursor.fetchall() if value is not None]
            for raw in rows:
                if any(word in crypto.unseal(raw, place=place).decode() for word in words):
                    found.add(f"{model._meta.label}.{field.name}")
    return found


def a_history(person, officer, chance: random.Random, deliveries) -> str:
    """What somebody may do in a city, in a chance order; everything they write bears the mark.

    Returns the code of the dossier, which has ended.
    """
    khue = an_officer_acting("khue")
    code = a_submitted_birth(person, now=MONDAY_9AM, desk_ward="26743")
    question = a_look_at(person.person_id, account_id=officer.account_id)

    def draft():
        began = dossiers.begin_draft(BIRTH, ward_code="26740", actor=person, now=MONDAY_9AM)
        typed = {"child_full_name": f"{MARK} nháp"}
        dossiers.save_page(began.draft_id, "child", typed, actor=person, now=MONDAY_9AM)

    def talk():
        dossiers.send_message(code, f"{MARK} nhắn", actor=person, now=MONDAY_9AM)

    def refusal():
        code = asked(Right.RESTRICT, person, target="SMS", reason=f"{MARK} lý do").code
        unit = requests.queries.units_to_ask(person.person_id)[0]
        requests.consult(code, unit, question=f"{MARK} kín?", actor=officer, now=MONDAY_9AM)
        refuse = Decide(code=code, grant=False, reason=f"{MARK} không", citation="Luật")
        requests.decide(refuse, actor=officer, now=MONDAY_9AM)

    def copy():
        code = asked(Right.ACCESS, person, reason=f"{MARK} lý do").code
        requests.write(code, f"{MARK} hỏi thêm", actor=person, now=MONDAY_9AM)
        granted(code, officer)

    def look():
        looks.ask_about(question, f"{MARK} vì sao xem", actor=person, now=MONDAY_9AM)
        asked_now = looks.LookQuestion.objects.get(line=question)
        looks.answer(asked_now.id, f"{MARK} trả lời", actor=officer, now=MONDAY_9AM)

    acts = [draft, talk, refusal, copy, look]
    chance.shuffle(acts)
    for act in acts:
        act()
    seen = casework.case(code).version
    receive = TakeStep(code=code, action="receive", seen_version=seen, note=f"{MARK} ghi chú")
    dossiers.take_step(receive, actor=khue, now=MONDAY_9AM)
    dossiers.withdraw(code, f"{MARK} rút", actor=person, now=MONDAY_9AM + timedelta(hours=1))
    deliveries()
    return code


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_a_person_wrote_is_left_after_disposal(seed, deliveries):
    person, officer = tuyet(), duyen()
    code = a_history(person, officer, random.Random(seed), deliveries)
    papers = dossiers.dossier(code, person, now=MONDAY_9AM).papers
    files = [paper.file.id for paper in papers if paper.file]
    letters = [issued.file_id for issued in documents.issued_of(code)]
    assert len(sealed_with(MARK)) >= 8
    assert "dossiers.Dossier.sheet" in sealed_with("Lê Minh An")
    an_approved_list(code, now=MUCH_LATER)

    retention.run(now=MUCH_LATER)

    assert sealed_with(MARK, "Lê Minh An") == set()
    assert letters
    for file_id in (*files, *letters):
        with pytest.raises(FileNotFound):
            documents.file_for(file_id, person, now=MUCH_LATER)
    with pytest.raises((FileNotFound, StoredCopyAltered)):
        documents.read_file(letters[0])
    run = DisposalRun.objects.get()
    assert run.files >= len(letters) + 1
    assert run.contents >= 1
    assert ledger.verify()[0] == []


def test_what_a_hold_keeps_stays_and_is_named_by_the_certificate(deliveries):
    person, officer = tuyet(), duyen()
    code = a_history(person, officer, random.Random(3), deliveries)
    hold = PlaceHold(
        code=code, ground=HoldGround.COURT, reason="Tòa yêu cầu", until=date(2040, 1, 1)
    )
    an_approved_list(code, now=MUCH_LATER)
    retention.place_hold(hold, actor=officer, now=MONDAY_9AM)

    retention.run(now=MUCH_LATER)

    assert "casework.CaseEvent.note" in sealed_with(MARK)
    assert "privacy.DataRequest.reason" not in sealed_with(MARK)
    run = DisposalRun.objects.get()
    paper = documents.read_file(run.certificate_id)
    assert says(paper, code)
    assert says(paper, "Tòa án")
    assert says(paper, "Kết quả đã cấp")
    assert all(one.code != code for one in gone_in(run.id))


def test_a_second_night_finds_nothing_left_to_do(deliveries):
    code = a_history(tuyet(), duyen(), random.Random(4), deliveries)
    an_approved_list(code, now=MUCH_LATER)
    retention.run(now=MUCH_LATER)
    gone = Tombstone.objects.count()

    retention.run(now=MUCH_LATER + timedelta(days=1))

    assert gone > 0
    assert Tombstone.objects.count() == gone


def test_events_let_disposal_empty_a_note_and_refuse_every_other_change(deliveries):
    code = a_history(tuyet(), duyen(), random.Random(5), deliveries)
    case_id = casework.case(code).id
    tries = [
        "UPDATE casework_caseevent SET kind = 'x' WHERE case_id = %s",
        "UPDATE casework_caseevent SET note = NULL, kind = 'x' WHERE case_id = %s",
        r"UPDATE casework_caseevent SET note = '\x00' WHERE case_id = %s",
        "DELETE FROM casework_caseevent WHERE case_id = %s",
    ]

    for statement in tries:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('motcua.emptied', 'note', true)")
            cursor.execute(statement, [case_id])

    assert "casework.CaseEvent.note" in sealed_with(MARK)


def test_a_deletion_leaves_a_paper_that_says_what_stays_and_why():
    person, officer = tuyet(), duyen()
    a_submitted_birth(person, now=MONDAY_9AM)
    began = dossiers.begin_draft(BIRTH, ward_code="26740", actor=person, now=MONDAY_9AM)
    code = asked(Right.DELETE, person).code

    granted(code, officer)

    row = DataRequest.objects.get(code=code)
    paper = documents.read_file(row.package_id)
    assert says(paper, "Bản nháp không gửi")
    assert Tombstone.objects.get(request=row).record == began.draft_id
    assert says(paper, "Giải quyết hồ sơ")
    assert documents.file_for(row.package_id, person, now=MONDAY_9AM)
    assert dossiers.drafts_of(person, now=MONDAY_9AM) == ()


def test_a_draft_under_hold_is_not_deleted_on_request():
    person, officer = tuyet(), duyen()
    began = dossiers.begin_draft(BIRTH, ward_code="26740", actor=person, now=MONDAY_9AM)
    hold = PlaceHold(
        code=f"draft {began.draft_id}",
        ground=HoldGround.AUDIT,
        reason="Thanh tra",
        until=date(2030, 1, 1),
    )
    retention.place_hold(hold, actor=officer, now=MONDAY_9AM)
    code = asked(Right.DELETE, person).code

    with pytest.raises(KeptByLaw):
        granted(code, officer)

    assert len(dossiers.drafts_of(person, now=MONDAY_9AM)) == 1
