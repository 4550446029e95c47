"""Khung trang quản trị."""

from django.http import HttpRequest

from motcua.kernel.web import actor_of
from motcua.portals.office.asking import HERE
from motcua.ui.parts import NavItem, Shell

PLACES = (
    ("Tình trạng", HERE, "activity"),
    ("Việc nền", f"{HERE}/viec-nen", "list-restart"),
    ("Sổ cái", f"{HERE}/so-cai", "book-lock"),
    ("Kết nối", f"{HERE}/ket-noi", "plug"),
    ("Danh mục", f"{HERE}/danh-muc", "library"),
    ("Căn cứ pháp lý", f"{HERE}/phap-ly", "scale"),
    ("Tài khoản cán bộ", f"{HERE}/tai-khoan", "users"),
    ("Quyền", f"{HERE}/quyen", "key-round"),
    ("Lịch làm việc", f"{HERE}/lich", "calendar-days"),
)


def office_shell(request: HttpRequest) -> Shell:
    return Shell(
        brand="Quản trị",
        place="Một Cửa",
        home_url=HERE,
        nav=tuple(NavItem(label=label, url=url, icon=icon) for label, url, icon in PLACES),
        person=actor_of(request).name,
    )
