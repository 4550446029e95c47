"""Khung trang quản trị."""

from django.http import HttpRequest

from motcua.kernel.actors import Actor, Role
from motcua.kernel.web import actor_of
from motcua.portals.office.asking import HERE
from motcua.ui.parts import NavItem, Shell

PLACES = (
    ("Tình trạng", HERE, "activity"),
    ("Việc nền", f"{HERE}/viec-nen", "list-restart"),
    ("Sổ cái", f"{HERE}/so-cai", "book-lock"),
    ("Kết nối", f"{HERE}/ket-noi", "plug"),
    ("Ứng dụng", f"{HERE}/ung-dung", "app-window"),
    ("Danh mục", f"{HERE}/danh-muc", "library"),
    ("Căn cứ pháp lý", f"{HERE}/phap-ly", "scale"),
    ("Sắp xếp tổ chức", f"{HERE}/sap-xep", "building-2"),
    ("Tài khoản", f"{HERE}/tai-khoan", "users"),
    ("Quyền", f"{HERE}/quyen", "key-round"),
    ("Chứng thư số", f"{HERE}/chung-thu", "badge-check"),
    ("Khẩn cấp", f"{HERE}/khan-cap", "siren"),
    ("Lịch làm việc", f"{HERE}/lich", "calendar-days"),
)


DESIGN = f"{HERE}/thiet-ke"
ROOM = "/bao-ve-du-lieu"
ROOM_PLACES = (
    ("Cần trả lời", ROOM, "inbox"),
    ("Đã trả lời", f"{ROOM}/da-tra-loi", "circle-check"),
    ("Người có thể trùng", f"{ROOM}/trung-nguoi", "users"),
    ("Số định danh", f"{ROOM}/so-dinh-danh", "id-card"),
    ("Sổ xử lý", f"{ROOM}/so-xu-ly", "book-lock"),
    ("Đánh giá tác động", f"{ROOM}/danh-gia", "scale"),
    ("Sự cố", f"{ROOM}/su-co", "siren"),
    ("Khẩn cấp", f"{HERE}/khan-cap", "siren"),
    ("Lưu giữ", f"{ROOM}/luu-giu", "archive"),
)


ARCHIVE = "/luu-tru"
ARCHIVE_PLACES = (
    ("Thời hạn lưu", f"{ARCHIVE}/thoi-han", "calendar-clock"),
    ("Tiêu hủy", f"{ARCHIVE}/tieu-huy", "trash-2"),
    ("Gói lưu trữ", f"{ARCHIVE}/goi", "package"),
    ("Phòng đọc", f"{ARCHIVE}/phong-doc", "book-open"),
)


def office_shell(request: HttpRequest) -> Shell:
    if request.path.startswith(ARCHIVE):
        return _archive_shell(actor_of(request))
    if request.path.startswith(ROOM):
        return _room_shell(actor_of(request))
    if request.path.startswith(DESIGN):
        return _designers_shell(actor_of(request))
    return Shell(
        brand="Quản trị",
        place="Một Cửa",
        home_url=HERE,
        nav=tuple(NavItem(label=label, url=url, icon=icon) for label, url, icon in PLACES),
        person=actor_of(request).name,
    )


def _designers_shell(actor: Actor) -> Shell:
    """Designers and approvers of procedures have a room of their own."""
    return Shell(
        brand="Thiết kế thủ tục",
        place="Một Cửa",
        home_url=DESIGN,
        nav=(NavItem(label="Thủ tục", url=DESIGN, icon="file-pen"),),
        person=actor.name,
        inbox_url="/thong-bao",
    )


def _archive_shell(actor: Actor) -> Shell:
    """Archivists have a room of their own; who decides about disposal sees the lists."""
    keeps = actor.has(Role.ARCHIVIST)
    places = [one for one in ARCHIVE_PLACES if keeps or one[1].endswith("/tieu-huy")]
    return Shell(
        brand="Lưu trữ",
        place="Một Cửa",
        home_url=ARCHIVE if keeps else f"{ARCHIVE}/tieu-huy",
        nav=tuple(NavItem(label=label, url=url, icon=icon) for label, url, icon in places),
        person=actor.name,
        inbox_url="/thong-bao",
    )


def _room_shell(actor: Actor) -> Shell:
    """Data protection has a room of its own; whoever is only asked sees their questions."""
    places = ROOM_PLACES if actor.has(Role.DATA_PROTECTION) else ()
    if actor.has(Role.CONSULTED):
        places = (*places, ("Hỏi ý kiến", f"{ROOM}/y-kien", "message-square"))
    return Shell(
        brand="Bảo vệ dữ liệu",
        place="Một Cửa",
        home_url=ROOM if actor.has(Role.DATA_PROTECTION) else f"{ROOM}/y-kien",
        nav=tuple(NavItem(label=label, url=url, icon=icon) for label, url, icon in places),
        person=actor.name,
        inbox_url="/thong-bao",
    )
