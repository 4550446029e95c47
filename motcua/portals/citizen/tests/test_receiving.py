"""Results on paper: fetched with a code, brought by post; changed until they have gone."""

from datetime import date

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers.actions.receiving import (
    choose_return,
    hand_over,
    hand_to_post,
    note_arrival,
)
from motcua.contexts.dossiers.contracts import NotYourDossier, ReturnForm
from motcua.contexts.dossiers.contracts.receiving import (
    AddressMissing,
    IdentityNotChecked,
    NotOnItsWay,
    PickupCodeWrong,
    PostAddress,
    ResultNotReady,
    ReturnSettled,
    TrackingMalformed,
)
from motcua.contexts.dossiers.queries import receiving
from motcua.contexts.identity.contracts.mandates import MandateRefused
from motcua.contexts.identity.testing import (
    a_mandate,
    a_person,
    an_officer_account,
    own_actor,
    signed_in,
)
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel import clock
from motcua.kernel.actors import Act
from motcua.kernel.models import LedgerLeaf
from motcua.portals.citizen.tests.conftest import Browser, text_of

HOME = PostAddress(
    recipient="Nguyễn Thị Ánh Tuyết", phone="0900000001", ward="26740", street="12 Lê Lợi"
)
TYPED = {
    "recipient": "Nguyễn Thị Ánh Tuyết",
    "phone": "0900 000 001",
    "place.ward": "26740",
    "place.street": "12 Lê Lợi",
}


@pytest.fixture
def account_of_ngan(small_city):
    return an_officer_account("ngan", officer_id=the_officer("ngan").id)


@pytest.fixture
def ngan(account_of_ngan):
    return own_actor(account_of_ngan, now=clock.now())


@pytest.fixture
def desk(account_of_ngan) -> Browser:
    return signed_in(Browser(), account_of_ngan)


@pytest.fixture
def on_paper(decided, actor) -> str:
    choose_return(decided, ReturnForm.COUNTER, actor=actor, now=clock.now())
    return decided


@pytest.fixture
def by_post(decided, actor) -> str:
    choose_return(decided, ReturnForm.POST, HOME, actor=actor, now=clock.now())
    return decided


def pickup_of(code: str, actor) -> str:
    return receiving.handover_of(code, actor, now=clock.now()).code


def state_of(code: str) -> int:
    return casework.case(code).status


def test_the_post_needs_an_address_and_the_way_is_the_owners_to_choose(decided, actor, ngan):
    now = clock.now()

    with pytest.raises(AddressMissing):
        choose_return(decided, ReturnForm.POST, actor=actor, now=now)
    with pytest.raises(NotYourDossier):
        choose_return(decided, ReturnForm.COUNTER, actor=ngan, now=now)


@pytest.mark.parametrize("place", ["", "/dia-chi"])
def test_a_foreign_delivery_does_not_exist(khoa, on_paper, place):
    url = f"/ho-so/{on_paper}/nhan-ket-qua{place}"

    assert khoa.get(url).status_code == 404
    assert khoa.send(url, {"return_form": "COUNTER", **TYPED}).status_code == 404


def test_the_owner_sees_the_code_and_the_desk_does_not(tuyet, on_paper, actor, ngan):
    code = pickup_of(on_paper, actor)

    page = text_of(tuyet.get(f"/ho-so/{on_paper}/nhan-ket-qua"))

    assert f"{code[:4]} {code[4:]}" in page
    assert "Kết quả đã ở quầy." in page
    assert pickup_of(on_paper, ngan) == ""
    assert "Mã nhận tại quầy" in text_of(tuyet.get(f"/ho-so/{on_paper}"))


def test_whoever_has_the_code_gets_the_result_once(on_paper, actor, ngan):
    now, pickup = clock.now(), pickup_of(on_paper, actor)
    with pytest.raises(PickupCodeWrong):
        hand_over(on_paper, "2222 2222", identity_seen=True, actor=ngan, now=now)
    with pytest.raises(IdentityNotChecked):
        hand_over(on_paper, pickup, identity_seen=False, actor=ngan, now=now)

    hand_over(on_paper, pickup.lower(), identity_seen=True, actor=ngan, now=now)

    assert state_of(on_paper) == 10
    told = receiving.handover_of(on_paper, actor, now=now)
    assert (told.taken_by, told.code) == ("Nguyễn Thị Ánh Tuyết", "")
    with pytest.raises(ResultNotReady):
        hand_over(on_paper, pickup, identity_seen=True, actor=ngan, now=now)
    with pytest.raises(ReturnSettled):
        choose_return(on_paper, ReturnForm.ELECTRONIC, actor=actor, now=now)
    assert pickup not in "".join(str(leaf.body) for leaf in LedgerLeaf.objects.order_by("id"))


def test_another_desk_finds_nothing_under_the_code(on_paper, actor, ngan):
    now, pickup = clock.now(), pickup_of(on_paper, actor)

    with pytest.raises(PickupCodeWrong):
        receiving.fetching(pickup, acting("khue", now.date()), now=now)
    assert receiving.fetching(pickup, ngan, now=now).code == on_paper
    assert on_paper in [one.code for one in receiving.waiting_results(ngan, now=now)]


def test_before_the_result_the_code_fetches_nothing(submitted, actor, ngan):
    code, now = submitted(), clock.now()
    choose_return(code, ReturnForm.COUNTER, actor=actor, now=now)
    pickup = pickup_of(code, actor)

    with pytest.raises(PickupCodeWrong):
        receiving.fetching(pickup, ngan, now=now)
    with pytest.raises(ResultNotReady):
        hand_over(code, pickup, identity_seen=True, actor=ngan, now=now)


def test_a_representative_takes_it_only_if_they_may_receive(on_paper, actor, ngan):
    now, pickup = clock.now(), pickup_of(on_paper, actor)
    khoa = a_person("Lê Minh Khoa", personal_number="079188999002")
    pays = a_mandate(actor.person_id, khoa.id, acts=[Act.PAY], now=now)
    takes = a_mandate(actor.person_id, khoa.id, acts=[Act.RECEIVE], now=now)
    able = receiving.fetching(pickup, ngan, now=now).representatives
    assert able == ((takes, "Lê Minh Khoa"),)
    with pytest.raises(MandateRefused):
        hand_over(on_paper, pickup, mandate_id=pays, identity_seen=True, actor=ngan, now=now)

    hand_over(on_paper, pickup, mandate_id=takes, identity_seen=True, actor=ngan, now=now)

    assert receiving.handover_of(on_paper, actor, now=now).taken_by == "Lê Minh Khoa"


def test_the_desk_scans_the_code_and_hands_over(tuyet, desk, on_paper, actor):
    pickup = pickup_of(on_paper, actor)
    assert desk.send("/ban/tra-ket-qua", {"pickup": "khong co"}).status_code == 422
    found = text_of(desk.send("/ban/tra-ket-qua", {"pickup": f"{on_paper} {pickup}"}))
    assert "Nguyễn Thị Ánh Tuyết, chủ hồ sơ" in found
    url = f"/ban/tra-ket-qua/{on_paper}/trao"
    unseen = desk.send(url, {"pickup": pickup})
    assert (unseen.status_code, "xem giấy tờ tùy thân" in text_of(unseen)) == (422, True)
    strange = {"pickup": pickup, "identity_seen": "yes", "mandate": "khong co"}
    assert desk.send(url, strange).status_code == 404

    desk.send(url, {"pickup": pickup, "identity_seen": "yes"})

    assert "Bạn đã nhận kết quả" in text_of(tuyet.get(f"/ho-so/{on_paper}"))


def test_the_post_takes_it_under_a_number_and_then_nothing_changes(by_post, actor, ngan):
    now = clock.now()
    with pytest.raises(NotOnItsWay):
        note_arrival(by_post, arrived=True, actor=ngan, now=now)
    with pytest.raises(TrackingMalformed):
        hand_to_post(by_post, "x", actor=ngan, now=now)

    hand_to_post(by_post, "eb 123 456 789 vn", actor=ngan, now=now)

    assert receiving.handover_of(by_post, actor, now=now).tracking == "EB123456789VN"
    with pytest.raises(ReturnSettled):
        choose_return(by_post, ReturnForm.COUNTER, actor=actor, now=now)
    note_arrival(by_post, arrived=True, actor=ngan, now=now)
    assert state_of(by_post) == 10


def test_what_the_post_brings_back_is_chosen_again(tuyet, desk, by_post, actor):
    url = f"/ban/tra-ket-qua/{by_post}"
    assert "12 Lê Lợi" in text_of(desk.get(url))
    assert desk.send(f"{url}/buu-chinh", {"tracking": "?"}).status_code == 422
    desk.send(f"{url}/buu-chinh", {"tracking": "EB123456789VN"})
    desk.send(f"{url}/phat", {"arrived": "no"})

    page = text_of(tuyet.get(f"/ho-so/{by_post}/nhan-ket-qua"))
    assert "Bưu chính trả lại" in page
    tuyet.send(f"/ho-so/{by_post}/nhan-ket-qua", {"return_form": "COUNTER"})

    assert pickup_of(by_post, actor)
    assert state_of(by_post) == 9


def test_an_address_is_typed_without_losing_anything(tuyet, decided):
    url = f"/ho-so/{decided}/nhan-ket-qua"
    asked = tuyet.send(url, {"return_form": "POST"})
    assert asked.headers["Location"] == f"{url}/dia-chi"
    assert "Cước theo bảng giá của bưu chính" in text_of(tuyet.get(f"{url}/dia-chi"))
    wrong = tuyet.send(f"{url}/dia-chi", TYPED | {"phone": "12"})
    assert wrong.status_code == 422
    assert "12 Lê Lợi" in text_of(wrong)

    saved = tuyet.send(f"{url}/dia-chi", TYPED)

    assert saved.headers["Location"] == url
    assert "12 Lê Lợi, Phường Sài Gòn" in text_of(tuyet.get(url))


def test_an_old_ward_is_found_under_its_new_name(tuyet, decided):
    url = f"/ho-so/{decided}/nhan-ket-qua/dia-chi"
    old = TYPED | {"place.ward": "", "place.old": "phường Bến Nghé, quận 1", "find": "place"}

    page = text_of(tuyet.send(url, old))

    assert "Nay thuộc" in page
    assert "Phường Sài Gòn" in page


CARD = {"number": "079190999001"}


def test_by_card_the_desk_finds_what_is_ready_and_hands_all_of_it_out(desk, on_paper, actor):
    url = desk.send("/quay/tra", CARD)["Location"]
    shown = text_of(desk.get(url))
    chosen = {"codes": [on_paper]}

    for typed, said in (
        ({}, "ít nhất một kết quả"),
        (chosen, "giấy tờ tùy thân"),
        ({**chosen, "identity_seen": "yes"}, "ký phiếu nhận kết quả"),
        ({"codes": ["x"], "identity_seen": "yes", "signed": "yes"}, "không còn chờ"),
    ):
        refused = desk.send(url, typed)
        assert refused.status_code == 422
        assert said in text_of(refused)
    done = desk.send(url, {**chosen, "identity_seen": "yes", "signed": "yes"})

    assert on_paper in shown
    assert done["Location"] == "/quay/tra"
    assert state_of(on_paper) == 10
    assert receiving.handover_of(on_paper, actor, now=clock.now()).taken_by == (
        "Nguyễn Thị Ánh Tuyết"
    )
    assert "Không có kết quả nào chờ" in text_of(desk.get(url))


def test_by_card_a_representative_finds_what_they_may_receive_and_nothing_else(
    desk, on_paper, actor
):
    now = clock.now()
    khoa = a_person("Lê Minh Khoa", personal_number="079188999002", born_on=date(1988, 3, 2))
    url = desk.send("/quay/tra", {"number": "079188999002"})["Location"]
    a_mandate(actor.person_id, khoa.id, acts=[Act.PAY], now=now)
    before = text_of(desk.get(url))

    a_mandate(actor.person_id, khoa.id, acts=[Act.RECEIVE], now=now)
    shown = text_of(desk.get(url))
    desk.send(url, {"codes": [on_paper], "identity_seen": "yes", "signed": "yes"})

    assert on_paper not in before
    assert "Nhận thay Nguyễn Thị Ánh Tuyết" in shown
    assert receiving.handover_of(on_paper, actor, now=now).taken_by == "Lê Minh Khoa"
