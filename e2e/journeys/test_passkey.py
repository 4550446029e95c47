"""An officer's passkey, in Chromium's own virtual authenticator."""

from dataclasses import replace

from playwright.sync_api import Page, expect

from e2e.browser import DESKTOP
from e2e.journeys.officer import Officer
from e2e.living_city import City

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
NAME = "Máy tính cơ quan"


def give_authenticator(page: Page) -> None:
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def sign_out(desk: Officer) -> None:
    desk.opens("/dang-xuat")
    desk.page.get_by_role("main").get_by_role("button", name="Đăng xuất").click()
    expect(desk.page.get_by_role("link", name="Đăng nhập").first).to_be_visible()


def unlock(desk: Officer) -> None:
    desk.opens("/dang-nhap?next=/ban")
    desk.page.get_by_role("link", name="Dùng khóa truy cập").click()
    desk.page.get_by_role("button", name="Mở khóa và đăng nhập").click()


def test_a_passkey_alone_lets_an_officer_in_until_it_is_removed(city: City, new_page, shot):
    # Browsers know no passkeys of a bare network address.
    here = replace(city, url=city.url.replace("127.0.0.1", "localhost"))
    desk = Officer(new_page(viewport=DESKTOP), here)
    give_authenticator(desk.page)

    desk.gives_password("phat")
    desk.gives_code("phat")
    desk.is_at_the_desk()
    desk.opens("/toi/cach-xac-nhan/them")
    desk.page.get_by_label("Tên để nhận ra").fill(NAME)
    desk.page.get_by_role("button", name="Tạo khóa truy cập").click()
    expect(desk.page.get_by_role("heading", name=NAME)).to_be_visible()
    shot(desk.page, "factors")
    sign_out(desk)

    unlock(desk)
    desk.is_at_the_desk()

    desk.opens("/toi/cach-xac-nhan")
    desk.page.get_by_role("button", name=f"Gỡ {NAME}").click()
    expect(desk.page.get_by_role("heading", name=NAME)).to_have_count(0)
    sign_out(desk)
    unlock(desk)
    expect(desk.page.get_by_text("Khóa truy cập này không dùng được ở đây").first).to_be_visible()
