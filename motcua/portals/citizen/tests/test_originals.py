"""Originals leave home with the postman or over a desk, and come home the same ways."""

from uuid import UUID

import pytest

from motcua.contexts.dossiers.actions import originals as acts
from motcua.contexts.dossiers.contracts import NotYourDossier
from motcua.contexts.dossiers.contracts.originals import (
    CollectOriginals,
    NotTheHolder,
    NoWayThere,
    OriginalNotFound,
    OriginalsNotChosen,
    OriginalsSettled,
)
from motcua.contexts.dossiers.contracts.receiving import IdentityNotChecked, PostAddress
from motcua.contexts.dossiers.queries import originals
from motcua.contexts.exchange import testing as exchange
from motcua.contexts.exchange.contracts import VNPOST
from motcua.contexts.identity.testing import an_officer_account, own_actor, signed_in
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.contexts.post import public as post
from motcua.contexts.post.actions.asking import order_consignment
from motcua.contexts.post.contracts import (
    ConsignmentKind,
    ConsignmentMoved,
    ConsignmentState,
    HolderKind,
    OriginalElsewhere,
)
from motcua.contexts.post.testing import told
from motcua.kernel import clock
from motcua.portals.citizen.tests.conftest import Browser, assigned, text_of

BIRTH_PAPER = "giay_chung_sinh"
NAME = "Giấy chứng sinh"
HOME = PostAddress(
    recipient="Nguyễn Thị Ánh Tuyết", phone="0900000001", ward="26740", street="12 Lê Lợi"
)
TYPED = {
    "recipient": HOME.recipient,
    "phone": HOME.phone,
    "place.ward": HOME.ward,
    "place.street": HOME.street,
}


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


def newest(code: str):
    return post.consignments_of(code)[0]


def happens(office, code: str, kind: str) -> None:
    """The post tells it; the job that follows tells the owner."""
    told(exchange.happened_to_parcel(office, str(newest(code).id), kind), now=clock.now())
    one = newest(code)
    acts.note_post(code, one.kind, one.state, tracking=one.tracking, now=clock.now())


def holders(code: str) -> list[HolderKind]:
    return [one.holder for one in post.originals_of(code)]


def taken(code: str, ngan) -> str:
    """An original that lies at the receiving desk; its id."""
    acts.take_original(code, NAME, "", actor=ngan, now=clock.now())
    return str(next(one.id for one in post.originals_of(code) if one.label == NAME))


def test_the_postman_fetches_what_its_owner_chose(tuyet, submitted, office, desk):
    code = submitted()
    url = f"/ho-so/{code}/ban-goc"
    empty = tuyet.send(url, TYPED)
    wrong = tuyet.send(url, {**TYPED, "phone": "12", "paper": BIRTH_PAPER})
    asked = tuyet.send(url, {**TYPED, "paper": BIRTH_PAPER})

    assert (empty.status_code, wrong.status_code, asked.status_code) == (422, 422, 303)
    assert "Bạn chọn ít nhất một giấy tờ" in text_of(empty)
    assert f'value="{BIRTH_PAPER}" checked' in text_of(wrong)
    order_consignment(newest(code).id, now=clock.now())
    assert newest(code).tracking in text_of(tuyet.get(url))
    happens(office, code, "TAKEN")
    assert holders(code) == [HolderKind.POST]
    happens(office, code, "DELIVERED")
    desk.send(f"/ban/buu-chinh/{newest(code).id}/nhan", {"gave": "Phan Văn Thư", "took": "Ngân"})

    page = text_of(tuyet.get(url))
    assert holders(code) == [HolderKind.DESK]
    assert "Phan Văn Thư" in page
    assert f'value="{BIRTH_PAPER}"' not in page
    assert "Giấy tờ của bạn đã đến nơi" in text_of(tuyet.get("/thong-bao?muc=cho-biet"))


def test_what_the_post_lost_is_told_with_who_had_it(tuyet, submitted, actor, office):
    code = submitted()
    wanted = CollectOriginals(code=code, papers=(BIRTH_PAPER,), home=HOME)
    acts.collect(wanted, actor=actor, now=clock.now())
    with pytest.raises(ConsignmentMoved):
        acts.collect(wanted, actor=actor, now=clock.now())
    order_consignment(newest(code).id, now=clock.now())
    happens(office, code, "TAKEN")
    happens(office, code, "LOST")

    assert "Bưu chính báo thất lạc" in text_of(tuyet.get(f"/ho-so/{code}/ban-goc"))
    assert "Bưu chính làm thất lạc bản gốc" in text_of(tuyet.get("/thong-bao"))


def test_a_desk_takes_an_original_once_and_gives_it_back(submitted, ngan, tuyet, desk):
    code = assigned(submitted())
    paper = taken(code, ngan)
    with pytest.raises(OriginalElsewhere):
        acts.take_original(code, NAME, "", actor=ngan, now=clock.now())
    url = f"/ban/ho-so/{code}/ban-goc"

    unseen = desk.send(f"{url}/tra", {"paper": paper, "owner": "Nguyễn Thị Ánh Tuyết"})
    given = desk.send(
        f"{url}/tra",
        {"paper": paper, "owner": "Nguyễn Thị Ánh Tuyết", "identity_seen": "yes"},
    )

    assert (unseen.status_code, given.status_code) == (422, 303)
    assert holders(code) == [HolderKind.OWNER]
    assert "Nguyễn Thị Ánh Tuyết" in text_of(desk.get(url))
    assert "Chủ hồ sơ" in text_of(tuyet.get(f"/ho-so/{code}/ban-goc"))


def test_an_original_goes_to_the_unit_that_works_and_back_to_the_desk(submitted, ngan):
    code, now = assigned(submitted()), clock.now()
    paper = UUID(taken(code, ngan))
    found = originals.originals_of(code, ngan, now=now)
    bao = acting("bao", now.date())
    here, there = found.desks[0][0], found.desks[-1][0]
    assert here != there

    with pytest.raises(NoWayThere):
        acts.hand_on_original(code, paper, None, "Bảo", actor=ngan, now=now)
    acts.hand_on_original(code, paper, there, "Bảo", actor=ngan, now=now)
    with pytest.raises(NotTheHolder):
        acts.give_back_original(code, paper, "Tuyết", identity_seen=True, actor=ngan, now=now)
    acts.hand_on_original(code, paper, here, "Ngân", actor=bao, now=now)

    assert [one.unit_id for one in post.originals_of(code)] == [here]
    assert len(originals.originals_of(code, ngan, now=now).lines) == 3


def test_originals_go_home_by_post(tuyet, submitted, ngan, desk, office):
    code = assigned(submitted())
    paper = taken(code, ngan)
    url = f"/ban/ho-so/{code}/ban-goc"
    wrong = desk.send(f"{url}/buu-chinh", {**TYPED, "phone": "12", "paper": paper})
    desk.send(f"{url}/buu-chinh", {**TYPED, "paper": paper})
    order_consignment(newest(code).id, now=clock.now())
    sheet = desk.send("/ban/buu-chinh/bang-ke", {"parcel": str(newest(code).id)})
    desk.send(sheet.headers["Location"], {"gave": "Võ Thị Kim Ngân", "took": "Phan Văn Thư"})
    assert holders(code) == [HolderKind.POST]
    happens(office, code, "DELIVERED")

    assert wrong.status_code == 422
    assert newest(code).kind is ConsignmentKind.RETURN
    assert newest(code).state is ConsignmentState.DELIVERED
    assert holders(code) == [HolderKind.OWNER]
    assert "Hành trình bưu gửi" in text_of(tuyet.get(f"/ho-so/{code}/ban-goc"))


def test_only_the_owner_asks_and_only_while_the_dossier_lasts(submitted, decided, actor, ngan):
    now = clock.now()

    with pytest.raises(NotYourDossier):
        acts.collect(
            CollectOriginals(code=submitted(), papers=(BIRTH_PAPER,), home=HOME),
            actor=ngan,
            now=now,
        )
    with pytest.raises(OriginalsNotChosen):
        acts.collect(
            CollectOriginals(code=submitted(), papers=("khong_co",), home=HOME),
            actor=actor,
            now=now,
        )
    with pytest.raises(OriginalsSettled):
        acts.collect(
            CollectOriginals(code=decided, papers=(BIRTH_PAPER,), home=HOME), actor=actor, now=now
        )


def test_another_ward_touches_no_original(submitted, ngan, khoa):
    code, now = assigned(submitted()), clock.now()
    paper = taken(code, ngan)
    other = signed_in(Browser(), an_officer_account("khue", officer_id=the_officer("khue").id))
    url = f"/ban/ho-so/{code}/ban-goc"

    assert khoa.get(f"/ho-so/{code}/ban-goc").status_code == 404
    for place in ("nhan", "tra", "chuyen", "buu-chinh"):
        typed = {"paper": paper, "label": NAME, "owner": "x", "identity_seen": "yes", **TYPED}
        assert other.send(f"{url}/{place}", typed).status_code == 404
    assert other.get(url).status_code == 404
    with pytest.raises(OriginalNotFound):
        acts.give_back_original(
            code, the_officer("ngan").id, "x", identity_seen=True, actor=ngan, now=now
        )
    with pytest.raises(IdentityNotChecked):
        acts.give_back_original(code, paper_id(code), "x", identity_seen=False, actor=ngan, now=now)


def paper_id(code: str):
    return post.originals_of(code)[0].id
