"""Clearance: training and commitment, both in force; the lapse counts from its first day."""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.identity.actions.clearance import (
    cancel_training,
    record_training,
    sign_commitment,
    warn_of_lapses,
)
from motcua.contexts.identity.contracts.clearance import (
    AgreementMissing,
    CertificateMalformed,
    CommitmentChanged,
    CommitmentUnknown,
    OwnTraining,
    TrainingInFuture,
    TrainingNotFound,
    TrainingOver,
)
from motcua.contexts.identity.models import ClearanceWarning, Commitment, Training
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.rules.clearance import (
    WARNED_BEFORE,
    clearance,
    mark_reached,
    text_to_sign,
    texts,
)
from motcua.contexts.identity.testing import an_officer_account, cleared, signed_in
from motcua.contexts.organisations.contracts import NotYourOfficer, OfficerNotFound
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel import clock
from motcua.kernel.access import WrongRole
from motcua.kernel.clearance import (
    WITHHELD,
    ClearanceNeeded,
    check_may_read,
    may_read,
    shown_or_withheld,
)
from motcua.kernel.clock import CITY_TZ, city_date
from motcua.kernel.db import uuid7
from motcua.kernel.forms import FieldType, Question
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.period import Period
from motcua.kernel.privacy import DataClass
from motcua.kernel.testing import citizen, officer

SENSITIVE, SECRET = DataClass.PERSONAL_SENSITIVE, DataClass.DENOUNCER_SECRET
TODAY = date(2026, 11, 23)
# Published texts never change: an officer signed exactly this.
PUBLISHED = {
    "NC-2026.1": "986f4eee904b0903666dfede9fed230217b831cc55a819a0bc671abeadb69a5a",
    "TC-2026.1": "4c9a0db295e017b9c8919ebf7da033b9227f8dc24f50abb754063fe9abae3900",
}


def at(on: date) -> datetime:
    return datetime.combine(on, time(9), CITY_TZ)


def days(first: int, last: int) -> Period:
    return Period(TODAY + timedelta(days=first), TODAY + timedelta(days=last))


def test_training_without_commitment_opens_nothing():
    found = clearance(SENSITIVE, [days(-10, 10)], [], TODAY)

    assert (found.holds, found.until) == (False, None)


def test_access_ends_with_the_first_of_the_two():
    found = clearance(SENSITIVE, [days(-10, 50)], [days(-10, 20)], TODAY)

    assert found.until == TODAY + timedelta(days=20)


periods = st.lists(
    st.tuples(st.integers(-40, 40), st.integers(1, 40)).map(lambda at: days(at[0], sum(at))),
    max_size=4,
)


@given(periods, periods, st.integers(-45, 85))
def test_cleared_on_a_day_means_trained_and_committed_on_that_day(trained, committed, ahead):
    on = TODAY + timedelta(days=ahead)

    found = clearance(SENSITIVE, trained, committed, on)

    both = any(p.contains(on) for p in trained) and any(p.contains(on) for p in committed)
    assert found.holds == both
    if found.until:
        last = found.until - timedelta(days=1)
        assert clearance(SENSITIVE, trained, committed, last).holds


@given(st.integers(-3, 60), st.sets(st.sampled_from(WARNED_BEFORE)))
def test_a_mark_is_told_once_and_never_after_the_lapse(left, told):
    mark = mark_reached(TODAY + timedelta(days=left), TODAY, told)

    if mark is None:
        assert (
            left < 1
            or left > max(WARNED_BEFORE)
            or min(days for days in WARNED_BEFORE if left <= days) in told
        )
    else:
        assert 1 <= left <= mark
        assert mark not in told


@pytest.mark.parametrize("text", texts(), ids=lambda text: text.version)
def test_a_published_text_never_changes(text):
    assert text.digest.hex() == PUBLISHED[text.version]


def test_the_last_text_of_a_class_is_the_one_to_sign():
    assert text_to_sign(SENSITIVE).data_class is SENSITIVE
    with pytest.raises(CommitmentUnknown):
        text_to_sign(DataClass.OPEN)


def test_only_sensitive_classes_ask_for_clearance_and_only_of_officers():
    bare = officer(cleared_for=frozenset())

    assert may_read(DataClass.PERSONAL_BASIC, bare)
    assert not may_read(SENSITIVE, bare)
    assert may_read(SENSITIVE, bare, own=True)
    assert may_read(SENSITIVE, citizen())
    with pytest.raises(ClearanceNeeded):
        check_may_read(SECRET, bare)


def test_a_withheld_value_says_why_and_nothing_stays_nothing():
    question = Question(key="e", label="Dân tộc", type=FieldType.TEXT, data_class=SENSITIVE)
    bare = officer(cleared_for=frozenset())

    assert shown_or_withheld("Kinh", question, bare) == WITHHELD
    assert shown_or_withheld("", question, bare) == ""
    assert shown_or_withheld("Kinh", question, officer()) == "Kinh"


@pytest.fixture
def bao(small_city):
    """Lê Quốc Bảo, who was neither trained nor has signed."""
    return an_officer_account("bao", officer_id=the_officer("bao").id, is_cleared=False)


def trained(name: str = "bao", *, by: str = "nghia", on: date = TODAY, **more):
    given = {"certificate": "12/GCN-TH", "completed_on": on} | more
    who = the_officer(name).id
    return record_training(who, SENSITIVE, actor=acting(by, on), now=at(TODAY), **given)


def signed(account, on: date = TODAY):
    me = actor_of(account, assurance=2, now=at(on))
    version = text_to_sign(SENSITIVE).version
    return sign_commitment(SENSITIVE, version=version, agreed=True, actor=me, now=at(on))


def reads(account, on: date) -> bool:
    return may_read(SENSITIVE, actor_of(account, assurance=2, now=at(on)))


def test_who_was_trained_and_has_signed_reads_until_the_day_of_the_lapse(bao):
    trained()
    assert not reads(bao, TODAY)
    signed(bao)

    assert reads(bao, TODAY)
    assert reads(bao, TODAY + timedelta(days=364))
    assert not reads(bao, TODAY + timedelta(days=365))


def test_the_signed_text_is_kept_by_version_and_hash(bao):
    signed(bao)

    kept, text = Commitment.objects.get(), text_to_sign(SENSITIVE)
    assert (kept.version, bytes(kept.text_hash)) == (text.version, text.digest)
    leaf = LedgerLeaf.objects.get(action="identity.sign_commitment")
    assert text.digest.hex() in str(leaf.body)


def test_a_cancelled_training_ends_access_at_once(bao):
    done = trained()
    signed(bao)

    cancel_training(done.training_id, actor=acting("nghia", TODAY), now=at(TODAY))

    assert not reads(bao, TODAY)
    with pytest.raises(TrainingNotFound):
        cancel_training(done.training_id, actor=acting("nghia", TODAY), now=at(TODAY))


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"by": "bao"}, OwnTraining),
        ({"by": "khue"}, NotYourOfficer),
        ({"certificate": "của Bảo, số 12"}, CertificateMalformed),
        ({"completed_on": TODAY + timedelta(days=1)}, TrainingInFuture),
        ({"completed_on": TODAY - timedelta(days=730)}, TrainingOver),
    ],
)
def test_a_training_needs_a_head_a_paper_and_a_day(bao, wrong, refusal):
    with pytest.raises(refusal):
        trained(**wrong)

    assert Training.objects.filter(officer_id=bao.officer_id).count() == 0


def test_nobody_is_trained_who_is_not_on_the_staff(bao):
    with pytest.raises(OfficerNotFound):
        record_training(
            uuid7(), SENSITIVE, certificate="1", completed_on=TODAY,
            actor=acting("quynh", TODAY), now=at(TODAY),
        )  # fmt: skip


def test_an_old_text_or_no_agreement_is_not_a_signature(bao):
    me, version = actor_of(bao, assurance=2, now=at(TODAY)), text_to_sign(SENSITIVE).version

    with pytest.raises(CommitmentChanged):
        sign_commitment(SENSITIVE, version="NC-1999.1", agreed=True, actor=me, now=at(TODAY))
    with pytest.raises(AgreementMissing):
        sign_commitment(SENSITIVE, version=version, agreed=False, actor=me, now=at(TODAY))
    with pytest.raises(WrongRole):
        sign_commitment(SENSITIVE, version=version, agreed=True, actor=citizen(), now=at(TODAY))


def test_a_lapse_is_told_at_each_mark_and_once(bao):
    cleared(bao.officer_id, until=TODAY + timedelta(days=30))

    for ahead in (0, 0, 1, 23, 29, 30):
        warn_of_lapses(now=at(TODAY + timedelta(days=ahead)))

    told = ClearanceWarning.objects.filter(officer_id=bao.officer_id, data_class=SENSITIVE)
    assert sorted(told.values_list("days_before", flat=True)) == sorted(WARNED_BEFORE)


@pytest.fixture
def desk(bao) -> Client:
    return signed_in(Client(), bao)


def test_an_officer_signs_on_the_page_and_reads_until_when(desk, bao):
    trained(on=city_date(clock.now()) - timedelta(days=10))
    before = desk.get("/toi/cam-ket").content.decode()
    version = text_to_sign(SENSITIVE).version

    answer = desk.post(
        "/toi/cam-ket",
        {"data_class": SENSITIVE, "version": version, "agreed": "1", "idempotency_key": "k"},
    )

    assert "Bạn còn thiếu: ký cam kết." in before
    assert answer.status_code == 303
    assert "Được xem đến hết" in desk.get("/toi/cam-ket").content.decode()


def test_a_page_sent_without_agreement_says_what_is_missing(desk):
    version = text_to_sign(SENSITIVE).version

    answer = desk.post(
        "/toi/cam-ket", {"data_class": SENSITIVE, "version": version, "idempotency_key": "k"}
    )

    assert answer.status_code == 422
    assert AgreementMissing.sentence in answer.content.decode()


def training_form(**more: str) -> dict[str, str]:
    on = city_date(clock.now())
    return {
        "staff_no": "bao", "data_class": SENSITIVE.value, "certificate": "12/GCN-TH",
        "completed_on.day": str(on.day), "completed_on.month": str(on.month),
        "completed_on.year": str(on.year), "idempotency_key": "k",
    } | more  # fmt: skip


def test_a_head_records_a_training_and_takes_it_back(bao):
    head = signed_in(Client(), an_officer_account("nghia", officer_id=the_officer("nghia").id))

    answer = head.post("/ban/cam-ket", training_form())
    row = Training.objects.get(officer_id=bao.officer_id)
    shown = head.get("/ban/cam-ket").content.decode()
    head.post(f"/ban/cam-ket/{row.id}/huy", {"idempotency_key": "k2"})

    assert answer.status_code == 303
    assert "giấy 12/GCN-TH" in shown
    assert Training.objects.get(id=row.id).cancelled_at is not None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"staff_no": "nobody"}, OfficerNotFound.sentence),
        ({"completed_on.day": "x"}, "Bạn ghi ngày hoàn thành"),
        ({"certificate": "?"}, "Số giấy chứng nhận"),
    ],
)
def test_a_wrong_training_form_comes_back_with_its_sentence(bao, typed, sentence):
    head = signed_in(Client(), an_officer_account("nghia", officer_id=the_officer("nghia").id))

    answer = head.post("/ban/cam-ket", training_form(**typed))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_administrator_sees_who_lapses_and_not_everybody(bao):
    cleared(the_officer("khue").id, until=city_date(clock.now()) + timedelta(days=5))
    office = signed_in(Client(), an_officer_account("quynh", officer_id=the_officer("quynh").id))

    shown = office.get("/ban/cam-ket").content.decode()

    assert the_officer("khue").full_name in shown
    assert the_officer("nghia").full_name not in shown
