"""Giấy tờ và lưu ý: the national lists carry notes and headings among the papers."""

import re
from collections.abc import Iterable, Mapping

from motcua.kernel.text import nfc

_MARKS = re.compile(r"^[\s*+\-–•·.)]+")
_NOTE = re.compile(r"(?:lưu ý|ghi chú|chú ý|số lượng hồ sơ|số lượng mỗi|số bộ hồ sơ)\b", re.I)
_NOTHING = re.compile(r"\(?(?:không quy định|không có|không|nếu có|theo quy định)\)?[.;]?", re.I)
_RULE = re.compile(
    r"\(?(?:trường hợp|đối với|người tiếp nhận|người yêu cầu|người có yêu cầu|người ủy quyền|việc |"
    r"bản chụp các giấy tờ|chậm nhất|khi nộp|cơ quan|cán bộ)",
    re.I,
)
_PAPER = re.compile(
    r"(?:đơn|tờ khai|giấy|bản|văn bản|báo cáo|hợp đồng|quyết định|biên bản|danh sách|mẫu|phiếu|"
    r"tài liệu|hồ sơ|chứng|ảnh|hộ chiếu|điều lệ|nghị quyết|sơ yếu|thẻ|phương án|đề án|dự án)\b",
    re.I,
)
_HEADING = re.compile(r"(?:gồm|gồm có|sau|sau đây|như sau|phải nộp|phải xuất trình)\s*:$", re.I)
_IF_ANY = re.compile(r"\(\s*nếu có\s*\)|\bnếu có\b", re.I)


def components_and_notes(
    rows: Iterable[Mapping[str, object]],
) -> tuple[list[dict[str, object]], list[str]]:
    """Papers as component tables, and the rest as notes, both in their order."""
    papers: list[dict[str, object]] = []
    notes: list[str] = []
    for row in rows:
        name = nfc(str(row.get("name") or ""))
        text = _MARKS.sub("", name).strip()
        if not text:
            continue
        if is_note(text, originals=_count(row, "originals"), copies=_count(row, "copies")):
            notes.append(text)
        else:
            papers.append(_paper(row, text, key=f"p{len(papers) + 1}"))
    return papers, notes


def is_note(text: str, *, originals: int, copies: int) -> bool:
    """Said about the papers, not a paper itself.

    text: without its leading marks. A count of one does not make a paper: the portal counts its
    headings too. A line that counts nothing and reads like a rule is one.
    """
    if _NOTE.match(text) or _NOTHING.fullmatch(text) or _HEADING.search(text):
        return True
    if originals or copies:
        return False
    return text.endswith(":") or (bool(_RULE.match(text)) and not _PAPER.match(text))


def _paper(row: Mapping[str, object], text: str, *, key: str) -> dict[str, object]:
    originals, copies = _count(row, "originals"), _count(row, "copies")
    said = row.get("required")
    required = said if isinstance(said, bool) else not _IF_ANY.search(text)
    return {
        "key": key,
        "name": text,
        "required": required,
        "form": "COPY" if copies and not originals else "ORIGINAL",
        "originals": originals,
        "copies": copies,
        "group": nfc(str(row.get("group") or "")),
        "form_file": nfc(str(row.get("form_file") or "")),
    }


def _count(row: Mapping[str, object], name: str) -> int:
    value = row.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
