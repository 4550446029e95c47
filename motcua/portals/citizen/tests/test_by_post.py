"""A result goes by post from the desk to its owner; the post loses it; another one goes."""

import re

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers.actions.receiving import (
    choose_return,
    note_post,
    send_by_post,
)
from motcua.contexts.dossiers.contracts import ReturnForm
from motcua.contexts.dossiers.contracts.receiving import (
    HandoverState,
    NotByPost,
    PostAddress,
    ReturnSettled,
)
from motcua.contexts.dossiers.queries import receiving
from motcua.contexts.exchange import testing as exchange
from motcua.contexts.exchange.contracts import VNPOST
from motcua.contexts.identity.testing import an_officer_account, own_actor, signed_in
from motcua.contexts.organisations.testing import the_officer
from motcua.contexts.post import public as post
from motcua.contexts.post.actions.asking import order_consignment
from motcua.contexts.post.contracts import ConsignmentMoved, ConsignmentState, HolderKind
from motcua.contexts.post.testing import told
from motcua.kernel import clock
from motcua.portals.citizen.tests.conftest import Browser, text_of

HOME = PostAddress(
    recipient="Nguyễn Thị Ánh Tuyết", phone="0900000001", ward="26740", street="12 Lê Lợi"
)
LIST = "/ban/buu-chinh"
S = HandoverState


@pytest.fixture
def office(tmp_path):
    with exchange.registered(exchange.in_process(VNPOST, tmp_path)):
        yield tmp_path


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
def by_post(decided, actor, office) -> str:
    choose_return(decided, ReturnForm.POST, HOME, actor=actor, now=clock.now())
    return decided


def newest(code: str):
    return post.consignments_of(code)[0]


def heard(code: str) -> None:
    """The job that follows each news of the post."""
    one = newest(code)
    note_post(code, one.tracking, one.state, now=clock.now())


def asked(desk: Browser, code: str) -> str:
    """The desk asks the post, which answers; the id of the consignment."""
    desk.send(f"/ban/tra-ket-qua/{code}/nho-buu-chinh")
    order_consignment(newest(code).id, now=clock.now())
    heard(code)
    return str(newest(code).id)


def handed(desk: Browser, made: str) -> str:
    """Over one sheet to the postman; the address of the sheet."""
    sheet = desk.send(f"{LIST}/bang-ke", {"parcel": made}).headers["Location"]
    desk.send(sheet, {"gave": "Võ Thị Kim Ngân", "took": "Phan Văn Thư"})
    return sheet


def happens(office, code: str, made: str, kind: str) -> None:
    told(exchange.happened_to_parcel(office, made, kind), now=clock.now())
    heard(code)


def state_of(code: str, actor) -> HandoverState:
    return receiving.handover_of(code, actor, now=clock.now()).state


def test_only_what_its_owner_wants_by_post_is_sent(decided, actor, ngan, office):
    choose_return(decided, ReturnForm.COUNTER, actor=actor, now=clock.now())

    with pytest.raises(NotByPost):
        send_by_post(decided, actor=ngan, now=clock.now())


def test_a_result_goes_by_post_and_its_owner_follows_it(tuyet, desk, by_post, actor, ngan, office):
    made = asked(desk, by_post)
    with pytest.raises(ConsignmentMoved):
        send_by_post(by_post, actor=ngan, now=clock.now())
    assert newest(by_post).tracking in text_of(desk.get(LIST))

    sheet = handed(desk, made)
    heard(by_post)
    with pytest.raises(ReturnSettled):
        choose_return(by_post, ReturnForm.COUNTER, actor=actor, now=clock.now())
    happens(office, by_post, made, "DELIVERED")

    page = text_of(tuyet.get(f"/ho-so/{by_post}/nhan-ket-qua"))
    assert "Bưu chính mô phỏng báo khi nhận đơn" in page
    assert "Bưu chính đã giao" in page
    assert desk.get(f"{sheet}.pdf").content.startswith(b"%PDF")
    [told_, *_] = tuyet.get(f"/api/v1/dossiers/{by_post}/consignments").json()
    assert [event["kind"] for event in told_["events"]] == ["TAKEN", "DELIVERED"]
    assert casework.case(by_post).status == 9
    desk.send(f"/ban/tra-ket-qua/{by_post}/phat", {"arrived": "yes"})
    assert casework.case(by_post).status == 10


def test_a_lost_result_is_claimed_and_made_again(tuyet, desk, by_post, actor, office):
    made = asked(desk, by_post)
    handed(desk, made)
    heard(by_post)
    happens(office, by_post, made, "LOST")

    assert state_of(by_post, actor) is S.LOST
    assert "Bưu chính làm thất lạc" in text_of(tuyet.get(f"/ho-so/{by_post}/nhan-ket-qua"))
    assert "Bưu chính làm thất lạc kết quả" in text_of(tuyet.get("/thong-bao"))
    desk.send(f"{LIST}/{made}/khieu-nai")
    assert re.search(r"KN[0-9A-F]{8}", text_of(desk.get(f"{LIST}/{made}")))

    another = asked(desk, by_post)
    handed(desk, another)
    heard(by_post)
    told(exchange.happened_to_parcel(office, made, "FOUND"), now=clock.now())
    note_post(
        by_post,
        post.consignments_of(by_post)[1].tracking,
        ConsignmentState.CAME_BACK,
        now=clock.now(),
    )

    assert another != made
    assert state_of(by_post, actor) is S.POSTED
    assert [one.holder for one in post.originals_of(by_post)] == [HolderKind.POST] * 2


def test_what_nobody_took_at_home_comes_back_to_the_desk(desk, by_post, actor, office):
    made = asked(desk, by_post)
    handed(desk, made)
    heard(by_post)
    for kind in ("NOT_HOME", "NOT_HOME", "NOT_HOME", "BROUGHT_BACK"):
        happens(office, by_post, made, kind)
    assert "chờ nhận" in text_of(desk.get(LIST))

    wrong = desk.send(f"{LIST}/{made}/nhan", {"gave": "", "took": "Ngân"})
    desk.send(f"{LIST}/{made}/nhan", {"gave": "Phan Văn Thư", "took": "Võ Thị Kim Ngân"})

    assert wrong.status_code == 422
    assert state_of(by_post, actor) is S.CAME_BACK
    assert [one.holder for one in post.originals_of(by_post)] == [HolderKind.DESK]


def test_a_silent_post_leaves_the_way_by_hand(desk, by_post, actor, office):
    exchange.mode_of(office, VNPOST, exchange.POST_SILENT)
    desk.send(f"/ban/tra-ket-qua/{by_post}/nho-buu-chinh")
    order_consignment(newest(by_post).id, now=clock.now())

    desk.send(f"/ban/tra-ket-qua/{by_post}/buu-chinh", {"tracking": "EB123456789VN"})

    assert newest(by_post).state is ConsignmentState.ASKED
    assert state_of(by_post, actor) is S.POSTED


def test_another_desk_neither_sees_nor_moves_a_parcel(desk, khoa, by_post, office):
    made = asked(desk, by_post)
    account = an_officer_account("khue", officer_id=the_officer("khue").id)
    other = signed_in(Browser(), account)

    assert other.get(f"{LIST}/{made}").status_code == 404
    assert other.send(f"{LIST}/{made}/khieu-nai").status_code == 404
    assert other.send(f"{LIST}/bang-ke", {"parcel": made}).status_code == 404
    assert khoa.get(f"/api/v1/dossiers/{by_post}/consignments").status_code == 404


def test_nothing_ticked_is_said(desk, by_post, office):
    assert desk.send(f"{LIST}/bang-ke").status_code == 422
