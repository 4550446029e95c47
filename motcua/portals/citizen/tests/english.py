"""What of a page is still Vietnamese for a reader of English."""

import re
from html.parser import HTMLParser

VIETNAMESE = re.compile(
    "[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.I
)
NAMES = re.compile(  # of people, places, authorities and laws, and the city's own brand
    r"Nguyễn Thị Ánh Tuyết|Một Cửa|[Pp]hường (Sài Gòn|Bến Thành)|Ủy ban nhân dân|12 Nguyễn Huệ"
    r"|Trung tâm Phục vụ hành chính công|Văn phòng Hội đồng nhân dân và|Luật Hộ tịch|đồng"
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
