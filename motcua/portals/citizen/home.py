"""Trang chủ: one search box, one's own tasks first, then events of life."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DossierLine, DraftView, NationalStatus
from motcua.contexts.procedures import public as procedures
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.web import actor_of, page
from motcua.portals.citizen.nearby import Desk, desk_of
from motcua.portals.citizen.saying import in_english, name_of, name_of_line
from motcua.ui import dates
from motcua.ui.chips import for_citizen
from motcua.ui.parts import Action, Chip, Crumb, Task

FEW = 5
ICONS = {
    "co_con_nho": "baby",
    "hoc_tap": "graduation-cap",
    "viec_lam": "briefcase",
    "kinh_doanh": "store",
    "hon_nhan_gia_dinh": "heart",
    "cu_tru_giay_to": "map-pinned",
    "dien_luc_nha_o_dat_dai": "house",
    "suc_khoe_y_te": "heart-pulse",
    "phuong_tien_nguoi_lai": "car",
    "huu_tri": "armchair",
    "nguoi_than_qua_doi": "flower-2",
    "giai_quyet_khieu_kien": "scale",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    label: str
    url: str
    icon: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """tasks: drafts and dossiers, those that wait for the person first. new: nothing yet.

    vietnamese: the `lang` of names that have no English, on an English page.
    """

    hello: str
    hints: tuple[Crumb, ...]
    quick: tuple[Tile, ...]
    tasks: tuple[Task, ...]
    new: bool
    desk: Desk | None
    vietnamese: str
    tiles: tuple[Tile, ...]


@route(open_to_all)
def home(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    tasks = _tasks(actor) if actor.person_id else ()
    model = HomePage(
        hello=_("Xin chào, %(name)s") % {"name": actor.name} if actor.is_signed_in else "",
        hints=_hints(),
        quick=_quick(),
        tasks=tasks,
        new=actor.person_id is not None and not tasks,
        desk=desk_of(actor, now=clock.now()),
        vietnamese="vi" if in_english() else "",
        tiles=_tiles(),
    )
    return page(request, "citizen/home.html", model)


def _hints() -> tuple[Crumb, ...]:
    said = (_("Khai sinh"), _("Xây nhà"), _("Sao y"), _("Mở tiệm"))
    return tuple(Crumb(label=word, url=f"/tim?q={word}") for word in said)


def _quick() -> tuple[Tile, ...]:
    return (
        Tile(label=_("Nộp hồ sơ"), url="/thu-tuc?nop=1", icon="file-plus", note=""),
        Tile(label=_("Tra cứu"), url="/tra-cuu", icon="search-check", note=""),
        Tile(label=_("Ví giấy tờ"), url="/vi", icon="wallet-cards", note=""),
        Tile(label=_("Xác minh"), url="/xac-minh", icon="badge-check", note=""),
    )


def _tiles() -> tuple[Tile, ...]:
    """Events of life that have procedures, with how many."""
    today = city_date(clock.now())
    found = procedures.life_events(today, per_event=10_000)
    return tuple(
        Tile(
            label=event.name_en if in_english() else event.name,
            url=f"/thu-tuc?viec={event.key}",
            icon=ICONS.get(event.key, "file-text"),
            note=ngettext("%(n)s thủ tục", "%(n)s thủ tục", len(event.procedures))
            % {"n": len(event.procedures)},
        )
        for event in found
        if event.procedures
    )


def _tasks(actor: Actor) -> tuple[Task, ...]:
    now = clock.now()
    lines = dossiers.mine(actor, now=now, limit=FEW).lines
    drafts = dossiers.drafts_of(actor, now=now)[:FEW]
    first = [dossier_task(line) for line in lines if line.your_turn]
    rest = [dossier_task(line) for line in lines if not line.your_turn]
    return tuple([*first, *(draft_task(draft) for draft in drafts), *rest][:FEW])


def dossier_task(line: DossierLine) -> Task:
    url = f"/ho-so/{line.code}"
    actions: tuple[Action, ...] = ()
    if line.status is NationalStatus.SUPPLEMENT_ASKED:
        actions = (Action(label=_("Gửi thêm"), url=f"{url}/gui-them", kind="primary"),)
    if line.status is NationalStatus.DONE:
        actions = (Action(label=_("Xem kết quả"), url=f"{url}#ket-qua", icon="download"),)
    name, language = name_of_line(line)
    return Task(
        title=name,
        language=language,
        url=url,
        chip=for_citizen(int(line.status)),
        when=_when(line),
        text=line.code,
        place=line.competent_unit,
        actions=actions,
    )


def _when(line: DossierLine) -> str:
    if line.ended_at is not None:
        return dates.day(city_time(line.ended_at))
    if line.due_at is None:
        return _("nộp %(day)s") % {"day": dates.short_day(city_time(line.submitted_at))}
    return _("hẹn trả %(day)s") % {"day": dates.short_day(city_time(line.due_at))}


def draft_task(draft: DraftView) -> Task:
    return Task(
        title=name_of(draft.version),
        url=f"/nhap/{draft.id}",
        chip=Chip(label=_("Bản nháp"), icon="pencil"),
        when=_("lưu %(moment)s") % {"moment": dates.city_moment(draft.saved_at)},
        text=_("Bạn chưa nộp. Mở ra để điền tiếp."),
    )
