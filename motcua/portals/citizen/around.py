"""Khung của cổng người dân: navigation, who is signed in, how many messages are unread."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.contexts.notifications import public as notifications
from motcua.kernel import clock
from motcua.kernel.access import actor_of
from motcua.kernel.actors import Actor, Role
from motcua.portals.citizen.device import account_tag
from motcua.portals.citizen.display import explained
from motcua.ui.parts import NavItem, Shell

DOSSIERS = frozenset({"ho-so", "nhap", "nop-nhieu", "thanh-toan"})
CATALOGUE = frozenset({"thu-tuc", "tim", "nop"})


def citizen_shell(request: HttpRequest) -> Shell:
    actor = actor_of(request)
    if actor.is_officer:
        return _at_the_counter(actor, request.path)
    unread = notifications.unread_by(actor, now=clock.now()) if actor.person_id else 0
    return Shell(
        brand=_("Công dân số"),
        place=_("Thành phố Hồ Chí Minh"),
        home_url="/",
        nav=_nav(request.path, unread),
        person=actor.name if actor.is_signed_in else "",
        person_url="/toi",
        inbox_url="/thong-bao" if actor.is_signed_in else "",
        unread=unread,
        acting_for=actor.mandate.principal_name if actor.mandate else "",
        is_app=True,
        device=account_tag(actor),
        explained=explained(request.path),
    )


def _at_the_counter(actor: Actor, path: str) -> Shell:
    """An officer fills a form for somebody, or looks at what the public sees."""
    place = path.split("/")[1]
    nav = [
        NavItem(label="Bàn làm việc", url="/ban", icon="inbox"),
        NavItem(label=_("Thủ tục"), url="/thu-tuc", icon="list-checks", current=place in CATALOGUE),
    ]
    if actor.has(Role.RECEIVER):
        counter = NavItem(label="Quầy", url="/quay", icon="user-plus", current=place == "nhap")
        nav.insert(1, counter)
    return Shell(
        brand="Bàn làm việc",
        place="Trang cho người dân",
        home_url="/ban",
        nav=tuple(nav),
        person=actor.name,
        inbox_url="/thong-bao",
    )


def _nav(path: str, unread: int) -> tuple[NavItem, ...]:
    place = path.split("/")[1]
    return (
        NavItem(label=_("Trang chủ"), url="/", icon="house", current=not place),
        NavItem(label=_("Hồ sơ"), url="/ho-so", icon="folder-open", current=place in DOSSIERS),
        NavItem(label=_("Thủ tục"), url="/thu-tuc", icon="list-checks", current=place in CATALOGUE),
        NavItem(
            label=_("Tra cứu"),
            url="/tra-cuu",
            icon="search-check",
            phone=False,
            current=place == "tra-cuu",
        ),
        NavItem(label=_("Ví giấy tờ"), url="/vi", icon="wallet-cards", current=place == "vi"),
        NavItem(
            label=_("Thông báo"),
            url="/thong-bao",
            icon="bell",
            badge=unread,
            badge_label=_("tin mới"),
            current=place == "thong-bao",
        ),
    )
