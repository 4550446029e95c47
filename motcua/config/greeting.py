"""The last thing ./run prints: where to go and whom to be."""

from pathlib import Path

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from motcua.config import house

FILE = "greeting"
PLACES = (
    ("Công dân", "citizen:home"),
    ("Tra cứu hồ sơ", "dossiers:track"),
    ("Xác minh giấy tờ", "documents:verify"),
    ("Bàn làm việc", "dossiers:inbox"),
    ("Điều hành", "lead:board"),
    ("Quản trị", "office:home"),
    ("API, tài liệu", "open:api"),
    ("Thư viện giao diện", "ui:gallery"),
)
SIMULATORS = (
    ("VNeID mô phỏng", "vneid"),
    ("Ngân hàng mô phỏng", "bank"),
    ("Hộp thư, tin nhắn", "mailbox"),
    ("Mã của cán bộ mẫu", "authenticator"),
)
OFFICERS = (
    ("khue", "Trần Minh Khuê", "tiếp nhận, Phường Bến Thành"),
    ("ngan", "Võ Thị Kim Ngân", "tiếp nhận, Phường Sài Gòn"),
    ("bao", "Lê Quốc Bảo", "thụ lý, Phường Sài Gòn"),
    ("nghia", "Phạm Hữu Nghĩa", "trưởng bộ phận, Phường Sài Gòn"),
    ("van", "Đỗ Thanh Vân", "ký duyệt, Phường Sài Gòn"),
    ("ha", "Bùi Ngọc Hà", "văn thư, Phường Sài Gòn"),
    ("phat", "Huỳnh Tấn Phát", "thụ lý xây dựng"),
    ("linh", "Lý Mỹ Linh", "trưởng bộ phận xây dựng"),
    ("thanh", "Ngô Bá Thành", "lãnh đạo thành phố"),
    ("quynh", "Mai Xuân Quỳnh", "quản trị"),
    ("duyen", "Hồ Mỹ Duyên", "bảo vệ dữ liệu"),
    ("tho", "Phan Anh Thơ", "lưu trữ"),
    ("uyen", "Nguyễn Thục Uyên", "duyệt tiêu hủy"),
    ("han", "Trương Gia Hân", "soạn thủ tục"),
    ("duy", "Tạ Đức Duy", "duyệt thủ tục"),
)
CITIZENS = (
    ("079190999001", "Nguyễn Thị Ánh Tuyết"),
    ("079188999002", "Lê Minh Khoa"),
)


def lines() -> list[str]:
    return [*_places(), "", *_people()]


def _places() -> list[str]:
    rows = [f"Một Cửa: {settings.PUBLIC_ORIGIN}/", ""]
    for label, view in PLACES:
        try:
            rows.append(f"  {label:<22}{settings.PUBLIC_ORIGIN}{reverse(view)}")
        except NoReverseMatch:  # a portal that is not part of this house
            continue
    if settings.SIMULATORS and house.command_exists("simulators"):
        rows += [f"  {label:<22}{settings.SIMULATORS_ORIGIN}/{path}/" for label, path in SIMULATORS]
    return rows


def _people() -> list[str]:
    if not settings.DEVELOPMENT_PASSWORD:
        return []
    rows = [f"Đăng nhập thử, cán bộ (mật khẩu chung {settings.DEVELOPMENT_PASSWORD}):"]
    if settings.SIMULATORS:
        rows.append(
            f"  Bước hai hỏi mã 6 chữ số: xem ở {settings.SIMULATORS_ORIGIN}/authenticator/"
        )
    rows += [f"  {user:<8}{name:<24}{role}" for user, name, role in OFFICERS]
    rows.append("Đăng nhập thử, công dân (qua VNeID mô phỏng):")
    rows += [f"  {number}  {name}" for number, name in CITIZENS]
    return rows


def write() -> None:
    """Kept for the supervisor, which prints it once the first page answers."""
    path: Path = settings.VAR / "run" / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines()) + "\n", encoding="utf-8")
