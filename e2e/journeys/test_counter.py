"""The counter without a mouse: a dossier in under a minute; and without a network at every step."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Request, expect

from e2e.journeys.officer import Officer

CARD = "{number}|012345678|Nguyeenx Thij Ánh|12051990|Nuwx|12 Nguyeenx Huee|01012022"
HERE, WINDOW = "/quay/nhan", "/quay/mat-mang"
CODE = re.compile(r"H29\.99-\d{8}-\d{7}")
PIN = "246810"
# Seconds of the keystroke-level model (Card, Moran, Newell 1980): a key of an average typist who
# is no secretary, a decision, reaching for the card and holding it to the scanner.
KEY, DECISION, CARD_SCANNED = 0.28, 1.35, 3.0
MOST_KEYS, MOST_PAGES, MINUTE = 20, 7, 60  # pages: where each key that sends leads, and back


@dataclass
class Hands:
    """What a receiver does with ten fingers: every key is counted, a scanner's are not."""

    page: Page
    keys: int = 0
    decisions: int = 0
    pages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._notes)

    def _notes(self, request: Request) -> None:
        if request.is_navigation_request():
            self.pages.append(request.url)

    def press(self, *keys: str) -> None:
        """One decision, however many keys it takes."""
        self.decisions += 1
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += key.count("+") + 1

    def types(self, text: str) -> None:
        self.decisions += 1
        self.page.keyboard.type(text)
        self.keys += len(text)

    def scans(self, number: str) -> None:
        """A scanner types the whole card and Enter, garbled by the input method."""
        self.page.keyboard.type(CARD.format(number=number))
        self.page.keyboard.press("Enter")

    @property
    def seconds(self) -> float:
        return CARD_SCANNED + self.keys * KEY + self.decisions * DECISION


@pytest.fixture
def khue(an_officer) -> Officer:
    return an_officer("khue")


def knows(officer: Officer, number: str, name: str) -> None:
    """The city met the person before: found or registered at this desk."""
    page = officer.page
    officer.opens("/quay")
    page.get_by_label("Số định danh cá nhân").fill(number)
    page.get_by_label("Họ và tên").fill(name)
    for part, value in (("Ngày", "12"), ("Tháng", "5"), ("Năm", "1990")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Tìm hoặc ghi nhận").click()
    page.wait_for_url("**/quay/nguoi/**")


def begins(officer: Officer) -> None:
    """With nobody at the window, whatever was half filled before."""
    officer.opens(HERE)
    other = officer.page.get_by_role("button", name="Người khác")
    if other.count():
        other.click()
    expect(officer.page.get_by_label("Quét thẻ căn cước")).to_be_focused()


def takes_in(hands: Hands, number: str, letters: str) -> None:
    """From the card to the slip: three letters, two questions that decide, one paper, one key."""
    page = hands.page
    expect(page.get_by_label("Quét thẻ căn cước")).to_be_focused()
    hands.scans(number)
    expect(page.get_by_label("Gõ vài chữ của thủ tục")).to_be_focused()
    hands.types(letters)
    hands.press("Enter")
    expect(page.get_by_role("radio", name="Mẹ", exact=True)).to_be_focused()
    hands.press("Space")
    hands.press("Tab", "Space")
    hands.press("Tab", "Tab", "Space")
    expect(page.get_by_role("radio", name="Xem bản chính, trả lại").first).to_be_checked()
    hands.press("Control+Enter")
    page.wait_for_url(f"**{HERE}/xong")


def test_a_journey_of_a_minute_at_the_counter(khue, axe, shot, album, capsys):
    kept = album(
        "counter-minute",
        title="A minute at the counter",
        about="A receiver takes a birth registration in with a scanner and ten fingers, no mouse.",
    )
    page = khue.page
    number = "079190998101"
    knows(khue, number, "Nguyễn Thị Quầy")
    begins(khue)
    kept.keep(page, "Who stands here: the scanner types, only the number is read.")
    takes_in(Hands(page), number, "khai sinh")
    khue.opens(HERE)

    hands = Hands(page)
    takes_in(hands, number, "kha")

    expect(page.get_by_text(CODE).first).to_be_visible()
    with capsys.disabled():
        print(f"\n{hands.keys} keys, {hands.decisions} decisions, {len(hands.pages)} pages: "
              f"{hands.seconds:.0f} s by the model")  # fmt: skip
    assert hands.keys <= MOST_KEYS and len(hands.pages) <= MOST_PAGES
    assert hands.seconds < MINUTE
    axe(page)
    shot(page, "slip")
    kept.keep(page, "Received: the slip is printed on A5, F2 goes on to the next person.")
    code = CODE.search(page.locator(".sheet").inner_text())[0]
    khue.opens("/quay/man-hinh")
    expect(page.get_by_text(code)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nguyễn T••• Q•••")
    axe(page)
    kept.keep(page, "The second screen: name masked, code, due date.")


def test_what_is_missing_is_said_in_writing_and_nothing_half_filled_is_lost(khue, axe, shot):
    page = khue.page
    number = "079190998102"
    knows(khue, number, "Nguyễn Văn Thiếu")
    begins(khue)
    page.get_by_label("Quét thẻ căn cước").fill(number)
    page.keyboard.press("Enter")
    page.get_by_label("Gõ vài chữ của thủ tục").fill("khai sinh")
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Mẹ", exact=True).check()
    with page.expect_response(f"**{HERE}/luu"):
        page.get_by_role("radio", name="Bệnh viện").check()
    page.reload()
    expect(page.get_by_role("radio", name="Mẹ", exact=True)).to_be_checked()
    axe(page)
    shot(page, "half-filled")

    page.get_by_role("radio", name="Chưa có").first.check()
    page.get_by_role("button", name="Thiếu giấy: in phiếu hướng dẫn").click()

    expect(page.get_by_role("heading", name="PHIẾU HƯỚNG DẪN BỔ SUNG HỒ SƠ")).to_be_visible()


def test_copies_are_taken_in_by_ten_fingers_and_the_pages_of_the_counter_are_whole(
    khue, axe, shot, capsys
):
    page, number = khue.page, "079190998103"
    knows(khue, number, "Nguyễn Văn Sao")
    khue.opens("/quay/sao")
    hands = Hands(page)
    hands.scans(number)
    expect(page.get_by_label("Tên giấy tờ").first).to_be_focused()
    for said in ("Bằng đại học", "Đại học Bách khoa", "3", "2"):
        hands.types(said)
        hands.press("Tab")
    hands.press("Space")
    axe(page)
    shot(page, "copies")
    hands.press("Control+Enter")
    page.wait_for_url("**/quay/sao/da-nhan?**")

    expect(page.get_by_text("10.000").first).to_be_visible()
    with capsys.disabled():
        print(f"\n{hands.keys} keys: {hands.seconds:.0f} s by the model")
    assert hands.seconds < MINUTE
    axe(page)
    shot(page, "copies-taken")
    for address in ("/quay/sao/so", "/quay/so-lieu", "/quay/tra", "/quay/ban", "/quay"):
        khue.opens(address)
        axe(page)
        shot(page, address.removeprefix("/").replace("/", "-"))


# --- without a network ----------------------------------------------------------------------------


def prepares_machine(khue: Officer) -> None:
    page = khue.page
    khue.opens(WINDOW)
    page.get_by_label("Tên máy").fill("Quầy số 3")
    page.get_by_label("Mã mở khóa, ít nhất").fill(PIN)
    page.get_by_role("button", name="Đăng ký máy").click()
    expect(page.locator("[data-left]")).to_have_text("40")
    page.wait_for_function("document.documentElement.dataset.kept === 'yes'")


def waits(page: Page, count: int) -> None:
    expect(page.locator("[data-waiting]")).to_have_text(str(count))


STEPS = ("nothing yet", "who", "procedure", "answers", "papers")


def receives(page: Page, number: int, cut: str) -> str:
    """All of a reception; the network goes once the step `cut` is done."""
    steps = {
        "nothing yet": lambda: None,
        "who": lambda: _who(page, number),
        "procedure": lambda: _procedure(page),
        "answers": lambda: _answers(page),
        "papers": lambda: _papers(page),
    }
    for name, does in steps.items():
        does()
        if name == cut:
            page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-receipt]")).to_be_visible()
    code = page.locator("[data-slip=code]")
    expect(code).to_have_text(CODE)
    return code.inner_text()


def _who(page: Page, number: int) -> None:
    page.get_by_label("Quét thẻ căn cước").fill(f"079190998{number}|x|Nguyeenx")
    page.keyboard.press("Enter")
    page.get_by_label("Họ và tên").fill(f"Nguyễn Văn Mạng {number}")
    page.get_by_label("Ngày sinh").fill("1990-05-12")


def _procedure(page: Page) -> None:
    page.get_by_label("Gõ vài chữ của thủ tục").fill("khai sinh")
    page.keyboard.press("Enter")
    expect(page.locator("[data-chosen]")).not_to_be_empty()


def _answers(page: Page) -> None:
    page.get_by_role("radio", name="Mẹ", exact=True).check()
    page.get_by_role("radio", name="Bệnh viện").check()


def _papers(page: Page) -> None:
    page.get_by_role("radio", name="Xem bản chính, trả lại").first.check()


def test_a_network_that_goes_at_any_step_loses_nothing(khue, axe, shot, album):
    kept = album(
        "counter-offline",
        title="The counter without a network",
        about="The network goes at every step of a reception; nothing is lost or there twice.",
    )
    page = khue.page
    prepares_machine(khue)
    kept.keep(page, "A machine of the desk holds forty numbers for hours without a network.")
    codes = []
    for number, cut in enumerate(STEPS, start=201):
        codes.append(receives(page, number, cut))
        waits(page, 1)
        if cut == "papers":
            kept.keep(page, "No network: the receipt has its number and says so.")
        page.context.set_offline(False)
        waits(page, 0)
        page.locator("[data-next]").click()

    axe(page)
    shot(page, "window")
    assert len(set(codes)) == len(STEPS)
    for code in codes:
        khue.opens_dossier(code)
    khue.opens(f"{WINDOW}/doi-chieu")
    expect(page.get_by_text("Mọi lượt đã đồng bộ đều khớp.")).to_be_visible()
    axe(page)
    shot(page, "account")
    kept.keep(page, "Every number is accounted for.")


def test_a_browser_that_is_killed_without_a_network_opens_again_with_the_pin(khue):
    page = khue.page
    prepares_machine(khue)
    code = receives(page, 301, "nothing yet")
    page.goto("about:blank")

    khue.opens(WINDOW)
    page.get_by_label("Mã mở khóa", exact=True).fill("000000")
    page.get_by_role("button", name="Mở khóa").click()
    expect(page.get_by_text("Mã mở khóa không đúng.")).to_be_visible()
    page.get_by_label("Mã mở khóa", exact=True).fill(PIN)
    page.get_by_role("button", name="Mở khóa").click()
    second = receives(page, 302, "nothing yet")
    waits(page, 2)
    page.context.set_offline(False)
    waits(page, 0)

    assert code != second
    for one in (code, second):
        khue.opens_dossier(one)
