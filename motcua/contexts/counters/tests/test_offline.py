"""Received without a network: ranges, signatures, differences, settlement."""

import json
from datetime import timedelta

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.counters.actions import machines, syncing
from motcua.contexts.counters.contracts.offline import (
    AlreadySettled,
    ChoiceNeeded,
    DeviceNeedsName,
    DeviceNotFound,
    DeviceRevoked,
    EntryChanged,
    EntryMalformed,
    EntryState,
    HourNeeded,
    KeyMalformed,
    NumberTaken,
    Odd,
    RangeNotFound,
    Settle,
    SignatureWrong,
    SignedEntry,
)
from motcua.contexts.counters.queries import offline as queries
from motcua.contexts.counters.tests.machine import a_key, a_machine
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import NationalStatus
from motcua.contexts.identity.testing import a_person, an_officer_account, own_actor
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel.testing import MONDAY_9AM

LATER = MONDAY_9AM + timedelta(hours=2)
AT = MONDAY_9AM + timedelta(minutes=30)


@pytest.fixture
def khue(small_city: None):
    return own_actor(an_officer_account("khue", officer_id=the_officer("khue").id))


@pytest.fixture
def window(khue):
    return a_machine(khue, now=MONDAY_9AM)


def sent(window, said, actor, *, now=LATER):
    signed = SignedEntry(device_id=window.id, **window.signs(said))
    return syncing.take_entry(signed, actor=actor, now=now)


def odd_of(answer, actor):
    row = queries.entry_row(answer.id, actor, now=LATER)
    return {one.odd: (one.ours, one.city) for one in queries.differences_of(row)}


def test_a_machine_needs_a_name_a_real_key_and_somebody_who_receives(khue):
    _key, public = a_key()

    with pytest.raises(DeviceNeedsName):
        machines.register_device(" ", public, actor=khue, now=MONDAY_9AM)
    with pytest.raises(KeyMalformed):
        machines.register_device("Quầy", "AAAA", actor=khue, now=MONDAY_9AM)
    with pytest.raises(DeviceNotFound):
        van = acting("van", MONDAY_9AM.date())
        machines.register_device("Quầy", public, actor=van, now=MONDAY_9AM)


def test_what_the_machine_did_not_sign_is_not_taken(khue, window):
    said = window.entry(at=AT)
    signed = window.signs(said)
    stranger, _public = a_key()

    with pytest.raises(SignatureWrong):
        changed = signed["body"].replace("ABC234", "ABC235")
        one = SignedEntry(device_id=window.id, body=changed, signature=signed["signature"])
        syncing.take_entry(one, actor=khue, now=LATER)
    window.key = stranger
    with pytest.raises(SignatureWrong):
        sent(window, said, khue)


def test_an_entry_is_refused_whose_number_is_not_of_its_range_or_has_another_day(khue, window):
    other = a_machine(khue, now=MONDAY_9AM, name="Quầy số 4")
    said = window.entry(at=AT)

    with pytest.raises(EntryMalformed):
        sent(window, said | {"serial": window.ranges[-1].last + 1}, khue)
    with pytest.raises(EntryMalformed):
        sent(window, said | {"at": (AT + timedelta(days=1)).isoformat()}, khue)
    with pytest.raises(RangeNotFound):
        sent(window, said | {"range": str(other.ranges[0].id)}, khue)
    with pytest.raises(EntryMalformed):
        sent(window, {"kind": "reception"}, khue)


def test_another_desk_knows_nothing_of_the_machine(khue, window):
    stranger = acting("ngan", MONDAY_9AM.date())

    with pytest.raises(DeviceNotFound):
        sent(window, window.entry(at=AT), stranger)


def test_a_machine_gets_numbers_of_its_own_signed_and_no_more_than_two_ranges(khue, window):
    again = machines.take_ranges(window.id, actor=khue, now=LATER).ranges
    other = a_machine(khue, now=MONDAY_9AM, name="Quầy số 4")
    online = dossiers.take_block()

    assert [one.id for one in again] == [one.id for one in window.ranges]
    firsts = {one.first for one in (*window.ranges, *other.ranges)} | {online}
    assert len(firsts) == 5
    assert all(machines.is_genuine(one) for one in again)


def test_a_revoked_machine_gets_no_numbers_and_what_it_took_in_is_looked_at(khue, window):
    said = window.entry(at=AT)
    machines.revoke_device(window.id, actor=khue, now=MONDAY_9AM + timedelta(hours=1))

    with pytest.raises(DeviceRevoked):
        machines.take_ranges(window.id, actor=khue, now=LATER)
    with pytest.raises(DeviceRevoked):
        machines.revoke_device(window.id, actor=khue, now=LATER)
    answer = sent(window, said, khue)

    assert answer.state is EntryState.WAITING
    assert odd_of(answer, khue)[Odd.RANGE][1] == "Dải số đã bị thu hồi"


def test_an_entry_becomes_one_dossier_however_often_it_is_sent(khue, window):
    said = window.entry(at=AT)

    first, again = sent(window, said, khue), sent(window, said, khue, now=LATER)
    with pytest.raises(EntryChanged):
        sent(window, said | {"secret": "XYZ234"}, khue)
    with pytest.raises(NumberTaken):
        sent(window, said | {"id": "00000000-0000-7000-8000-000000000001"}, khue)

    case = casework.case(said["code"])
    assert first == again and first.state is EntryState.RECEIVED
    assert (case.status, case.started_at) == (NationalStatus.RECEIVED, AT)


def test_a_spoilt_number_is_accounted_for(khue, window):
    spoilt = sent(window, window.void(at=AT), khue)
    sent(window, window.entry(at=AT), khue)
    first = window.ranges[0]
    machines.return_range(first.id, first.first + 15, actor=khue, now=LATER)
    machines.return_range(first.id, first.first + 15, actor=khue, now=LATER)

    found = {one.range.id: one for one in queries.accounts(khue, now=LATER)}[first.id]
    assert spoilt.state is EntryState.VOID
    assert (found.received, found.void, found.returned, found.out) == (1, 1, 5, 13)
    assert found.adds_up
    with pytest.raises(RangeNotFound):
        machines.return_range(first.id, first.last + 2, actor=khue, now=LATER)


def test_every_field_that_differs_is_shown_beside_what_the_city_knows(khue, window):
    person = a_person()
    told = {"number": "079190999001", "name": "Nguyễn Thị Ánh", "born_on": "1990-05-13"}

    answer = sent(
        window,
        window.entry(at=AT, person=told, version=9, fee=5000, due=AT.isoformat()),
        khue,
    )

    odd = odd_of(answer, khue)
    assert answer.state is EntryState.WAITING
    assert set(odd) == {Odd.NAME, Odd.BORN, Odd.VERSION, Odd.FEE, Odd.DUE}
    assert odd[Odd.NAME] == ("Nguyễn Thị Ánh", person.full_name)
    assert odd[Odd.BORN] == ("13/05/1990", "12/05/1990")
    assert odd[Odd.VERSION] == ("Bản số 9", "Bản số 1")


def test_an_officer_chooses_for_each_field_and_the_printed_number_stays(khue, window):
    person = a_person()
    told = {"number": "079190999001", "name": "Nguyễn Thị Ánh", "born_on": "1990-05-12"}
    said = window.entry(at=AT, person=told)
    answer = sent(window, said, khue)

    with pytest.raises(ChoiceNeeded):
        syncing.settle_entry(Settle(entry_id=answer.id, choices={}), actor=khue, now=LATER)
    chosen = Settle(entry_id=answer.id, choices={Odd.NAME: "city"})
    done = syncing.settle_entry(chosen, actor=khue, now=LATER)
    with pytest.raises(AlreadySettled):
        syncing.settle_entry(chosen, actor=khue, now=LATER)

    view = dossiers.dossier(said["code"], khue, now=LATER)
    assert done.state is EntryState.RECEIVED and done.code == said["code"]
    assert view.applicant_person_id == person.id
    assert sent(window, said, khue) == done


def test_a_second_dossier_of_the_same_matter_is_asked_about_and_may_be_given_up(khue, window):
    first = window.entry(at=AT)
    second = window.entry(at=AT, person=first["person"])
    sent(window, first, khue)

    answer = sent(window, second, khue)
    assert first["code"] in odd_of(answer, khue)[Odd.SAME][1]
    done = syncing.settle_entry(
        Settle(entry_id=answer.id, choices={Odd.SAME: "void"}), actor=khue, now=LATER
    )

    assert done.state is EntryState.VOID
    assert queries.waiting_entries(khue, now=LATER) == ()


def test_a_wrong_clock_needs_the_true_hour_between_the_range_and_now(khue, window):
    wrong = MONDAY_9AM + timedelta(hours=9)
    answer = sent(window, window.entry(at=wrong), khue)
    choice = {Odd.CLOCK: "city"}

    for at in (None, MONDAY_9AM - timedelta(hours=1), LATER + timedelta(hours=1)):
        with pytest.raises(HourNeeded):
            settle = Settle(entry_id=answer.id, choices=choice, at=at)
            syncing.settle_entry(settle, actor=khue, now=LATER)
    settle = Settle(entry_id=answer.id, choices=choice, at=AT)
    done = syncing.settle_entry(settle, actor=khue, now=LATER)

    assert casework.case(done.code).started_at == AT


def test_a_paper_that_the_rules_miss_makes_a_slip_of_guidance(khue, window):
    answer = sent(window, window.entry(at=AT, shown=[]), khue)

    assert "giấy chứng sinh" in odd_of(answer, khue)[Odd.REFUSED][1].lower()
    settle = Settle(entry_id=answer.id, choices={Odd.REFUSED: "guide"})
    done = syncing.settle_entry(settle, actor=khue, now=LATER)

    view = dossiers.dossier(done.code, khue, now=LATER)
    assert view.status == NationalStatus.REGISTERED
    assert [item.component_key for item in view.open_supplement.items] == ["giay_chung_sinh"]


@pytest.mark.parametrize(
    "odd",
    [
        {"at": "0001-01-01T00:00:00+14:00"},
        {"at": "9999-12-31T23:59:00-12:00"},
        {"serial": float("inf")},
        {"version": float("nan")},
        {"answers": {"birth_place": "\x00"}},
        {"reason": "\ud83d"},
        {"officer": "00000000-0000-7000-8000-000000000001"},
        {"person": {"number": "079190999005", "name": "Mai Sau", "born_on": "2999-01-01"}},
    ],
)
def test_what_cannot_be_stored_is_refused_and_fails_nothing_else(khue, window, odd):
    said = window.entry(at=AT)

    with pytest.raises((EntryMalformed, SignatureWrong)):
        sent_as_is(window, said | odd, khue)

    assert sent(window, said, khue).state is EntryState.RECEIVED


def sent_as_is(window, said, actor):
    """With every odd character escaped, as a browser writes them."""
    body = json.dumps(said)
    signed = SignedEntry(device_id=window.id, **window.signs_text(body))
    return syncing.take_entry(signed, actor=actor, now=LATER)


def test_a_phone_typed_wrong_does_not_undo_a_reception(khue, window):
    said = window.entry(at=AT)
    said["person"]["phone"] = "09 0"

    assert sent(window, said, khue).state is EntryState.RECEIVED
