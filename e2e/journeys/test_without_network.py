"""Without a network: what was read is read again, what is sent waits and goes once."""

import re

import pytest
from playwright.sync_api import expect

from e2e.journeys.birth import BIRTH
from e2e.journeys.citizen import KHOA, TUYET, Citizen
from motcua.portals.citizen.device import DEVICE

NUMBER = "Số điện thoại"


@pytest.fixture
def tuyet(a_citizen) -> Citizen:
    return a_citizen(TUYET)


def waits_for_worker(citizen: Citizen) -> None:
    citizen.opens(DEVICE)
    expect(citizen.page.get_by_label("Giữ trang của tôi trên máy này")).to_be_visible()


def keeps_own_pages(citizen: Citizen) -> None:
    waits_for_worker(citizen)
    citizen.page.get_by_label("Giữ trang của tôi trên máy này").check()
    expect(citizen.page.get_by_text("Đã giữ.")).to_be_visible()


def loses_the_network(citizen: Citizen) -> None:
    citizen.page.context.set_offline(True)


def finds_the_network(citizen: Citizen) -> None:
    citizen.page.context.set_offline(False)
    citizen.opens(DEVICE)


def waiting(citizen: Citizen):
    return citizen.page.locator("[data-queue] > li")


def test_a_journey_without_a_network_ends_when_it_is_back(tuyet, axe, shot, album):
    kept = album(
        "offline",
        title="Filling a form while the network is gone",
        about="What is typed stays on the telephone, waits, and goes once the network is back.",
    )
    waits_for_worker(tuyet)
    tuyet.begins(BIRTH)
    form = tuyet.page.url
    loses_the_network(tuyet)
    tuyet.page.get_by_label(NUMBER).fill("0900 000 013")
    tuyet.page.get_by_label("Mẹ", exact=True).check()
    expect(tuyet.page.locator("[data-saved]")).to_contain_text("Đã giữ trên máy này")
    kept.keep(tuyet.page, "No network: what was typed is kept on this telephone.")

    tuyet.page.get_by_role("button", name="Lưu và tiếp tục").click()
    tuyet.page.wait_for_url(f"**{DEVICE}")
    expect(tuyet.page.get_by_text("Chờ mạng để gửi")).to_have_count(1)
    expect(tuyet.page.get_by_text("Đang ngoại tuyến.")).to_be_visible()
    axe(tuyet.page)
    shot(tuyet.page, "waiting")
    kept.keep(tuyet.page, "What waits, and how to take it back.")
    finds_the_network(tuyet)

    expect(tuyet.page.get_by_text("Đã gửi")).to_have_count(1)
    kept.keep(tuyet.page, "Back: it was sent once.")
    tuyet.page.goto(form)
    expect(tuyet.page.get_by_label(NUMBER)).to_have_value(re.compile("0900 ?000 ?013"))
    kept.keep(tuyet.page, "The answer stands in the form.")


def test_own_pages_are_read_without_a_network_only_where_that_was_asked_for(tuyet, a_citizen):
    keeps_own_pages(tuyet)
    khoa = a_citizen(KHOA)
    waits_for_worker(khoa)
    khoa.opens("/ho-so")
    for citizen in (tuyet, khoa):
        loses_the_network(citizen)
        citizen.opens("/ho-so")

    expect(tuyet.page.get_by_role("heading", level=1)).to_have_text("Hồ sơ của tôi")
    expect(tuyet.page.get_by_text("Trang này cập nhật lúc")).to_be_visible()
    expect(khoa.page.get_by_role("heading", level=1)).to_contain_text("Chưa có mạng")


def test_what_waits_is_never_sent_for_somebody_else_and_is_cancelled_by_a_button(tuyet):
    waits_for_worker(tuyet)
    tuyet.begins(BIRTH)
    loses_the_network(tuyet)
    tuyet.page.get_by_label(NUMBER).fill("0900 000 014")
    expect(tuyet.page.locator("[data-saved]")).to_contain_text("Đã giữ trên máy này")
    port = tuyet.city.url.rsplit(":", 1)[1]
    tuyet.page.context.clear_cookies(name=f"motcua_{port}")
    finds_the_network(tuyet)

    expect(tuyet.page.get_by_text("Chờ bạn đăng nhập lại")).to_be_visible()
    tuyet.page.get_by_role("button", name="Bỏ, không gửi").click()
    expect(waiting(tuyet)).to_have_count(0)
