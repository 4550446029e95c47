"""English: no word of ours stays Vietnamese, except what is marked so for readers aloud."""

import re
from html.parser import HTMLParser

import pytest

from motcua.portals.citizen.tests.conftest import BIRTH, text_of

VIETNAMESE = re.compile(
    "[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.I
)
NAMES = re.compile(  # of people, places, authorities, papers and laws, and the city's own brand
    r"Nguyễn Thị Ánh Tuyết|Một Cửa|Phường|Phường|Xã |Đặc khu|phường|Ủy ban nhân dân|Trung tâm"
    r"|Giấy|Tờ khai|Văn bản|Đăng ký|Hộ tịch|Lệ phí|Phí |Luật|Nghị định|Việt Nam|12 Nguyễn Huệ"
    r"|Tổ Hành chính công|đồng"
)
VOID = {"meta", "link", "input", "br", "img", "hr", "path", "circle", "rect", "use"}


class Words(HTMLParser):
    """Texts outside anything marked `lang="vi"`, scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            hidden = dict(attrs).get("lang") == "vi" or tag in {"script", "style", "option"}
            self.open.append((tag, hidden))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(hidden for _tag, hidden in self.open):
            self.found.append(data.strip())


def leftovers(page: str) -> list[str]:
    words = Words()
    words.feed(page.split("<body", 1)[1])
    return [text for text in words.found if VIETNAMESE.search(NAMES.sub("", text))]


@pytest.fixture
def reader(tuyet, english):
    tuyet.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return tuyet


def test_pages_before_sending_are_english(reader, draft_id):
    urls = ("/", "/ho-so", "/vi", "/tra-cuu", f"/nop/{BIRTH}", f"/nhap/{draft_id}")
    pages = {url: text_of(reader.get(url)) for url in urls}
    assert {url: leftovers(page) for url, page in pages.items() if leftovers(page)} == {}
    assert 'lang="en"' in pages["/"]


@pytest.mark.parametrize("place", ["trang/applicant", "trang/copies", "giay-to"])
def test_the_form_is_english(reader, draft_id, place):
    assert leftovers(text_of(reader.get(f"/nhap/{draft_id}/{place}"))) == []


def test_errors_are_english(reader, draft_id):
    page = text_of(reader.send(f"/nhap/{draft_id}/trang/applicant", {"requester_phone": "1"}))
    assert "Error:" in page
    assert "A phone number has 10 digits" in page


def test_the_tracker_is_english(reader, submitted):
    code = submitted()
    page = text_of(reader.get(f"/ho-so/{code}"))
    assert "Nothing to do for you." in page
    assert leftovers(page) == []


def test_whoever_reads_no_language_of_ours_reads_vietnamese(tuyet):
    tuyet.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"
    assert 'lang="vi"' in text_of(tuyet.get("/"))
