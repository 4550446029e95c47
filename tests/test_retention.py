"""What is past its period goes, once, with a trace and a certificate; what is held back stays."""

from datetime import timedelta

import pytest

from motcua.contexts.archive.testing import an_approved_list
from motcua.contexts.casework.models import Case
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.models import Dossier, DossierPaper, Draft
from motcua.contexts.dossiers.testing import BIRTH, a_submitted_birth
from motcua.contexts.notifications.models import Notification
from motcua.contexts.notifications.testing import told
from motcua.contexts.privacy.actions import retention
from motcua.contexts.privacy.contracts import (
    HoldExists,
    HoldGround,
    HoldMalformed,
    HoldNotFound,
    PlaceHold,
    Right,
)
from motcua.contexts.privacy.models import DataRequest, DisposalRun, Tombstone
from motcua.contexts.privacy.queries import retention as queries
from motcua.contexts.privacy.queries.held import given_by
from motcua.contexts.privacy.rules.schedule import periods
from motcua.contexts.privacy.testing import asked, duyen, granted, tuyet
from motcua.kernel.forms import Answer, Provenance, ProvenanceKind, sheet_table
from motcua.kernel.holdings import disposals
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city")
LATER = MONDAY_9AM + timedelta(days=91)


def a_draft(person) -> Draft:
    begun = dossiers.begin_draft(BIRTH, ward_code="26740", actor=person, now=MONDAY_9AM)
    return Draft.objects.get(pk=begun.draft_id)


def a_hold(code: str, *, days: int = 400) -> PlaceHold:
    until = (MONDAY_9AM + timedelta(days=days)).date()
    return PlaceHold(code=code, ground=HoldGround.COURT, reason="Tòa yêu cầu giữ", until=until)


def test_every_kind_that_ends_has_a_period():
    assert set(disposals()) <= set(periods())
    assert all(period.mark for period in periods().values())


def test_nothing_goes_before_its_period_is_over():
    draft = a_draft(tuyet())

    retention.run(now=MONDAY_9AM + timedelta(days=89))

    assert Draft.objects.filter(pk=draft.pk).exists()
    assert not Tombstone.objects.exists()


def test_a_draft_past_its_period_goes_and_leaves_a_trace_without_values():
    draft = a_draft(tuyet())
    assert queries.preview(LATER)["dossiers.draft"] == 1

    retention.run(now=LATER)

    run, trace = DisposalRun.objects.get(), Tombstone.objects.get()
    assert not Draft.objects.filter(pk=draft.pk).exists()
    assert (trace.record, trace.kind, run.records) == (draft.pk, "dossiers.draft", 1)
    assert documents.read_file(run.certificate_id).startswith(b"%PDF")
    assert queries.preview(LATER)["dossiers.draft"] == 0


def test_running_again_disposes_of_nothing_twice():
    a_draft(tuyet())
    retention.run(now=LATER)

    retention.run(now=LATER + timedelta(days=1))

    assert Tombstone.objects.count() == 1
    assert [run.records for run in DisposalRun.objects.order_by("started_at")] == [1, 0]


def test_a_run_killed_half_way_goes_on_the_next_night():
    person = tuyet()
    a_draft(person)
    retention.begin(now=LATER)
    killed = DisposalRun.objects.get()
    retention.step("dossiers.draft", killed.id, now=LATER)

    retention.run(now=LATER + timedelta(days=1))

    run = DisposalRun.objects.get()
    assert run.id == killed.id
    assert run.ended_at is not None
    assert (run.records, Tombstone.objects.filter(run=run).count()) == (1, 1)


def test_what_is_held_back_stays_until_the_hold_is_lifted():
    person, officer = tuyet(), duyen()
    told(person.person_id, subject="H29.99-20261123-0000042")
    much_later = MONDAY_9AM + timedelta(days=800)
    retention.place_hold(a_hold("H29.99-20261123-0000042", days=900), actor=officer, now=MONDAY_9AM)

    retention.run(now=much_later)
    assert Notification.objects.count() == 1
    hold = queries.holds(much_later)[0]
    retention.lift_hold(hold.id, actor=officer, now=much_later)
    retention.run(now=much_later + timedelta(minutes=1))

    assert Notification.objects.count() == 0
    with pytest.raises(HoldNotFound):
        retention.lift_hold(hold.id, actor=officer, now=much_later)


def test_a_hold_says_of_what_why_and_until_when():
    officer = duyen()
    retention.place_hold(a_hold("A"), actor=officer, now=MONDAY_9AM)

    with pytest.raises(HoldExists):
        retention.place_hold(a_hold("A"), actor=officer, now=MONDAY_9AM)
    with pytest.raises(HoldMalformed):
        retention.place_hold(a_hold("B", days=0), actor=officer, now=MONDAY_9AM)
    with pytest.raises(HoldMalformed):
        retention.place_hold(a_hold(" "), actor=officer, now=MONDAY_9AM)


def test_a_dossier_past_its_period_keeps_its_skeleton_and_loses_its_values():
    code = a_submitted_birth(tuyet(), now=MONDAY_9AM)
    Case.objects.filter(code=code).update(phase="ENDED", status=10, ended_at=MONDAY_9AM)
    later = MONDAY_9AM + timedelta(days=3654)
    retention.run(now=later)
    assert Dossier.objects.get(code=code).erased_at is None  # nobody has let it go
    an_approved_list(code, now=later)

    retention.run(now=later + timedelta(minutes=1))

    row = Dossier.objects.get(code=code)
    assert (row.sheet, row.comment) == ({}, None)
    assert row.erased_at is not None
    assert not DossierPaper.objects.filter(dossier=row, file__isnull=False).exists()
    assert Case.objects.filter(code=code).exists()


def test_a_person_has_erased_what_no_duty_keeps_and_nothing_else():
    person, officer = tuyet(), duyen()
    draft, code = a_draft(person), a_submitted_birth(person, now=MONDAY_9AM)
    wish = asked(Right.DELETE, person).code

    granted(wish, officer)

    assert not Draft.objects.filter(pk=draft.pk).exists()
    assert Dossier.objects.get(code=code).sheet != {}
    assert Tombstone.objects.get().request_id == DataRequest.objects.get(code=wish).pk


def test_a_consent_taken_back_empties_what_registers_filled_in():
    person, officer = tuyet(), duyen()
    draft = a_draft(person)
    filled = Provenance(kind=ProvenanceKind.REGISTER, source="population", at=MONDAY_9AM)
    typed = Provenance(kind=ProvenanceKind.DECLARED, at=MONDAY_9AM)
    draft.sheet = sheet_table({"a": Answer("từ dân cư", filled), "b": Answer("tự điền", typed)})
    draft.save()
    consent = given_by(person.person_id)[0]

    granted(asked(Right.WITHDRAW, person, target=consent.key).code, officer)

    draft.refresh_from_db()
    assert set(draft.sheet) == {"b"}
    assert given_by(person.person_id) == ()
