"""A machine proposes, an officer decides; only what was decided is kept, with where it stood."""

import json
from datetime import timedelta

import pytest

from motcua.contexts.documents import ports, public
from motcua.contexts.documents.actions import digitising
from motcua.contexts.documents.contracts import FileNotFound
from motcua.contexts.documents.contracts.digitised import (
    EvidenceNotFound,
    KindUnknown,
    NothingKept,
    NotToBeRead,
    OwnerUnknown,
    ReadDecision,
    ReadingClosed,
    ReadingNotFound,
    ReadingState,
    StillOpen,
    ValueUnclear,
)
from motcua.contexts.documents.models import DigitisedPaper, ReadValue
from motcua.contexts.documents.ports import ReaderTrouble
from motcua.contexts.documents.queries.digitised import KeptAsEvidence
from motcua.contexts.documents.testing import (
    FailingReader,
    RecordedReader,
    a_birth_notice,
    a_docx,
    a_file,
    a_night_passes,
    a_photo,
    read_now,
)
from motcua.kernel.actors import Role
from motcua.kernel.clearance import ClearanceNeeded
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.privacy import DataClass
from motcua.kernel.testing import MONDAY_9AM, citizen, officer

pytestmark = pytest.mark.django_db
DESK = officer(Role.RECEIVER)
KIND = "giay_chung_sinh"
LATER = MONDAY_9AM + timedelta(hours=1)


@owns_transaction
def alone(do, *args, by, now, **more) -> None:
    """A door that joins, in an action of its own; what it answers is left in `answers`."""
    answers.append(do(*args, by=by, now=now, **more))
    record(action="tests.alone", subject="test", actor=by)


answers: list = []


def ask(file, *, by=DESK, kind=KIND, now=MONDAY_9AM):
    alone(public.ask_reading, file.id, kind, subject="H29.99-1", unit_id=None, by=by, now=now)
    return answers[-1]


def close(reading_id, *, by=DESK, now=LATER):
    alone(public.close_reading, reading_id, by=by, now=now)
    return answers[-1]


def decide(reading_id, key, decision, typed="", *, by=DESK):
    public.decide_proposal(reading_id, key, decision, typed=typed, by=by, now=LATER)


def seen(reading_id, *, by=DESK):
    return public.reading_by_id(reading_id, by, now=LATER)


@pytest.fixture(scope="module")
def notice() -> bytes:
    return a_birth_notice()


@pytest.fixture
def scan(notice, tuyet):
    return a_file(notice, filename="quet.png", by=DESK, owner_person_id=tuyet)


@pytest.fixture
def reading(scan):
    reading_id = ask(scan)
    read_now(reading_id, now=MONDAY_9AM)
    return reading_id


def decide_all(reading_id, decision=ReadDecision.CONFIRMED) -> None:
    for value in seen(reading_id).values:
        if value.proposed is not None:
            decide(reading_id, value.key, decision)


def facts(action: str) -> list[dict]:
    leaves = LedgerLeaf.objects.filter(action=action).order_by("pk")
    return [json.loads(leaf.body)["facts"] for leaf in leaves]


def test_what_is_proposed_is_not_accepted(reading):
    view = seen(reading)

    assert view.state is ReadingState.READ
    assert view.waits == 7
    assert view.kept == 0
    assert {one.decision for one in view.values} == {ReadDecision.OPEN}
    assert {one.value for one in view.values} == {None}
    assert not DigitisedPaper.objects.exists()


def test_a_proposal_says_where_it_stands_on_the_page(reading):
    name = next(one for one in seen(reading).values if one.key == "child_full_name")

    assert name.proposed == "Lê Minh An"
    assert name.region is not None
    assert (name.region.page, 0 < name.region.left < 1000) == (1, True)
    assert seen(reading).shapes == (1414,)
    assert name.sure > 80


def test_nothing_is_kept_while_a_proposal_waits(reading):
    decide(reading, "child_full_name", ReadDecision.CONFIRMED)

    with pytest.raises(StillOpen):
        close(reading)


def test_of_what_was_all_dismissed_nothing_is_kept(reading):
    decide_all(reading, ReadDecision.DISMISSED)

    with pytest.raises(NothingKept):
        close(reading)


def test_confirmed_values_become_evidence_with_their_provenance(reading, scan, tuyet):
    decide_all(reading)
    decide(reading, "facility_name", ReadDecision.CORRECTED, "Bệnh viện Hùng Vương")
    decide(reading, "number", ReadDecision.DISMISSED)
    evidence_id = close(reading)

    kept = public.evidence(evidence_id, DESK, now=LATER)
    row = DigitisedPaper.objects.get()
    assert kept.values["child_full_name"] == "Lê Minh An"
    assert kept.values["facility_name"] == "Bệnh viện Hùng Vương"
    assert "number" not in kept.values
    assert (kept.owner_person_id, kept.file_id) == (tuyet, scan.id)
    assert (kept.scanned_by, kept.confirmed_by) == (DESK.account_id, DESK.account_id)
    assert row.values["facility_name"]["decision"] == "CORRECTED"
    assert row.values["facility_name"]["page"] == 1
    assert len(row.values["child_full_name"]["place"]) == 4
    assert kept.last_day.isoformat() == "2027-11-23"
    assert kept.answers["child_born_on"] == "2026-11-10"


def test_the_ledger_tells_of_each_proposal_and_decision_but_no_value(reading):
    decide_all(reading)
    close(reading)

    assert facts("documents.read_paper")[0]["proposed"][0] == "child_born_on"
    decisions = facts("documents.decide_proposal")
    assert {one["decision"] for one in decisions} == {"CONFIRMED"}
    assert len(decisions) == 7
    bodies = " ".join(LedgerLeaf.objects.values_list("body", flat=True))
    assert "Minh An" not in bodies
    assert "079190999001" not in bodies


def test_a_typed_value_that_is_none_of_its_kind_is_refused(reading):
    for key, typed in (
        ("child_born_on", "hôm qua"),
        ("mother_personal_number", "123"),
        ("child_sex", "khác"),
        ("child_full_name", ""),
    ):
        with pytest.raises(ValueUnclear):
            decide(reading, key, ReadDecision.CORRECTED, typed)

    assert seen(reading).waits == 7


def test_typing_what_was_proposed_confirms_it(reading):
    decide(reading, "child_born_on", ReadDecision.CORRECTED, "10/11/2026")

    born = next(one for one in seen(reading).values if one.key == "child_born_on")
    assert (born.decision, born.value) == (ReadDecision.CONFIRMED, "2026-11-10")


def test_what_was_not_found_cannot_be_confirmed_but_typed(notice, tuyet):
    card = ask(a_file(notice, by=DESK, owner_person_id=tuyet), kind="can_cuoc")
    read_now(card, now=MONDAY_9AM)

    with pytest.raises(ValueUnclear):
        decide(card, "valid_until", ReadDecision.CONFIRMED)

    decide(card, "valid_until", ReadDecision.CORRECTED, "05/01/2027")
    value = next(one for one in seen(card).values if one.key == "valid_until")
    assert (value.value, value.decision) == ("2027-01-05", ReadDecision.CORRECTED)


def test_what_is_kept_is_decided_on_no_more(reading):
    decide_all(reading)
    close(reading)

    with pytest.raises(ReadingClosed):
        decide(reading, "number", ReadDecision.DISMISSED)
    with pytest.raises(ReadingClosed):
        close(reading)
    assert seen(reading).state is ReadingState.CLOSED


def test_asked_again_it_is_the_same_reading_of_who_asks_now(scan, reading):
    assert ask(scan) == reading
    assert seen(reading).state is ReadingState.READ
    assert ReadValue.objects.filter(reading_id=reading).count() == 7


def test_read_twice_at_once_it_is_read_once(scan):
    reading_id = ask(scan)
    read_now(reading_id, now=MONDAY_9AM)
    read_now(reading_id, now=MONDAY_9AM)

    assert len(seen(reading_id).values) == 7
    assert len(facts("documents.read_paper")) == 1


@pytest.mark.parametrize("trouble", list(ReaderTrouble))
def test_what_no_machine_reads_an_officer_types(scan, trouble):
    reading_id = ask(scan)
    read_now(reading_id, now=MONDAY_9AM, by=FailingReader(trouble))
    decide(reading_id, "child_full_name", ReadDecision.CORRECTED, "Lê Minh An")

    evidence_id = close(reading_id)

    assert seen(reading_id).trouble == trouble.value
    kept = public.evidence(evidence_id, DESK, now=LATER)
    assert kept.values == {"child_full_name": "Lê Minh An"}


def test_what_failed_is_read_again_and_decisions_stay(scan):
    reading_id = ask(scan)
    read_now(reading_id, now=MONDAY_9AM, by=FailingReader(ReaderTrouble.SLOW))
    decide(reading_id, "child_full_name", ReadDecision.CORRECTED, "Lê Minh Anh")
    assert ask(scan, now=LATER) == reading_id
    read_now(reading_id, now=LATER)

    view = seen(reading_id)
    assert (view.state, view.trouble, view.waits) == (ReadingState.READ, "", 6)
    name = next(one for one in view.values if one.key == "child_full_name")
    assert (name.value, name.decision) == ("Lê Minh Anh", ReadDecision.CORRECTED)


def test_a_paper_of_nobody_is_no_evidence(notice):
    reading_id = ask(a_file(notice, by=DESK))
    read_now(reading_id, now=MONDAY_9AM)
    decide_all(reading_id)

    with pytest.raises(OwnerUnknown):
        close(reading_id)


def test_only_pictures_and_pdfs_of_known_kinds_are_read(scan, tuyet):
    with pytest.raises(NotToBeRead):
        ask(a_file(a_docx(), filename="a.docx", by=DESK))
    with pytest.raises(KindUnknown):
        ask(scan, kind="giay_khen")
    with pytest.raises(FileNotFound):
        ask(scan, by=officer(Role.RECEIVER, name="Người khác"))


def test_a_paper_that_nobody_may_see_is_read_by_nobody(reading):
    stranger = officer(Role.RECEIVER, name="Người khác")

    with pytest.raises(ReadingNotFound):
        seen(reading, by=stranger)
    with pytest.raises(ReadingNotFound):
        decide(reading, "number", ReadDecision.DISMISSED, by=stranger)


def test_evidence_is_its_owners_and_of_who_may_see_the_paper(reading, tuyet, khoa):
    decide_all(reading)
    evidence_id = close(reading)
    hers = citizen(person=tuyet)

    assert public.evidence(evidence_id, hers, now=LATER).id == evidence_id
    assert [e.id for e in public.evidence_for(tuyet, [KIND], hers, now=LATER)] == [evidence_id]
    assert public.evidence_for(tuyet, ["can_cuoc"], hers, now=LATER) == ()
    with pytest.raises(EvidenceNotFound):
        public.evidence(evidence_id, citizen(person=khoa), now=LATER)
    assert public.evidence_for(tuyet, [KIND], citizen(person=khoa), now=LATER) == ()


def test_evidence_ends_with_its_validity_and_goes(reading, tuyet, scan):
    decide_all(reading)
    evidence_id = close(reading)
    hers, over = citizen(person=tuyet), MONDAY_9AM + timedelta(days=366)

    with pytest.raises(EvidenceNotFound):
        public.evidence(evidence_id, hers, now=over)
    assert [one.id for one in public.evidence_over([scan.id], now=over)] == [evidence_id]
    assert public.evidence_files([scan.id], tuyet, now=LATER) == {scan.id}
    assert public.evidence_files([scan.id], tuyet, now=over) == frozenset()
    digitising.forget_evidence(now=over)
    assert not DigitisedPaper.objects.exists()


def test_withdrawn_evidence_answers_for_nothing(reading, tuyet, scan):
    decide_all(reading)
    evidence_id = close(reading)
    hers = citizen(person=tuyet)
    public.withdraw_evidence(evidence_id, by=hers, now=LATER)

    with pytest.raises(EvidenceNotFound):
        public.evidence(evidence_id, hers, now=LATER)
    with pytest.raises(EvidenceNotFound):
        public.withdraw_evidence(evidence_id, by=hers, now=LATER)
    assert public.evidence_over([scan.id], now=LATER)


def test_evidence_keeps_its_paper_when_unused_files_go(reading, scan, monkeypatch):
    monkeypatch.setitem(ports._uses, "digitised", KeptAsEvidence())
    decide_all(reading)
    close(reading)
    a_night_passes(MONDAY_9AM + timedelta(days=30))

    assert public.file_by_id(scan.id).id == scan.id


def test_a_picture_of_a_page_is_drawn_for_the_screen(scan):
    shown = public.page_picture(scan.id, 1)

    assert shown[:3] == b"\xff\xd8\xff"


def test_a_sideways_picture_is_read_as_it_is_shown(tuyet):
    turned = a_file(a_photo(orientation=6), by=DESK, owner_person_id=tuyet)
    reading_id = ask(turned)
    read_now(reading_id, now=MONDAY_9AM, by=RecordedReader())

    assert seen(reading_id).shapes == (799,)


def test_a_sensitive_paper_is_read_by_who_is_cleared(reading, scan):
    uncleared = officer(Role.RECEIVER, cleared_for=frozenset())
    classify_alone(scan.id, now=MONDAY_9AM)

    with pytest.raises(ClearanceNeeded):
        ask(scan, by=uncleared)
    with pytest.raises(ClearanceNeeded):
        decide(reading, "number", ReadDecision.CONFIRMED, by=uncleared)


@owns_transaction
def classify_alone(file_id, *, now) -> None:
    public.classify(file_id, DataClass.PERSONAL_SENSITIVE)
    record(action="tests.classify", subject="test", actor=DESK)
