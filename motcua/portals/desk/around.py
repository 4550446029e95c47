"""Khung bàn làm việc: the rail with its counts, who is signed in, the search box."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, QueryDict

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import InboxCounts
from motcua.contexts.notifications import public as notifications
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.actors import ROLE_NAMES, Actor, Role
from motcua.kernel.web import actor_of
from motcua.ui.parts import NavItem, Shell

BRAND, BAN = "Bàn làm việc", "/ban"
HEADS = (Role.DIVISION_HEAD, Role.SIGNER, Role.LEADER, Role.ADMINISTRATOR, Role.DATA_PROTECTION)
ON_WATCH = (Role.CLERK, Role.DIVISION_HEAD, Role.SIGNER, Role.LEADER)
PAPER_DESKS = (Role.RECEIVER, Role.RETURNER)
SERVING = (Role.RECEIVER, Role.RETURNER, Role.FEE_COLLECTOR)
HANDING = (*SERVING, Role.CASE_OFFICER, Role.DIVISION_HEAD)
VIEWS = ("han", "viec", "cua-toi")
MOST_VIEWS = 12


def desk_shell(request: HttpRequest) -> Shell:
    """Asked once per page. Counts are capped: a huge inbox costs no more than a small one."""
    actor = actor_of(request)
    if not actor.is_officer:
        return Shell(brand=BRAND, place="Một Cửa", home_url="/", person=actor.name)
    now = clock.now()
    counts = dossiers.inbox_counts(actor, now=now)
    return Shell(
        brand=BRAND,
        place=place_of(actor),
        home_url=BAN,
        nav=(
            *views(counts, request),
            *saved(actor, request, now),
            *tools(actor, request.path),
        ),
        keys_off=" ".join(casework.keys_off(actor.officer_id)) if actor.officer_id else "",
        person=actor.name,
        person_note=posts_of(actor),
        inbox_url="/thong-bao",
        unread=notifications.unread_count_for_account(actor.account_id) if actor.account_id else 0,
        search_url=f"{BAN}/tim",
        search_label="Tìm mã hồ sơ, số định danh",
    )


def place_of(actor: Actor) -> str:
    own = [post for post in actor.posts if post.substituting_for is None] or list(actor.posts)
    if not own:
        return "Chưa có vị trí"
    unit = organisations.units_by_id([own[0].unit_id]).get(own[0].unit_id)
    return unit.short_name or unit.name if unit else ""


def posts_of(actor: Actor) -> str:
    """«chuyên viên thụ lý; làm thay Lê Quốc Bảo»."""
    roles = list(dict.fromkeys(ROLE_NAMES[p.role] for p in actor.posts if not p.substituting_for))
    absent = {p.substituting_for for p in actor.posts if p.substituting_for}
    names = sorted(o.full_name for o in organisations.officers_by_id(absent).values())
    return "; ".join([", ".join(roles), *(f"làm thay {name}" for name in names)])


def views(counts: InboxCounts, request: HttpRequest) -> Iterator[NavItem]:
    named = "khung" in request.GET  # that view is marked instead
    here = _view_of(request.GET) if request.path.startswith(BAN) and not named else None
    at_list = request.path == BAN or request.path.startswith(f"{BAN}/ho-so/")
    for label, icon, view, badge, late in (
        ("Việc của tôi", "inbox", "", counts.open, False),
        ("Quá hạn", "flame", "han=qua-han", counts.overdue, counts.overdue > 0),
        ("Hạn hôm nay", "clock", "han=hom-nay", counts.today, False),
        ("Đang chờ", "hourglass", "viec=cho", counts.waiting, False),
        ("Đang gác", "alarm-clock", "viec=gac", 0, False),
        ("Giao cho tôi", "user-check", "cua-toi=1", 0, False),
    ):
        yield NavItem(
            label=label,
            url=f"{BAN}?{view}" if view else BAN,
            icon=icon,
            current=at_list and here == view,
            badge=badge,
            badge_label="hồ sơ",
            late=late,
        )


def saved(actor: Actor, request: HttpRequest, now: datetime) -> Iterator[NavItem]:
    """The views of the officer and of the units."""
    group = "Khung nhìn đã lưu"
    for view in casework.saved_views(actor, now=now)[:MOST_VIEWS]:
        here = request.path == BAN and request.GET.get("khung") == str(view.id)
        yield NavItem(
            label=view.name,
            url=f"{BAN}?{view.asked}{'&' * bool(view.asked)}khung={view.id}",
            icon="users" if view.shared else "bookmark",
            current=here,
            group=group,
        )
        group = ""


def _view_of(asked: QueryDict) -> str:
    return "&".join(f"{name}={asked[name]}" for name in VIEWS if asked.get(name))


def tools(actor: Actor, path: str) -> Iterator[NavItem]:
    wanted = [
        ("Gọi số", "/quay/ban", "bell-ring", actor.has(*SERVING)),
        ("Tiếp nhận tại quầy", "/quay", "user-plus", actor.has(Role.RECEIVER)),
        ("Sổ theo dõi", f"{BAN}/so-theo-doi", "book-open", True),
        ("Xác minh thực địa", f"{BAN}/thuc-dia", "map-pin", actor.has(*HANDING[3:])),
        ("Chờ tôi ký", f"{BAN}/ky", "pen-line", actor.has(Role.SIGNER)),
        ("Cấp bản sao", f"{BAN}/sao-y", "copy", actor.has(Role.SIGNER)),
        ("Trả kết quả", f"{BAN}/tra-ket-qua", "package-check", actor.has(Role.RETURNER)),
        ("Bưu chính", f"{BAN}/buu-chinh", "package", actor.has(Role.RECEIVER, Role.RETURNER)),
        ("Thu phí, lệ phí", "/thu-phi", "banknote", actor.has(Role.FEE_COLLECTOR)),
        ("Quỹ tiền mặt", "/quay/quy", "wallet", actor.has(Role.FEE_COLLECTOR, Role.RECEIVER)),
        ("Chứng thực bản sao", "/quay/sao", "copy", actor.has(Role.RECEIVER)),
        ("Số liệu hàng đợi", "/quay/so-lieu", "chart-column", actor.has(*SERVING, *HEADS[:2])),
        ("Bàn giao giấy tờ", "/quay/ban-giao", "arrow-right-left", actor.has(*HANDING)),
        ("Đề nghị xem lại", f"{BAN}/xem-lai", "scale", actor.has(*HEADS[:2])),
        ("Bổ sung chờ cho phép", f"{BAN}/bo-sung", "send-to-back", actor.has(*HEADS[:2])),
        ("Vắng mặt, làm thay", f"{BAN}/vang-mat", "calendar-off", True),
        ("Vị trí thiếu người", f"{BAN}/vi-tri-thieu", "user-x", actor.has(*HEADS[:4])),
        ("Cam kết của tôi", "/toi/cam-ket", "signature", True),
        ("Cán bộ của đơn vị", f"{BAN}/can-bo", "users", actor.has(*HEADS)),
        ("Tập huấn, cam kết", f"{BAN}/cam-ket", "graduation-cap", actor.has(*HEADS)),
        ("Trực cảnh báo", "/ban/canh-bao", "siren", actor.has(*ON_WATCH)),
        ("Giao giấy", f"{BAN}/giao-giay", "mail", actor.has(*PAPER_DESKS)),
        ("Tin đã báo", "/thong-bao/da-bao", "scroll-text", actor.has(*PAPER_DESKS, Role.AUDITOR)),
        ("Bảng lệnh", f"{BAN}/lenh", "terminal", True),
        ("Phím tắt", f"{BAN}/phim", "keyboard", True),
        ("Thông báo", "/thong-bao", "bell", True),
        ("Điều hành", "/dieu-hanh", "chart-column", actor.has(Role.LEADER)),
        ("Quản trị", "/quan-tri", "shield-check", actor.has(Role.ADMINISTRATOR)),
    ]
    group = "Công cụ"
    here = [url for _, url, _, _ in wanted if path == url or path.startswith(f"{url}/")]
    best = max(here, key=len, default="")
    for label, url, icon, shown in wanted:
        if shown:
            yield NavItem(label=label, url=url, icon=icon, current=url == best, group=group)
            group = ""
