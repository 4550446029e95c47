"""The server is killed at each write of a filling session: nothing that was typed is lost."""

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import FilePayload, Page, Route, expect

from e2e.journeys.birth import BIRTH, born_on
from e2e.journeys.citizen import TUYET, Citizen
from e2e.journeys.forms import fill
from e2e.journeys.papers import content_behind
from e2e.journeys.waiting import until
from motcua.contexts.documents.testing import a_pdf

OPENING = 120_000  # ms; a whole city starts again meanwhile
DAY = born_on()
CHILD = {
    "child_full_name": "Lê Gia An",
    "child_sex": "nu",
    "child_born_on.day": str(DAY.day),
    "child_born_on.month": str(DAY.month),
    "child_born_on.year": str(DAY.year),
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
}
PAGES: Mapping[str, Mapping[str, str]] = {
    "applicant": {"requester_phone": "0900 000 001", "relation": "mother"},
    "child": CHILD,
    "birthplace": {
        "birth_place": "facility",
        "facility_name": "Bệnh viện Phụ sản",
        "birth_address.ward": "26743",
        "birth_address.street": "1 Lê Lai",
    },
    "origin": {"child_origin": "Xã Củ Chi, Thành phố Hồ Chí Minh"},
    "father": {"father_known": "no"},
}
SAID = ("Lê Gia An", "Bệnh viện Phụ sản", "1 Lê Lai", "Xã Củ Chi", f"{DAY:%d/%m/%Y}")
SCAN: FilePayload = {
    "name": "chung-sinh.pdf",
    "mimeType": "application/pdf",
    "buffer": a_pdf("x" * 1_000_000),
}


class Filler:
    """Sends a page of answers as a browser does that saves while somebody types."""

    def __init__(self, tuyet: Citizen) -> None:
        self.city, self.page = tuyet.city, tuyet.page
        self.draft = self.page.url.split("/trang/")[0]
        self.token = self.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        cookies = self.page.context.cookies(self.city.url)
        self.cookies = "; ".join(f"{one['name']}={one['value']}" for one in cookies)

    def saves(self, key: str, answers: Mapping[str, str], number: int) -> None:
        """The server dies while it has the request; the same answers are sent until one says so."""
        answered = self._posts(key, answers, number, dies=True)
        while not answered:
            self.city.waits_until_open()
            answered = self._posts(key, answers, number)

    def _posts(
        self, key: str, answers: Mapping[str, str], number: int, *, dies: bool = False
    ) -> bool:
        where = urlsplit(f"{self.draft}/trang/{key}/luu")
        said = {**answers, "csrfmiddlewaretoken": self.token, "idempotency_key": f"{key}{number}"}
        line = HTTPConnection(where.hostname or "", where.port, timeout=30)
        headers = {
            "Cookie": self.cookies,
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": self.city.url,
        }
        try:
            line.request("POST", where.path, urlencode(said), headers)
            if dies:
                self.city.kills_web()
            return line.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            line.close()


def test_the_server_dies_at_each_write_and_every_answer_is_there(a_citizen):
    tuyet = a_citizen(TUYET)
    tuyet.begins(BIRTH)
    filler = Filler(tuyet)
    own = tuyet.page.locator("form.form").first.evaluate(
        "form => Object.fromEntries([...new FormData(form)].filter(([n]) => n.startsWith('req')))"
    )

    for key, answers in PAGES.items():
        everything = {**own, **answers} if key == "applicant" else answers
        fields = list(everything)
        for number in range(len(own) if key == "applicant" else 0, len(fields)):
            filler.saves(key, {f: everything[f] for f in fields[: number + 1]}, number)

    tuyet.opens(urlsplit(f"{filler.draft}/xem-lai").path)
    # Killed so often, the web may start anew once more; until then the page says «no network».
    until(tuyet.page, tuyet.page.get_by_text(SAID[0]).first)
    assert [words for words in SAID if words not in tuyet.reads()] == []


def test_the_server_dies_while_a_file_comes_up_and_the_file_goes_on(a_citizen):
    tuyet = a_citizen(TUYET)
    tuyet.begins(BIRTH)
    page = tuyet.page
    page.goto(page.url.split("/trang/")[0] + "/giay-to")
    paper = page.get_by_role("region", name="Giấy tờ tùy thân")
    arrived: list[int] = []

    def dies_with_the_second_part(route: Route) -> None:
        if route.request.method != "PATCH":
            return route.continue_()
        arrived.append(int(route.request.headers["upload-offset"]))
        if len(arrived) == 2:
            tuyet.city.kills_web()
        return route.continue_()

    page.route("**/giay-to/len/*", dies_with_the_second_part)
    paper.get_by_label("Chọn tệp").set_input_files(SCAN)

    link = paper.get_by_role("link", name="chung-sinh.pdf")
    expect(link).to_be_visible(timeout=OPENING)
    assert arrived[0] == 0
    assert len([begins for begins in arrived if begins == 0]) == 1
    assert content_behind(link) == SCAN["buffer"]


def test_a_page_says_that_it_could_not_save_and_saves_when_the_city_is_back(city, a_citizen):
    tuyet = a_citizen(TUYET)
    child_page(tuyet)
    saved = tuyet.page.locator("[data-saved]")

    city.kills_web(whole=True)
    fill(tuyet.page, {"Họ, chữ đệm và tên của trẻ": "Lê Gia Bảo"})

    expect(tuyet.page.locator(".saved--not")).to_be_visible()
    expect(saved).to_contain_text("Đã lưu", timeout=OPENING)
    tuyet.page.reload()
    expect(tuyet.page.get_by_label("Họ, chữ đệm và tên của trẻ")).to_have_value("Lê Gia Bảo")


def test_what_was_typed_into_a_dead_city_is_back_after_the_page_was_lost(a_citizen):
    tuyet = a_citizen(TUYET, service_workers="block")
    child_page(tuyet)
    address, name = tuyet.page.url, tuyet.page.get_by_label("Họ, chữ đệm và tên của trẻ")

    never_arrives(tuyet.page)
    name.fill("Lê Gia Cát")
    expect(tuyet.page.locator("[data-saved]")).to_contain_text("Chưa lưu được")
    kept = tuyet.page.evaluate("JSON.stringify({...sessionStorage})")
    tuyet.page.unroute_all()
    tuyet.page.goto("about:blank")
    tuyet.page.goto(address)

    assert "chua-luu:" in kept and "Cát" not in kept
    expect(name).to_have_value("Lê Gia Cát")
    expect(tuyet.page.locator("[data-saved]")).to_contain_text("Đã lưu")


def child_page(tuyet: Citizen) -> None:
    tuyet.begins(BIRTH)
    tuyet.fills("Người yêu cầu", {"Số điện thoại": "0900 000 001", "Bạn là gì của trẻ": "Mẹ"})
    expect(tuyet.page.get_by_role("heading", level=1)).to_have_text("Thông tin của trẻ")


def never_arrives(page: Page) -> None:
    """Every save of the page meets a server that dies with it."""
    page.route("**/luu", lambda route: route.abort("connectionreset"))
