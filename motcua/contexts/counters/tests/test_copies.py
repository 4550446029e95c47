"""The copies lane: counted, received, paid into the till, in the book, certified with a number."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from motcua.contexts.counters.actions.copies import take_copies
from motcua.contexts.counters.contracts.copies import (
    CopyLine,
    NoCopyAsked,
    OriginalNotAnswered,
    TakeCopies,
)
from motcua.contexts.counters.contracts.queue import NotAtThisDesk
from motcua.contexts.counters.tests.test_queue_pages import send, text_of
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import TakeStep
from motcua.contexts.dossiers.testing import codes_kept
from motcua.contexts.identity.testing import a_person, an_officer_account, signed_in
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel import clock
from motcua.kernel.clock import city_date

pytestmark = pytest.mark.usefixtures("small_city")
DEGREE = {"paper0": "Bằng đại học", "issuer0": "Đại học Bách khoa", "pages0": "3", "copies0": "2"}


def at_work(staff_no):
    account = an_officer_account(staff_no, officer_id=the_officer(staff_no).id)
    return signed_in(Client(), account)


@pytest.fixture
def ngan(small_city):
    return at_work("ngan")


@pytest.fixture
def lane(ngan):
    person = a_person()
    answer = send(ngan, "/quay/sao", "w", number=f"{person_number()}|quẹt")
    assert answer.url == f"/quay/sao/nguoi/{person.id}"
    return answer.url


def person_number() -> str:
    return "079190999001"


def raw(answer) -> str:
    return answer.content.decode()


def codes_in(url: str) -> list[str]:
    return parse_qs(urlsplit(url).query)["ma"]


def test_whoever_is_not_known_is_asked_for_name_and_birth_date(ngan):
    answer = send(ngan, "/quay/sao", "w", number="079188999002")

    assert answer.status_code == 422
    assert "Họ và tên" in text_of(answer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "ít nhất một loại giấy tờ"),
        ({"paper0": "Bằng đại học", "answers_for": "yes"}, "số trang và số bản"),
        ({**DEGREE, "pages0": "ba", "answers_for": "yes"}, "số trang và số bản"),
        (DEGREE, "chịu trách nhiệm về bản chính"),
    ],
)
def test_what_is_not_whole_is_refused_and_stays_as_typed(ngan, lane, typed, said):
    answer = send(ngan, lane, "x", **typed)

    assert answer.status_code == 422
    assert said in text_of(answer)
    for value in typed.values():
        assert f'value="{value}"' in raw(answer)
    assert codes_kept() == []


@pytest.mark.parametrize(
    ("pages", "copies", "fee"), [(1, 1, 2000), (3, 2, 10_000), (500, 3, 600_000)]
)
def test_the_fee_is_that_of_the_law_with_its_cap_for_each_copy(lane, pages, copies, fee):
    line = CopyLine(paper="Hợp đồng", issuer="Công ty", pages=pages, copies=copies)
    command = TakeCopies(person_id=person_of(lane), lines=(line,), answers_for=True)
    ngan = own_ngan()

    taken = take_copies(command, actor=ngan, now=clock.now())

    invoice = dossiers.dossier(taken.codes[0], ngan, now=clock.now()).invoice
    assert int(invoice.total) == fee


def person_of(lane: str):
    return lane.rpartition("/")[2]


def own_ngan():
    return acting("ngan", city_date(clock.now()))


def test_only_receivers_take_copies_and_something_must_be_asked(lane):
    now, line = clock.now(), CopyLine(paper="Bằng", issuer="Trường", pages=1, copies=1)
    command = TakeCopies(person_id=person_of(lane), lines=(line,), answers_for=True)

    with pytest.raises(NotAtThisDesk):
        take_copies(command, actor=acting("bao", city_date(now)), now=now)
    with pytest.raises(NoCopyAsked):
        take_copies(
            TakeCopies(person_id=person_of(lane), lines=(), answers_for=True),
            actor=own_ngan(),
            now=now,
        )
    with pytest.raises(OriginalNotAnswered):
        take_copies(
            TakeCopies(person_id=person_of(lane), lines=(line,), answers_for=False),
            actor=own_ngan(),
            now=now,
        )


def test_two_papers_are_received_and_paid_at_once_and_stand_in_the_book(ngan, lane):
    shift = send(ngan, "/quay/quy", "s", float="0").url
    more = {"paper1": "Sổ hộ khẩu", "issuer1": "Công an", "pages1": "1", "copies1": "1"}

    url = send(ngan, lane, "t", **DEGREE, **more, answers_for="yes").url
    before = text_of(ngan.get(url))
    send(ngan, url.replace("/da-nhan", "/thu"), "c")
    after, book = text_of(ngan.get(url)), text_of(ngan.get("/quay/sao/so"))

    assert len(codes_in(url)) == 2
    assert "Thu 12.000" in before
    assert "Đã thu đủ." in after
    assert "chờ người có thẩm quyền ký" in after
    assert "12.000" in text_of(ngan.get(shift))
    assert "3 bản sao trong 2 hồ sơ, 12.000" in text_of(ngan.get(shift))
    for code in codes_in(url):
        assert code in book


def test_without_an_open_shift_the_page_says_who_takes_the_money(ngan, lane):
    url = send(ngan, lane, "t", **DEGREE, answers_for="yes").url

    shown = raw(ngan.get(url))

    assert "Bạn chưa mở ca thu tiền hôm nay" in shown
    assert "/quay/sao/thu" not in shown


def test_the_copies_of_another_desk_are_not_there(ngan, lane):
    url = send(ngan, lane, "t", **DEGREE, answers_for="yes").url

    assert at_work("khue").get(url).status_code == 404


def test_once_signed_the_words_of_certification_bear_the_number(ngan, lane):
    url = send(ngan, lane, "t", **DEGREE, answers_for="yes").url
    [code] = codes_in(url)

    for staff_no, action in (("bao", "propose"), ("van", "sign")):
        who, now = acting(staff_no, city_date(clock.now())), clock.now()
        seen = dossiers.desk_view(code, who, now=now).dossier.version_seen
        dossiers.take_step(
            TakeStep(code=code, action=action, seen_version=seen), actor=who, now=now
        )

    shown = raw(ngan.get(url))
    assert "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH" in shown
    assert re.search(r"Số chứng thực: <b>\d+</b>, quyển số: 01/\d{4}-SCT/BS", shown)
    assert "In cho 2 bản." in shown
