"""Papers change hands with two signatures; what is missing is named and stays somebody's."""

from datetime import timedelta

import pytest
from django.test import Client

from motcua.contexts.counters.actions import bundling
from motcua.contexts.counters.contracts.bundles import (
    Arrival,
    BundleEmpty,
    BundleMoved,
    BundleNotFound,
    BundleState,
    Carrier,
    HolderKind,
    LineState,
    LineUntold,
    NoteNeeded,
    NotHeldHere,
    NotTheirUnit,
    TrackingMissing,
    WrongDestination,
)
from motcua.contexts.counters.queries import bundles
from motcua.contexts.counters.testing import a_paper_birth, the_desk
from motcua.contexts.counters.tests.test_queue_pages import send, text_of
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_person,
    an_officer_account,
    signed_in,
)
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel.testing import MONDAY_9AM

pytestmark = pytest.mark.usefixtures("small_city")
NOW = MONDAY_9AM
TODAY = NOW.date()


@pytest.fixture
def tuyet(small_city):
    return a_person()


@pytest.fixture
def khue(small_city):
    return acting("khue", TODAY)


@pytest.fixture
def bao(small_city):
    """Where the birth is registered."""
    return acting("bao", TODAY)


@pytest.fixture
def division(small_city):
    return organisations.unit("H29.99.26740.2").id


@pytest.fixture
def waiting(tuyet, khue):
    """One dossier on paper at the desk of Bến Thành, for Sài Gòn."""
    code = a_paper_birth(khue, tuyet.id, now=NOW)
    [found] = bundles.to_hand_on(khue, now=NOW)
    assert found.code == code
    return found


def items_of(found):
    return [(found.code, paper.id) for paper in found.papers]


def listed(found, division, *, by, carrier=Carrier.HAND, reference=""):
    made = bundling.make_bundle(
        items_of(found),
        to_unit_id=division,
        carrier=carrier,
        reference=reference,
        actor=by,
        now=NOW,
    )
    return made.bundle_id


def arrivals(bundle_id, actor, *states):
    lines = bundles.bundle(bundle_id, actor, now=NOW).lines
    return [
        Arrival(line_id=line.id, state=state, note="" if state is LineState.ARRIVED else "rách")
        for line, state in zip(lines, states, strict=True)
    ]


def test_only_papers_that_lie_there_go_where_they_are_wanted(waiting, division, khue, bao):
    with pytest.raises(BundleEmpty):
        bundling.make_bundle([], to_unit_id=division, carrier=Carrier.HAND, actor=khue, now=NOW)
    with pytest.raises(NotTheirUnit):
        listed(waiting, division, by=bao)
    with pytest.raises(NotHeldHere):
        listed(waiting, division, by=acting("phat", TODAY))
    with pytest.raises(WrongDestination):
        listed(waiting, the_desk(), by=khue)
    with pytest.raises(TrackingMissing):
        listed(waiting, division, by=khue, carrier=Carrier.POST)
    with pytest.raises(NotHeldHere):
        bundling.make_bundle(
            [(waiting.code, "khong-co")],
            to_unit_id=division,
            carrier=Carrier.HAND,
            actor=khue,
            now=NOW,
        )


def test_a_paper_is_on_one_list_at_a_time(waiting, division, khue):
    first = listed(waiting, division, by=khue)

    with pytest.raises(NotHeldHere):
        listed(waiting, division, by=khue)
    bundling.drop_bundle(first, actor=khue, now=NOW)
    assert listed(waiting, division, by=khue)


def test_two_sign_and_each_paper_is_told(waiting, division, khue, bao):
    bundle_id = listed(waiting, division, by=khue)
    here, there = LineState.ARRIVED, LineState.ARRIVED

    with pytest.raises(BundleMoved):
        bundling.take_bundle(bundle_id, [], actor=bao, now=NOW)
    with pytest.raises(NotTheirUnit):
        bundling.give_bundle(bundle_id, actor=bao, now=NOW)
    bundling.give_bundle(bundle_id, actor=khue, now=NOW)
    with pytest.raises(NotTheirUnit):
        bundling.take_bundle(bundle_id, [], actor=khue, now=NOW)
    with pytest.raises(LineUntold):
        bundling.take_bundle(bundle_id, [], actor=bao, now=NOW)
    bundling.take_bundle(bundle_id, arrivals(bundle_id, bao, here, there), actor=bao, now=NOW)

    found = bundles.bundle(bundle_id, bao, now=NOW)
    assert (found.state, found.borderless) == (BundleState.TAKEN, True)
    assert {holder.unit_id for _, holder in bundles.holders(waiting.code).values()} == {division}
    assert bundles.to_hand_on(khue, now=NOW) == ()
    with pytest.raises(BundleMoved):
        bundling.drop_bundle(bundle_id, actor=khue, now=NOW)


def test_a_list_of_others_is_not_there(waiting, division, khue):
    bundle_id = listed(waiting, division, by=khue)

    with pytest.raises(BundleNotFound):
        bundles.bundle(bundle_id, acting("phat", TODAY), now=NOW)


def test_what_is_missing_stays_with_its_carrier_until_it_is_found(waiting, division, khue, bao):
    bundle_id = listed(waiting, division, by=khue, carrier=Carrier.POST, reference="VN999")
    bundling.give_bundle(bundle_id, actor=khue, now=NOW)
    told = arrivals(bundle_id, bao, LineState.ARRIVED, LineState.MISSING)
    with pytest.raises(NoteNeeded):
        wrong = [told[0], Arrival(line_id=told[1].line_id, state=LineState.MISSING)]
        bundling.take_bundle(bundle_id, wrong, actor=bao, now=NOW)
    bundling.take_bundle(bundle_id, told, actor=bao, now=NOW)

    lost = [holder for _, holder in bundles.holders(waiting.code).values() if holder.missing]
    assert [(one.kind, one.unit_id) for one in lost] == [(HolderKind.CARRIER, the_desk())]
    found = Arrival(line_id=told[1].line_id, state=LineState.ARRIVED)
    bundling.find_paper(bundle_id, found, actor=bao, now=NOW + timedelta(days=2))
    with pytest.raises(BundleMoved):
        bundling.find_paper(bundle_id, found, actor=bao, now=NOW + timedelta(days=2))
    assert not [1 for _, holder in bundles.holders(waiting.code).values() if holder.missing]


def test_a_list_from_tick_to_signature_on_its_pages(tuyet, waiting, division):
    khue, bao = (
        signed_in(Client(), an_officer_account(one, officer_id=the_officer(one).id))
        for one in ("khue", "bao")
    )
    owner = signed_in(Client(), a_citizen_account(tuyet))
    originals = f"/ho-so/{waiting.code}/giay-goc"
    ticked = [f"{code}|{item}" for code, item in items_of(waiting)]

    assert "chưa chuyển đi đâu" in text_of(owner.get(originals))
    assert send(khue, "/quay/ban-giao", "1", to=division).status_code == 422
    url = send(khue, "/quay/ban-giao", "2", to=division, items=ticked, carrier="MESSENGER").url
    send(khue, f"{url}/giao", "3")
    assert "Đang trên đường" in text_of(owner.get(originals))
    lines = [line.id for line in bundles.bundle(url[-36:], acting("bao", TODAY), now=NOW).lines]
    untold = send(bao, f"{url}/nhan", "4", **{f"line.{lines[0]}": "MISSING"})
    assert untold.status_code == 422
    send(bao, f"{url}/nhan", "5", **{
        f"line.{lines[0]}": "ARRIVED", f"line.{lines[1]}": "MISSING",
        f"note.{lines[1]}": "không có trong bì",
    })  # fmt: skip

    assert "Nơi nhận báo chưa thấy" in text_of(owner.get(originals))
    assert "không có trong bì" in text_of(khue.get(url))
    send(bao, f"{url}/tim-thay", "6", **{f"line.{lines[1]}": "ARRIVED"})
    assert "Nơi nhận báo chưa thấy" not in text_of(owner.get(originals))
    assert "Đã nhận" in text_of(khue.get("/quay/ban-giao"))
