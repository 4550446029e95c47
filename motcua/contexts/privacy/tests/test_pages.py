"""Pages about one's data, and the room of data protection, as a browser asks for them."""

import re
from base64 import b64decode
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_consent,
    an_officer_account,
    proved,
    signed_in,
)
from motcua.contexts.identity.testing import the_actor as acting_for
from motcua.contexts.organisations.testing import the_officer
from motcua.contexts.privacy.models import DataRequest, Hold
from motcua.contexts.privacy.testing import to_sign
from motcua.kernel import clock
from motcua.kernel.web import new_key

pytestmark = pytest.mark.usefixtures("small_city")
ROOM = "/bao-ve-du-lieu"
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@pytest.fixture
def citizen():
    return a_citizen_account()


def browser_of(account) -> Client:
    return signed_in(Client(), account)


def guard() -> Client:
    return browser_of(an_officer_account("duyen", officer_id=the_officer("duyen").id))


def sent(browser: Client, url: str, **typed: str):
    return browser.post(url, {"idempotency_key": new_key(), **typed})


def test_a_person_reads_what_is_held_and_asks_for_a_copy(citizen):
    a_submitted_birth(acting_for(citizen), now=clock.now())
    browser = browser_of(citizen)

    shown = browser.get("/toi/du-lieu").content.decode()
    answer = sent(browser, "/toi/du-lieu/quyen/xem")
    followed = browser.get(answer["Location"]).content.decode()

    assert "Giải quyết thủ tục bạn yêu cầu" in shown
    assert answer.status_code == 303
    assert "Đang xem xét" in followed
    assert "91/2025/QH15" in followed


def test_a_double_click_makes_one_request(citizen):
    browser, key = browser_of(citizen), new_key()

    answers = [browser.post("/toi/du-lieu/quyen/xoa", {"idempotency_key": key}) for _ in range(2)]

    assert {answer["Location"] for answer in answers} == {answers[0]["Location"]}
    assert DataRequest.objects.count() == 1


def test_a_form_says_what_is_missing_and_keeps_what_was_typed(citizen):
    answer = sent(browser_of(citizen), "/toi/du-lieu/quyen/sua", wanted="0900 000 345")

    assert answer.status_code == 422
    assert "Bạn chọn mục muốn yêu cầu" in answer.content.decode()
    assert "0900 000 345" in answer.content.decode()


def test_the_officer_answers_and_the_person_downloads_the_copy(citizen):
    browser, officer = browser_of(citizen), guard()
    code = sent(browser, "/toi/du-lieu/quyen/xem")["Location"].rsplit("/", 1)[-1]

    assert code in officer.get(ROOM).content.decode()
    answer = sent(officer, f"{ROOM}/yeu-cau/{code}/quyet-dinh", decision="grant")

    assert answer.status_code == 303
    assert code not in officer.get(ROOM).content.decode()
    row = DataRequest.objects.get()
    url = f"/giay-to/tep/{row.package_id}"
    assert url in browser.get(f"/toi/du-lieu/yeu-cau/{code}").content.decode()
    assert browser.get(url).status_code == 200
    assert officer.get(url).status_code == 404


def test_a_refusal_without_law_comes_back_with_what_was_typed(citizen):
    browser, officer = browser_of(citizen), guard()
    code = sent(browser, "/toi/du-lieu/quyen/xoa")["Location"].rsplit("/", 1)[-1]

    answer = sent(
        officer, f"{ROOM}/yeu-cau/{code}/quyet-dinh", decision="refuse", reason="Còn phải giữ"
    )

    assert answer.status_code == 422
    assert "Còn phải giữ" in answer.content.decode()
    assert "căn cứ pháp lý" in answer.content.decode()


def test_the_register_is_read_and_exported():
    officer = guard()

    shown = officer.get(f"{ROOM}/so-xu-ly").content.decode()
    rows = b"".join(officer.get(f"{ROOM}/so-xu-ly/xuat.csv")).decode()

    assert "Nghĩa vụ luật định" in shown
    assert rows.count("\n") > 10


def test_a_code_is_held_back_and_let_go_again():
    officer = guard()
    url = f"{ROOM}/luu-giu"
    typed = {"code": "H29.99-20261123-0000042", "reason": "Tòa yêu cầu", "until": "2030-01-01"}

    refused = sent(officer, f"{url}/tam-giu", **typed)
    placed = sent(officer, f"{url}/tam-giu", ground="COURT", **typed)
    shown = officer.get(url).content.decode()
    hold = Hold.objects.get()
    lifted = sent(officer, f"{url}/tam-giu/{hold.id}/bo")

    assert refused.status_code == 422
    assert "Tòa yêu cầu" in refused.content.decode()
    assert (placed.status_code, lifted.status_code) == (303, 303)
    assert "H29.99-20261123-0000042" in shown
    assert "(chưa kiểm chứng)" in shown
    assert "H29.99-20261123-0000042" not in officer.get(url).content.decode()


def test_a_breach_is_written_down_and_told_step_by_step():
    officer = guard()
    typed = {"found_at": "2026-01-05T08:00", "story": "Mất máy tính", "classes": "PERSONAL_BASIC"}

    refused = sent(officer, f"{ROOM}/su-co/ghi", **typed | {"story": ""})
    url = sent(officer, f"{ROOM}/su-co/ghi", **typed)["Location"]
    without = sent(officer, f"{url}/buoc", step="authority")
    told = sent(officer, f"{url}/buoc", step="authority", proof="Công văn 12")
    shown = officer.get(url).content.decode()

    assert (refused.status_code, without.status_code, told.status_code) == (422, 422, 303)
    assert "Đã báo, trễ hạn" in shown
    assert "Công văn 12" in shown
    assert "Mất máy tính" in shown


def test_an_assessment_is_weighed_signed_and_sent():
    officer, url = guard(), f"{ROOM}/danh-gia/ban-nhap"
    told = to_sign("ban-nhap")
    typed = {"print": told.seen_print, "conclusion": ""}
    for one in told.risks:
        typed |= {
            f"likelihood-{one.key}": one.likelihood,
            f"severity-{one.key}": "HIGH",
            f"measures-{one.key}": f"Biện pháp riêng {one.key}",
        }

    refused = sent(officer, f"{url}/ky", **typed)
    signed = sent(officer, f"{url}/ky", **typed | {"conclusion": "Chấp nhận được"})
    unproven = sent(officer, f"{url}/da-gui")
    told_them = sent(officer, f"{url}/da-gui", proof="Công văn 7")

    assert (refused.status_code, signed.status_code) == (422, 303)
    assert "Biện pháp riêng xem-trai-phep" in refused.content.decode()
    assert (unproven.status_code, told_them.status_code) == (422, 303)
    shown = officer.get(url).content.decode()
    assert "Công văn 7" in shown
    assert "Draft.sheet" in shown
    assert "Lưu bản nháp" in officer.get(f"{ROOM}/danh-gia").content.decode()
    assert officer.get(f"{ROOM}/danh-gia/khong-co").status_code == 404


def test_what_a_person_agreed_to_is_listed_and_taken_back(citizen):
    browser = browser_of(citizen)
    consent = a_consent(acting_for(citizen), now=clock.now())

    shown = browser.get("/toi/du-lieu/dong-y").content.decode()
    unknown = sent(browser, "/toi/du-lieu/dong-y/rut", consent="identity:khac")
    done = sent(browser, "/toi/du-lieu/dong-y/rut", consent=f"identity:{consent}")

    assert "Cho ứng dụng" in shown
    assert (unknown.status_code, done.status_code) == (404, 303)
    assert "Cho ứng dụng" not in browser.get("/toi/du-lieu/dong-y").content.decode()


def test_a_term_is_extended_and_the_request_withdrawn_on_their_pages(citizen):
    browser, officer = browser_of(citizen), guard()
    code = sent(browser, "/toi/du-lieu/quyen/xoa")["Location"].rsplit("/", 1)[-1]
    url = f"{ROOM}/yeu-cau/{code}"

    refused = sent(officer, f"{url}/gia-han", until="hôm nào", why="Nhiều đơn vị giữ")
    until = (clock.now() + timedelta(days=30)).date().isoformat()
    extended = sent(officer, f"{url}/gia-han", until=until, why="Nhiều đơn vị giữ")
    shown = browser.get(f"/toi/du-lieu/yeu-cau/{code}").content.decode()
    withdrawn = sent(browser, f"/toi/du-lieu/yeu-cau/{code}/rut")

    assert (refused.status_code, extended.status_code) == (422, 303)
    assert "Nhiều đơn vị giữ" in refused.content.decode()
    assert "còn 30 ngày" in shown
    assert "Nhiều đơn vị giữ" in shown
    assert withdrawn.status_code == 303
    assert "Yêu cầu đã dừng" in browser.get(f"/toi/du-lieu/yeu-cau/{code}").content.decode()
    assert sent(browser, f"/toi/du-lieu/yeu-cau/{code}/rut").status_code == 409
    assert f"{url}/quyet-dinh" not in officer.get(url).content.decode()


def test_a_deletion_waits_for_a_new_proof_with_its_words_and_its_file(citizen):
    browser, url = browser_of(citizen), "/toi/du-lieu/quyen/xoa"
    proved(browser, clock.now() - timedelta(hours=1))
    paper = SimpleUploadedFile("ly-do.png", PIXEL, content_type="image/png")

    refused = sent(browser, url, reason="Tôi không dùng nữa", file=paper)
    assert (refused.status_code, DataRequest.objects.count()) == (403, 0)
    assert "không giữ được" not in refused.content.decode()
    proved(browser, clock.now())
    mark = browser.session["kept_form"]["mark"]
    shown = browser.get(f"/dang-nhap/tiep-tuc?lan={mark}").content.decode()
    typed = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', shown))
    answer = browser.post(url, typed)

    request = DataRequest.objects.get()
    assert "ly-do.png" in shown
    assert answer.status_code == 303
    assert request.reason == "Tôi không dùng nữa"
    assert len(request.file_ids) == 1


def test_another_mark_brings_no_file(citizen):
    browser, url = browser_of(citizen), "/toi/du-lieu/quyen/xoa"
    proved(browser, clock.now() - timedelta(hours=1))
    sent(browser, url, file=SimpleUploadedFile("ly-do.png", PIXEL, content_type="image/png"))
    proved(browser, clock.now())
    browser.get(f"/dang-nhap/tiep-tuc?lan={browser.session['kept_form']['mark']}")

    sent(browser, url, parked_files="guess")

    assert DataRequest.objects.get().file_ids == []
