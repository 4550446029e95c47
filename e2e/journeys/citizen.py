"""A citizen: what she does on the pages, in the words of the pages."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Locator, Page, expect

from e2e.journeys.forms import Answer, fill
from e2e.journeys.hands import POINTER, Pointer
from e2e.journeys.waiting import until
from e2e.living_city import City

TUYET, KHOA = "079190999001", "079188999002"
FARTHEST_TAB = 200
CODE = re.compile(r"H29\.\d+(?:\.\d+)?-\d{8}-\d+")


def keep_nothing(_page: Page, _words: str) -> None:
    """Of most journeys no picture is kept."""


@dataclass(frozen=True, slots=True)
class Citizen:
    """page: her browser. keep: where pictures of what she sees go, if anywhere (`Album.keep`).

    hand: how she works it.
    """

    page: Page
    city: City
    keep: Callable[[Page, str], None] = keep_nothing
    hand: Pointer = POINTER

    def opens(self, address: str) -> None:
        self.page.goto(f"{self.city.url}{address}")

    def signs_in(self, personal_number: str) -> None:
        """Through the VNeID stand-in, chosen by number among the invented people."""
        self.opens("/dang-nhap")
        self.hand.press(self.page.get_by_role("link", name="Đăng nhập bằng VNeID"))
        self.hand.press(self.page.get_by_role("link", name=personal_number))
        self.page.wait_for_url(f"{self.city.url}/**")
        if "/dang-nhap/vneid/la-toi" in self.page.url:  # the city knew them before this account
            self.hand.press(self.page.get_by_role("button", name="Đây là tôi"))
            self.page.wait_for_url(re.compile("^(?!.*/dang-nhap/)"))

    def searches(self, words: str) -> None:
        self.opens("/")
        box = self.page.get_by_role("main").locator("input[name=q]")
        self.hand.write(box, words)
        box.press("Enter")
        self.page.wait_for_url(re.compile("/tim|/thu-tuc/"))  # a code leads straight to its page
        self.keep(self.page, f"«{words}»: what it may be, who decides, what to bring.")

    def begins(self, procedure_code: str) -> None:
        self.opens(f"/thu-tuc/{procedure_code}")
        self.keep(self.page, "Before signing in: for whom, how long, how much, which papers.")
        self.hand.press(self.page.get_by_role("link", name="Bắt đầu"))
        self.hand.check(self.page.get_by_label("Đồng ý, điền sẵn cho tôi"))
        self.keep(self.page, "What registers and the account may fill in, item by item.")
        self.hand.press(self.page.get_by_role("button", name="Bắt đầu điền"))
        self.hand.press(self.page.get_by_role("link", name="Điền tiếp"))

    def fills(self, heading: str, answers: Mapping[str, Answer]) -> None:
        """One page of the form, saved."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        fill(self.page, answers, self.hand)
        self.keep(self.page, f"One thing a page: «{heading}».")
        self.hand.press(self.page.get_by_role("button", name="Lưu và tiếp tục"))

    def attaches(self, papers: Mapping[str, FilePayload]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Giấy tờ cần có")
        self.page.wait_for_load_state()  # scripts have run, if there are any
        for name, file in papers.items():
            paper = self.page.get_by_role("region", name=name, exact=True)
            self.hand.give(paper.get_by_label("Chọn tệp"), file)
            if not self.page.locator("html.scripted").count():
                self.hand.press(paper.get_by_role("button", name="Tải lên"))
            paper.get_by_role("link", name=file["name"]).wait_for()
        self.keep(self.page, "Papers: what the register holds is ticked, the rest is sent.")
        self.hand.press(self.page.get_by_role("button", name="Xem lại và nộp"))

    def sends(self, *, at_desk: str = "") -> str:
        """Press the last button; the code on the receipt. at_desk: another one-stop centre."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Xem lại trước khi nộp")
        if at_desk:
            self.hand.press(self.page.get_by_text("Nộp tại quầy khác"))
            self.hand.choose(self.page.get_by_label("Quầy tiếp nhận"), at_desk)
            self.hand.press(self.page.get_by_role("button", name="Chọn quầy này"))
            expect(self.page.get_by_text(f"Quầy tiếp nhận: {at_desk}")).to_be_visible()
        self.keep(self.page, "All answers on one page; the button names the act and the money.")
        self.hand.press(self.page.get_by_role("button", name=re.compile("^Nộp hồ sơ")))
        self.page.wait_for_url("**/da-nop")
        self.keep(self.page, "The receipt: code, every file, the due date and how it is counted.")
        return self.code_on_page()

    def code_on_page(self) -> str:
        found = CODE.search(self.page.locator("main").inner_text())
        assert found, self.page.locator("main").inner_text()
        return found.group()

    def dossiers(self) -> set[str]:
        """Codes of what was sent, as the list shows them."""
        self.opens("/ho-so")
        return {found.group() for found in CODE.finditer(self.page.locator("main").inner_text())}

    def follows(self, code: str) -> None:
        self.opens(f"/ho-so/{code}")

    def supplies(self, papers: Mapping[str, FilePayload]) -> None:
        """What the one consolidated request asked for."""
        self.hand.press(self.page.get_by_role("link", name="Gửi thêm").first)
        self.page.wait_for_load_state()  # scripts have run, if there are any
        for name, file in papers.items():
            paper = self.page.get_by_role("region", name=name, exact=True)
            self.hand.give(paper.get_by_label("Chọn tệp"), file)
            if self.page.locator("html.scripted").count():
                paper.get_by_text("Đã tải lên, gửi cùng biểu mẫu này").wait_for()
        self.keep(self.page, "What to send, why, how, by when; and what it does to the due date.")
        self.hand.press(self.page.get_by_role("button", name="Gửi thêm"))
        self.page.wait_for_url(re.compile("/ho-so/H29[^/]*$"))

    def rates(self, stars: int) -> None:
        self.hand.press(self.page.get_by_role("button", name=f"{stars} sao"))
        expect(self.page.get_by_text(f"Bạn đã chấm {stars} sao")).to_be_visible()
        self.keep(self.page, "The matter is done, and rated by one tap.")

    def paper_in_wallet(self, code: str) -> Locator:
        """The card of the result of this dossier."""
        self.opens("/vi")
        card = self.page.get_by_role("article").filter(has_text=code)
        until(self.page, card)
        self.keep(self.page, "The signed result in the wallet, with the code to verify it.")
        return card

    def tabs_to(self, words: str) -> None:
        """Press Tab from the top of the page until the focus is on what is named so."""
        self.page.wait_for_load_state()  # a document on its way has nothing in focus yet
        for _ in range(FARTHEST_TAB):
            self.page.keyboard.press("Tab")
            focused = self.page.evaluate("document.activeElement?.textContent ?? ''")
            if focused.replace("\xa0", " ").strip() == words:
                return
        raise AssertionError(f"the keyboard does not reach «{words}»")

    def verifies(self, pdf: bytes) -> None:
        """A file somebody holds, on the public page."""
        self.opens("/xac-minh")
        file: FilePayload = {"name": "giay.pdf", "mimeType": "application/pdf", "buffer": pdf}
        self.page.get_by_label("Tệp PDF bạn đang giữ").set_input_files(file)
        self.page.get_by_role("button", name="Xác minh tệp").click()
        self.page.get_by_text("Mã xác minh").first.wait_for()

    def clock_stands_still(self) -> bool:
        return self.page.locator(".chip").filter(has_text="Đồng hồ dừng").count() > 0

    def reads(self) -> str:
        """All words of the page."""
        return self.page.locator("main").inner_text().replace("\xa0", " ")

    def codes_found(self) -> Sequence[str]:
        """Codes of procedures in the list of results, best first."""
        return re.findall(r"\b\d\.\d{6}\b", self.reads())
