"""The short stories: refused, withdrawn, late, away, at once, twice, by the wrong person."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from e2e.api.births import sends_a_birth
from e2e.api.client import program, token_of
from e2e.journeys.birth import PROOF, applies_for_birth
from e2e.journeys.citizen import KHOA, TUYET, Citizen
from e2e.journeys.mailbox import MAIL_OF_TUYET, mail_about
from e2e.journeys.passing import received_three_weeks_ago
from e2e.journeys.waiting import until
from motcua.kernel.clock import city_date, now


@pytest.fixture
def sent(playwright, city) -> Callable[[Citizen], str]:
    """`sent(tuyet)`: the code of a birth registration that her program has sent."""

    def send(citizen: Citizen) -> str:
        return sends_a_birth(program(playwright, city, token_of(citizen.page, city)))

    return send


def test_a_dossier_is_refused_at_intake(a_citizen, an_officer, sent):
    tuyet = a_citizen(TUYET)
    code = sent(tuyet)

    ngan = an_officer("ngan")
    ngan.opens_dossier(code)
    ngan.asks(
        "Chưa tiếp nhận được",
        {
            "Giấy tờ hoặc câu hỏi nào": PROOF,
            "Chưa được vì sao": "Trẻ đã được đăng ký khai sinh.",
            "Sửa thế nào": "Bạn xin bản sao khai sinh ở phường đã đăng ký.",
            "Căn cứ pháp lý": "Luật Hộ tịch 60/2014/QH13",
        },
    )

    ngan.opens_dossier(code, tab="van-ban")
    assert "Trẻ đã được đăng ký khai sinh." in ngan.letter("từ chối")
    tuyet.follows(code)
    assert "Hồ sơ chưa tiếp nhận được" in tuyet.reads()


def test_an_applicant_withdraws(a_citizen, sent):
    tuyet = a_citizen(TUYET)
    code = sent(tuyet)
    tuyet.follows(code)

    tuyet.page.get_by_role("link", name="Rút hồ sơ").click()
    tuyet.page.get_by_label("Lý do").fill("Tôi nộp ở nơi khác.")
    tuyet.page.get_by_role("button", name="Rút hồ sơ").click()

    expect(
        tuyet.page.get_by_text("Bạn đã xin rút").or_(tuyet.page.get_by_text("Hồ sơ đã dừng")).first
    ).to_be_visible()


def test_a_late_dossier_gets_an_apology_and_a_new_date(a_citizen, an_officer, city):
    tuyet = a_citizen(TUYET)
    code = received_three_weeks_ago(city, TUYET)
    tuyet.follows(code)
    assert "Trễ hẹn" in tuyet.reads()

    van = an_officer("van")
    van.opens_dossier(code)
    van.page.get_by_role("link", name="Xin lỗi, hẹn lại").click()
    van.answers_form(
        {
            "Ngày hẹn mới": city_date(now()) + timedelta(days=7),
            "Vì sao phải hẹn lại": "Chờ xác minh nơi sinh.",
        },
        "Ký thư xin lỗi, hẹn lại",
    )

    van.opens_dossier(code, tab="van-ban")
    assert "Chờ xác minh nơi sinh." in van.letter("xin lỗi")
    tuyet.follows(code)
    assert "kèm thư xin lỗi" in tuyet.reads()
    told = mail_about(tuyet.page, city, to=MAIL_OF_TUYET, code=code, subject="xin lỗi")
    assert "Chờ xác minh nơi sinh" in told


def test_a_substitute_acts_for_an_officer_on_leave(a_citizen, an_officer, sent):
    code = sent(a_citizen(TUYET))
    ngan = an_officer("ngan")
    ngan.opens_dossier(code)
    ngan.does("Tiếp nhận")
    nghia = an_officer("nghia")
    nghia.opens_dossier(code)
    nghia.asks("Phân công", {"Giao cho": "Lâm Kim Nhung"})
    today = city_date(now())

    nghia.notes_absence(
        {
            "Ai vắng mặt": "Lâm Kim Nhung, Công chức tư pháp - hộ tịch",
            "Ai làm thay": "Phan Khánh Uyên, Công chức tư pháp - hộ tịch",
            "Vắng từ ngày": today,
            "Làm việc lại từ ngày": today + timedelta(days=3),
        }
    )
    uyen = an_officer("26740.2-cv3")
    uyen.opens_dossier(code)
    until(uyen.page, uyen.page.get_by_role("button", name="Trình trưởng phòng"))
    uyen.does("Trình trưởng phòng")

    uyen.opens_dossier(code, tab="lich-su")
    assert "Lâm Kim Nhung" in uyen.reads()
    nghia.opens("/ban/vang-mat")
    absence = nghia.page.get_by_role("listitem").filter(has_text="Lâm Kim Nhung")
    absence.get_by_role("button", name="Làm việc lại hôm nay").click()
    nghia.hears()


def test_the_second_of_two_officers_is_told_and_keeps_what_was_typed(a_citizen, an_officer, sent):
    code = sent(a_citizen(TUYET))
    first, second = an_officer("ngan"), an_officer("26740.1-tn2")
    first.opens_dossier(code)
    second.opens_dossier(code)
    second.page.get_by_role("link", name="Chưa tiếp nhận được").click()
    second.page.get_by_label("Chưa được vì sao").fill("Thiếu trang hai.")

    first.does("Tiếp nhận")
    second.page.locator("#bieu-mau").get_by_role("button", name="Chưa tiếp nhận được").click()

    expect(second.page.get_by_role("main")).to_contain_text("Võ Thị Kim Ngân")
    expect(second.page.get_by_role("main")).to_contain_text("Thiếu trang hai.")


def test_a_button_pressed_twice_sends_one_dossier(a_citizen):
    tuyet = a_citizen(TUYET)
    before = tuyet.dossiers()
    applies_for_birth(tuyet)

    tuyet.page.get_by_role("button", name="Nộp hồ sơ").dblclick(no_wait_after=True)
    tuyet.page.wait_for_url("**/da-nop")
    code = tuyet.code_on_page()

    assert tuyet.dossiers() - before == {code}


def test_a_form_sent_from_two_windows_is_one_dossier(a_citizen):
    tuyet = a_citizen(TUYET)
    before = tuyet.dossiers()
    applies_for_birth(tuyet)
    other = Citizen(tuyet.page.context.new_page(), tuyet.city)
    other.page.goto(tuyet.page.url)

    code = tuyet.sends()
    assert other.sends() == code

    assert tuyet.dossiers() - before == {code}


def test_a_stranger_is_refused_and_told_why(a_citizen, an_officer, sent):
    tuyet = a_citizen(TUYET)
    code = sent(tuyet)

    khoa = a_citizen(KHOA)
    khoa.follows(code)
    assert "Không tìm thấy" in khoa.reads()
    khoa.opens("/ban")
    assert "Bạn" in khoa.reads()
    expect(khoa.page.locator(".list")).to_have_count(0)

    bao = an_officer("bao")
    bao.opens(f"/ban/ho-so/{code}/lam/receive")
    assert "Bạn không làm thao tác này được lúc này." in bao.reads()
    assert "Bước này" in bao.reads()
