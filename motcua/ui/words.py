"""Chữ và số: how money, masked numbers and unbreakable Vietnamese compounds are written."""

import re

from django.utils.translation import get_language

NBSP = "\u00a0"

# Vietnamese writes a space inside a word: a line broken there reads as two words.
_COMPOUNDS = """
bản sao|bắt buộc|bổ sung|cá nhân|căn cước|chuyên viên|chứng thực|cơ quan|công an|công bố|công dân
cư trú|dân cư|dịch vụ|doanh nghiệp|đăng ký|đất đai|định danh|điện tử|điện thoại|đơn vị|giải quyết
giám hộ|giao dịch|giấy hẹn|giấy phép|giấy tờ|hải đảo|hành chính|hiệu lực|họ tên|hồ sơ|hôn nhân
hộ gia đình|hộ khẩu|hộ kinh doanh|hộ tịch|kê khai|kết hôn|kết quả|khai sinh|khai tử|khiếu nại
khởi công|kiểm tra|kinh doanh|lãnh đạo|lệ phí|mã hồ sơ|mặt cắt|mật khẩu|nhà ở|nhân thân|nộp hồ sơ
phản ánh|phê duyệt|phí đã nộp|phục vụ|phường xã|quá hạn|quy hoạch|quy trình|quyền sử dụng|quyết định
riêng lẻ|sao y|số định danh|tài chính|tài khoản|tạm trú|thành phố|thanh toán|thẩm định|thẩm quyền
thông báo|thông tin|thời hạn|thủ tục|thường trú|tiếp nhận|tình trạng|tổ chức|trả kết quả|trạng thái
trẻ em|trích lục|trợ cấp|trợ giúp|trung tâm|tuần này|tư pháp|ủy ban|ủy quyền|văn phòng|việc cần làm
xác nhận|xây dựng|xử lý|yêu cầu|ý kiến
"""
_COMPOUND = re.compile(
    r"\b(?:"
    + "|".join(sorted(_COMPOUNDS.replace("\n", "|").strip("|").split("|"), key=len, reverse=True))
    + r")\b",
    re.IGNORECASE,
)
_KEPT_OPEN = 3  # digits left readable of a masked number


def language() -> str:
    """Of the page: "vi" or "en"."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def foreign() -> str:
    """The `lang` of a text that exists in Vietnamese only; "" on a Vietnamese page."""
    return "" if (get_language() or "vi").startswith("vi") else "vi"


def unbroken(text: str) -> str:
    """Join the syllables of known compounds, for titles, buttons and tiles."""
    return _COMPOUND.sub(lambda found: found[0].replace(" ", NBSP), text)


def count(number: int) -> str:
    """«1.234.567»."""
    return f"{number:,}".replace(",", ".")


def decimal(number: float, places: int = 1) -> str:
    """«96,4»; never for money, which is whole đồng."""
    return f"{number:,.{places}f}".translate(str.maketrans(",.", ".,"))


def vnd(dong: int) -> str:
    """«8.000 ₫»."""
    return f"{count(int(dong))}{NBSP}₫"


def masked(number: str) -> str:
    """«•••••••••345»: the same width, only the last three readable."""
    return "•" * max(0, len(number) - _KEPT_OPEN) + number[-_KEPT_OPEN:]


def masked_name(full_name: str) -> str:
    """«Nguyễn T••• Á••• T•••»: enough to recognise, too little to learn."""
    first, *rest = full_name.split() or [""]
    return " ".join([first, *(f"{word[0]}•••" for word in rest)])


def file_size(size: int) -> str:
    """«1,2 MB»."""
    if size < 1_000:
        return f"{size} byte"
    if size < 1_000_000:
        return f"{round(size / 1_000)}{NBSP}KB"
    return f"{decimal(size / 1_000_000)}{NBSP}MB"


def in_fours(digits: str) -> str:
    """A hash for people who compare it: «3f2a 91c0 …»."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
