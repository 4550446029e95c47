"""What of a page is still Vietnamese for a reader of English."""

import re
from html.parser import HTMLParser

VIETNAMESE = re.compile(
    "[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.I
)
NAMES = re.compile(  # of people, places, authorities and laws, and the city's own brand
    r"Nguyễn Thị Ánh Tuyết|Một Cửa|[Pp]hường (Sài Gòn|Bến Thành)|Ủy ban nhân dân|12 Nguyễn Huệ"
    r"|Trung tâm Phục vụ hành chính công|Văn phòng Hội đồng nhân dân và|Luật Hộ tịch|đồng"
    r"|«Thư viện Thành phố»|Luật Bảo vệ dữ liệu cá nhân số [\d/]+QH15, Điều 4|Nghị định [\d/]+NĐ-CP"
)
VOID = {"meta", "link", "input", "br", "img", "hr", "path", "circle", "rect", "use"}


SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-stop")


class Words(HTMLParser):
    """Texts outside anything marked `lang="vi"`, scripts, styles and samples of code; what is
    read aloud too.
    """

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        hidden = told.get("lang") == "vi" or tag in {"script", "style", "option", "pre"}
        if not hidden:
            for name in SPOKEN:
                self.handle_data(told.get(name) or "")
        if tag not in VOID:
            self.open.append((tag, hidden))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(hidden for _tag, hidden in self.open):
            self.found.append(data.strip())


def leftovers(page: str) -> list[str]:
    words = Words()
    words.feed(page.split("<body", 1)[1])
    return [text for text in words.found if VIETNAMESE.search(NAMES.sub("", text))]
