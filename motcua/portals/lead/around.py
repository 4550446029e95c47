"""Khung trang điều hành."""

from django.http import HttpRequest

from motcua.kernel.actors import Role
from motcua.kernel.web import actor_of
from motcua.portals.lead.asking import HERE
from motcua.ui.parts import NavItem, Shell


def lead_shell(request: HttpRequest) -> Shell:
    actor = actor_of(request)
    city = actor.has(Role.LEADER)
    url = f"{HERE}/xem-lai"
    late = (NavItem(label="Xem lại trễ", url=url, icon="scale"),) if city else ()
    return Shell(
        brand="Điều hành",
        place="UBND Thành phố" if city else "Số liệu đơn vị",
        home_url=HERE,
        nav=(
            NavItem(label="Hồ sơ", url=HERE, icon="chart-column"),
            NavItem(label="Đúng ngay lần đầu", url=f"{HERE}/dung-ngay", icon="badge-check"),
            *late,
            NavItem(label="Cách tính", url=f"{HERE}/cach-tinh", icon="calculator"),
            NavItem(label="Bàn làm việc", url="/ban", icon="inbox"),
        ),
        person=actor.name,
    )
