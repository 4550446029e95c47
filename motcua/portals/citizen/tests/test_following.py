"""After sending: tracker, supplement, messages, result, rating, look-up; and what it costs."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import TakeStep
from motcua.contexts.identity.testing import an_officer_account, own_actor, signed_in
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel import clock
from motcua.portals.citizen.tests.conftest import Browser, assigned, step, text_of
from motcua.ui import dates

MOST_HOME, MOST_MINE, MOST_TRACKER = 12, 12, 30


@pytest.mark.parametrize("place", ["", "/da-nop", "/gui-them", "/rut"])
def test_a_foreign_dossier_does_not_exist(khoa, submitted, place):
    assert khoa.get(f"/ho-so/{submitted()}{place}").status_code == 404


@pytest.mark.parametrize("act", ["gui-them", "rut", "nhan-tin", "cham-diem"])
def test_a_foreign_dossier_cannot_be_touched(khoa, submitted, act):
    answer = khoa.send(f"/ho-so/{submitted()}/{act}", {"text": "x", "stars": "1"})
    assert answer.status_code == 404


def test_the_first_sentence_says_whose_turn_it_is(tuyet, submitted, asked):
    assert "Bạn không cần làm gì." in text_of(tuyet.get(f"/ho-so/{submitted()}"))
    page = text_of(tuyet.get(f"/ho-so/{asked}"))
    assert "Đến lượt bạn: gửi thêm giấy tờ được yêu cầu." in page
    assert "Chụp lại đủ bốn góc." in page


def test_what_waits_for_me_comes_first(tuyet, asked, submitted):
    later = submitted()
    for url in ("/", "/ho-so"):
        page = text_of(tuyet.get(url))
        assert page.index(asked) < page.index(later)


def test_supplying_nothing_keeps_the_note(tuyet, asked):
    answer = tuyet.send(f"/ho-so/{asked}/gui-them", {"note": "Tôi gửi sau"})
    assert answer.status_code == 422
    assert "Tôi gửi sau" in text_of(answer)


def test_a_refused_file_leaves_the_request_open(tuyet, asked):
    bad = SimpleUploadedFile("a.pdf", b"MZ")
    answer = tuyet.send(f"/ho-so/{asked}/gui-them", {"giay_chung_sinh": bad})
    assert answer.status_code == 422
    assert tuyet.get(f"/ho-so/{asked}/gui-them").status_code == 200


def test_supplying_lets_the_clock_run_again(tuyet, asked):
    good = SimpleUploadedFile("moi.pdf", a_pdf())
    answer = tuyet.send(f"/ho-so/{asked}/gui-them", {"giay_chung_sinh": good})
    assert answer.headers["Location"] == f"/ho-so/{asked}"
    page = text_of(tuyet.get(f"/ho-so/{asked}"))
    assert "moi.pdf" in page
    assert "Bạn không cần làm gì." in page
    assert tuyet.get(f"/ho-so/{asked}/gui-them").status_code == 409


def test_messages_carry_files_and_odd_letters(tuyet, submitted):
    code = submitted()
    files = SimpleUploadedFile("ảnh 🙂.pdf", a_pdf())
    text = "Chào anh chị 👋 <b>שלום</b>"
    tuyet.send(f"/ho-so/{code}/nhan-tin", {"text": text, "files": files})
    page = text_of(tuyet.get(f"/ho-so/{code}"))
    assert "👋 &lt;b&gt;שלום" in page
    assert "giay-to/tep/" in page


def test_a_refused_file_keeps_the_message_that_was_typed(tuyet, submitted):
    bad = SimpleUploadedFile("a.pdf", b"MZ")
    answer = tuyet.send(
        f"/ho-so/{submitted()}/nhan-tin", {"text": "Chào anh chị, em gửi ảnh", "files": bad}
    )
    assert answer.status_code == 422
    assert "Chào anh chị, em gửi ảnh</textarea>" in text_of(answer)
    assert "Tệp này là tệp chạy của Windows" in text_of(answer)


def test_an_empty_message_is_refused(tuyet, submitted):
    assert tuyet.send(f"/ho-so/{submitted()}/nhan-tin", {"text": "  "}).status_code == 422


def test_withdrawing_asks_first(tuyet, submitted):
    code = submitted()
    assert "Rút hồ sơ này?" in text_of(tuyet.get(f"/ho-so/{code}/rut"))
    tuyet.send(f"/ho-so/{code}/rut", {"reason": "Khai nhầm"})
    page = text_of(tuyet.get(f"/ho-so/{code}"))
    assert "Bạn đã xin rút" in page
    assert "/thanh-toan/" not in page.split("Ngày hẹn trả")[0]
    assert tuyet.send(f"/ho-so/{code}/rut", {"reason": ""}).status_code == 409
    assert tuyet.get(f"/ho-so/{code}/rut").status_code == 409


def test_the_result_is_in_the_wallet_and_can_be_rated(tuyet, decided):
    wallet = text_of(tuyet.get("/vi"))
    assert decided in wallet
    assert "/xac-minh/" in wallet
    assert "Có hiệu lực" in wallet
    tuyet.send(f"/ho-so/{decided}/cham-diem", {"stars": "5", "comment": "Nhanh"})
    assert "Bạn đã chấm 5 sao" in text_of(tuyet.get(f"/ho-so/{decided}"))


@pytest.mark.parametrize("stars", ["0", "6", "", "x", "-1", "99"])
def test_no_rating_but_one_to_five(tuyet, decided, stars):
    assert tuyet.send(f"/ho-so/{decided}/cham-diem", {"stars": stars}).status_code == 422


def test_no_rating_before_the_result(tuyet, submitted):
    code = submitted()
    assert tuyet.send(f"/ho-so/{code}/cham-diem", {"stars": "5"}).status_code == 409


def test_an_empty_wallet_says_what_it_is_for(tuyet):
    assert "Ví chưa có giấy tờ nào" in text_of(tuyet.get("/vi"))


def test_the_look_up_shows_the_state_and_no_person(stranger, actor, submitted):
    code = submitted()
    secret = dossiers.receipt(code, actor, now=clock.now()).secret
    page = text_of(stranger.send("/tra-cuu", {"code": code, "secret": secret.lower()}))
    assert "Chờ tiếp nhận" in page
    assert "Ánh Tuyết" not in page
    assert "Gia An" not in page


@pytest.mark.parametrize("code", ["", "abc", "H29.99-20200101-0000001", "🙂" * 30])
def test_a_wrong_look_up_sounds_always_the_same(stranger, code):
    answer = stranger.send("/tra-cuu", {"code": code, "secret": "ABCDEF"})
    assert answer.status_code == 404
    assert "Mã hồ sơ hoặc mã tra cứu không đúng" in text_of(answer)


def test_older_dossiers_are_a_page_away(tuyet, submitted):
    codes = [submitted() for _ in range(21)]
    page = text_of(tuyet.get("/ho-so"))
    assert codes[0] not in page
    older = page.split('href="/ho-so?truoc=')[1].split('"')[0]
    assert codes[0] in text_of(tuyet.get(f"/ho-so?truoc={older}"))


def test_a_broken_page_key_is_an_empty_page(tuyet, submitted):
    submitted()
    assert tuyet.get("/ho-so?truoc=khong-phai-khoa").status_code == 200


def queries(browser, url: str) -> int:
    browser.get(url)  # what is read once per process is read
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    return len(asked)


def test_lists_cost_the_same_for_one_and_for_many(tuyet, submitted):
    submitted()
    one = {url: queries(tuyet, url) for url in ("/", "/ho-so")}
    for _ in range(4):
        submitted()
    assert {url: queries(tuyet, url) for url in one} == one
    assert one["/"] <= MOST_HOME
    assert one["/ho-so"] <= MOST_MINE


def test_the_tracker_asks_a_bounded_number_of_questions(tuyet, asked):
    assert queries(tuyet, f"/ho-so/{asked}") <= MOST_TRACKER


def test_before_sending_the_page_says_what_it_does_to_the_due_date(tuyet, actor, asked):
    due = dossiers.dossier(asked, actor, now=clock.now()).due_if_supplied

    pages = [text_of(tuyet.get(f"/ho-so/{asked}{place}")) for place in ("", "/gui-them")]

    assert due is not None
    said = dates.long_day(clock.city_time(due)).replace("\u00a0", " ")
    assert all(f"thì ngày hẹn trả là {said}." in page for page in pages)


def test_after_a_new_date_the_tracker_says_sorry_and_why(tuyet, submitted):
    code, now = assigned(submitted()), clock.now()
    head = acting("van", now.date())

    dossiers.extend(code, now + timedelta(days=30), "Chờ bệnh viện trả lời.", actor=head, now=now)

    page = text_of(tuyet.get(f"/ho-so/{code}"))
    assert "xin lỗi bạn và hẹn lại" in page
    assert "Lý do hẹn lại: Chờ bệnh viện trả lời." in page


def test_a_fee_of_nothing_is_shown_as_free(tuyet, submitted):
    page = text_of(tuyet.get(f"/ho-so/{submitted()}"))

    assert "Không thu" in page
    assert "Chưa có mức thu" not in page


def test_the_tracker_names_who_viewed_the_dossier_and_takes_a_question(tuyet, submitted):
    code = submitted()
    assert "Chưa có ai xem." in text_of(tuyet.get(f"/ho-so/{code}"))
    officer = signed_in(Browser(), an_officer_account("ngan", officer_id=the_officer("ngan").id))

    officer.get(f"/ban/ho-so/{code}")

    page = text_of(tuyet.get(f"/ho-so/{code}"))
    asked_at = re.search(r"/toi/ai-da-xem/[0-9a-f-]{36}/hoi", page)
    assert f"<b>{the_officer('ngan').full_name}</b>" in page
    assert asked_at and tuyet.send(asked_at[0], {"text": "Vì sao xem?"}).status_code == 303


def test_the_path_names_who_did_a_step_and_says_when_the_next_is_expected(tuyet, submitted):
    code, now = submitted(), clock.now()
    ngan = own_actor(an_officer_account("ngan", officer_id=the_officer("ngan").id), now=now)
    seen = dossiers.desk_view(code, ngan, now=now).dossier.version_seen
    receive = TakeStep(code=code, action="receive", seen_version=seen)
    dossiers.take_step(receive, actor=ngan, now=now)

    page = text_of(tuyet.get(f"/ho-so/{code}"))

    path = page[page.index('id="buoc"') : page.index('id="trao-doi"')]
    assert f"{the_officer('ngan').full_name}, cán bộ tiếp nhận · " in path
    assert "Trưởng phòng · " in path
    assert "Xong " in path
    assert "Dự kiến xong " in path


def test_no_step_is_expected_after_the_day_that_was_promised(actor, submitted):
    code = submitted()
    step(code, "ngan", "receive")

    view = dossiers.dossier(code, actor, now=clock.now())

    ahead = [stage.expected_at for stage in view.stages if stage.expected_at and not stage.at]
    assert ahead
    assert ahead == sorted(ahead)
    assert view.clock.due_at and max(ahead) <= view.clock.due_at


def test_nothing_is_expected_while_the_clock_stands_still(actor, asked):
    view = dossiers.dossier(asked, actor, now=clock.now())

    assert not [one for one in view.stages if one.state != "done" and one.expected_at]


def test_the_look_up_names_positions_and_no_officer(stranger, actor, submitted):
    code = assigned(submitted())
    secret = dossiers.receipt(code, actor, now=clock.now()).secret

    page = text_of(stranger.send("/tra-cuu", {"code": code, "secret": secret}))

    assert "Chuyên viên thụ lý · " in page
    assert all(the_officer(who).full_name not in page for who in ("ngan", "nghia", "bao"))
