"""An officer at the desk."""

import re
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from playwright.sync_api import Page, expect

from e2e.journeys.forms import Answer, fill
from e2e.journeys.papers import content_behind, words_of
from e2e.journeys.waiting import until
from e2e.living_city import City


@dataclass(frozen=True, slots=True)
class Officer:
    """page: the officer's browser."""

    page: Page
    city: City

    def opens(self, address: str) -> None:
        self.page.goto(f"{self.city.url}{address}")

    def signs_in(self, username: str) -> None:
        """By password and code; an officer who is signed in already stays so on a new device.

        Each code counts once, so a day of journeys cannot afford one for each.
        """
        context = self.page.context
        context.add_cookies(self.city.cookies.get(username, []))
        self.opens("/ban")
        if "/dang-nhap" not in self.page.url:
            return
        self.gives_password(username)
        self.gives_code(username)
        self.is_at_the_desk()
        self.city.cookies[username] = context.cookies()

    def is_at_the_desk(self) -> None:
        """By the path alone: the address of the sign-in names the desk too, as where to go next."""
        self.page.wait_for_url(lambda url: urlsplit(url).path.startswith("/ban"))

    def gives_password(self, username: str) -> None:
        self.opens("/dang-nhap?next=/ban")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(self.city.password)
        self.page.get_by_role("button", name="Đăng nhập", exact=True).click()

    def gives_code(self, username: str) -> None:
        """What the officer's telephone shows; the next one when this was used."""
        code = unused_code(self.city, username)
        self.page.get_by_label("Mã 6 chữ số").fill(code)
        self.page.get_by_role("button", name="Đăng nhập", exact=True).click()

    def opens_dossier(self, code: str, *, tab: str = "") -> None:
        self.opens(f"/ban/ho-so/{code}" + (f"?muc={tab}" if tab else ""))
        expect(self.page.locator(".pane .code").first).to_have_text(code)

    def does(self, action: str) -> None:
        """An action that asks nothing."""
        self.page.get_by_role("button", name=action).click()
        self.hears()

    def asks(self, action: str, answers: dict[str, Answer]) -> None:
        """An action that opens a form first."""
        self.page.get_by_role("link", name=action).click()
        self.answers_form(answers, action)

    def answers_form(self, answers: dict[str, Answer], button: str) -> None:
        form = self.page.locator("#bieu-mau")
        form.wait_for()
        fill(self.page, answers)
        form.get_by_role("button", name=button, exact=True).click()
        self.hears()

    def notes_absence(self, answers: dict[str, Answer]) -> None:
        """A head arranges who acts for whom, and when."""
        self.opens("/ban/vang-mat")
        fill(self.page, answers)
        self.page.get_by_role("button", name="Ghi vắng mặt").click()
        self.hears()

    def hears(self) -> str:
        """What the desk answers after an action."""
        toast = self.page.locator(".toast").last
        toast.wait_for()
        return toast.inner_text()

    def may(self, action: str) -> bool:
        """Whether the bar of the open dossier offers it."""
        bar = self.page.get_by_role("group", name="Thao tác")
        offered = bar.get_by_role("button", name=action).or_(bar.get_by_role("link", name=action))
        return offered.count() > 0

    def reads(self) -> str:
        return self.page.locator("main").inner_text().replace("\xa0", " ")

    def sees_in_inbox(self, code: str) -> bool:
        self.opens("/ban")
        return self.page.locator(f".list a[href*='{code}']").count() == 1

    def judges(self, paper: str, verdict: str) -> None:
        """«Đạt» or «Chưa» for one paper."""
        form = self.page.get_by_role("form", name=f"Kết luận: {paper}")
        form.get_by_role("button", name=verdict, exact=True).click()
        pressed = form.get_by_role("button", name=verdict, exact=True, pressed=True)
        pressed.wait_for()

    def answers(self, verdict: str, text: str = "") -> None:
        """The opinion that this officer's unit was asked for."""
        self.page.get_by_role("link", name="Trả lời ý kiến").click()
        fill(self.page, {"Ý kiến của đơn vị": verdict, "Nội dung": text})
        self.page.get_by_role("button", name="Gửi ý kiến").click()
        self.hears()

    def letter(self, title: str) -> str:
        """The words of an issued letter; it is signed by the worker, a moment after the act."""
        link = self.page.get_by_role("link", name=title)
        until(self.page, link)
        return words_of(content_behind(link.first))


def unused_code(city: City, username: str) -> str:
    """From the stand-in of the telephone; waits for it to show one that is newer than the last."""
    address, used = f"{city.simulators}/authenticator", city.codes.get(username, "")
    while True:
        shown = requests.get(address, {"ten": username}, timeout=30).text
        codes = re.findall(r"\b\d{6}\b", shown)
        newer = codes[codes.index(used) + 1 :] if used in codes else codes
        if newer:
            city.codes[username] = newer[0]
            return newer[0]
        time.sleep(0.25)
