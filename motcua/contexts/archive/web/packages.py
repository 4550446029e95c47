"""Trang gói lưu trữ: ask for one, follow it, download it, hand it over."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.archive.actions import packing
from motcua.contexts.archive.contracts import (
    AskPackage,
    HandOver,
    PackageState,
    PackageView,
    PeriodMalformed,
)
from motcua.contexts.archive.queries import packages as queries
from motcua.contexts.archive.queries.streaming import streamed
from motcua.contexts.archive.web.room import KEEPERS, PACKAGES, crumbs
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.clock import city_date
from motcua.kernel.errors import DomainError, Kind
from motcua.kernel.web import actor_of, as_file, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import (
    Action,
    Cell,
    Chip,
    Crumb,
    Empty,
    Fact,
    FieldError,
    Option,
    Table,
    Tone,
)
from motcua.ui.words import count, file_size

STATES = {
    PackageState.WAITING: Chip(label="Đang đóng gói", tone=Tone.INFO),
    PackageState.READY: Chip(label="Đã đóng xong", tone=Tone.OK),
    PackageState.HANDED: Chip(label="Đã bàn giao", tone=Tone.PLAIN),
}
HEADS = ("Gói", "Hồ sơ đóng từ", "Đơn vị", "Số hồ sơ", "Dung lượng", "Tình trạng")
TYPED = ("first", "last", "unit", "sealed", "why_clear")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagesPage:
    title: str
    table: Table
    cards: tuple["PackageCard", ...]
    units: tuple[Option, ...]
    typed: dict[str, str]
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageCard:
    title: str
    url: str
    chip: Chip
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePage:
    title: str
    chip: Chip
    facts: tuple[Fact, ...]
    download: Action | None
    may_hand: bool
    hand_url: str
    waiting: bool
    typed: dict[str, str]
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(KEEPERS)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Packages so far, and the form that asks for one."""
    if request.method != "POST":
        return _listed(request)
    try:
        asked = packing.ask_package(_asked(request), actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        return _listed(request, refusal)
    messages.success(request, f"Đang đóng gói {count(asked.dossiers)} hồ sơ vào gói {asked.code}.")
    return redirect_after(f"{PACKAGES}/{asked.package_id}")


def _asked(request: HttpRequest) -> AskPackage:
    """Raises: PeriodMalformed."""
    try:
        first, last = (date.fromisoformat(request.POST.get(n, "")) for n in ("first", "last"))
        unit = request.POST.get("unit", "")
        unit_id = UUID(unit) if unit else None
    except ValueError as wrong:
        raise PeriodMalformed(field="first") from wrong
    return AskPackage(
        first=first,
        last=last,
        unit_id=unit_id,
        sealed=request.POST.get("sealed", "yes") == "yes",
        why_clear=request.POST.get("why_clear", ""),
    )


def _listed(request: HttpRequest, refusal: DomainError | None = None) -> HttpResponseBase:
    now = clock.now()
    views = queries.listed(actor_of(request), now=now)
    model = PackagesPage(
        title="Gói lưu trữ",
        table=Table(
            caption="Gói lưu trữ",
            heads=tuple((head, head in HEADS[3:5]) for head in HEADS),
            rows=tuple(_row(view) for view in views),
            empty=Empty(title="Chưa có gói nào", icon="archive"),
        ),
        cards=tuple(_card(view) for view in views),
        units=(
            Option(value="", label="Toàn thành phố"),
            *(
                Option(value=str(unit.id), label=f"{unit.name} ({unit.code})")
                for unit in organisations.all_units(city_date(now))
            ),
        ),
        typed={name: request.POST.get(name, "") for name in TYPED},
        crumbs=crumbs(("Gói lưu trữ", "")),
        errors=_errors(refusal),
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "archive/packages.html", model, status=status)


def _errors(refusal: DomainError | None) -> tuple[FieldError, ...]:
    if refusal is None:
        return ()
    return (FieldError(text=refusal.message, field=refusal.field or ""),)


def _row(view: PackageView) -> tuple[Cell, ...]:
    return (
        Cell(text=view.code, url=f"{PACKAGES}/{view.id}"),
        Cell(text=_period(view)),
        Cell(text=view.unit_name),
        Cell(text=_progress(view), number=True),
        Cell(text=file_size(view.size), number=True),
        Cell(text="", chip=STATES[view.state]),
    )


def _card(view: PackageView) -> PackageCard:
    return PackageCard(
        title=view.code,
        url=f"{PACKAGES}/{view.id}",
        chip=STATES[view.state],
        text=f"{_period(view)} · {view.unit_name} · {_progress(view)} hồ sơ",
    )


def _period(view: PackageView) -> str:
    return f"{dates.day(view.first)} đến {dates.day(view.last)}"


def _progress(view: PackageView) -> str:
    if view.state is PackageState.WAITING:
        return f"{count(view.packed)}/{count(view.dossiers)}"
    return count(view.packed)


@never_cache
@require_safe
@route(KEEPERS)
def show(request: HttpRequest, package_id: UUID) -> HttpResponseBase:
    """Raises: PackageNotFound."""
    return _show(request, package_id)


def _show(
    request: HttpRequest, package_id: UUID, refusal: DomainError | None = None
) -> HttpResponseBase:
    view = queries.package(package_id, actor_of(request), now=clock.now())
    url = f"{PACKAGES}/{view.id}"
    ready = view.state is not PackageState.WAITING
    download = Action(label="Tải gói về", url=f"{url}/tai", icon="download", kind="primary")
    model = PackagePage(
        title=f"Gói {view.code}",
        chip=STATES[view.state],
        facts=_facts(view),
        download=download if ready else None,
        may_hand=view.state is PackageState.READY,
        hand_url=f"{url}/ban-giao",
        waiting=not ready,
        typed={name: request.POST.get(name, "") for name in ("to", "note")},
        crumbs=crumbs(("Gói lưu trữ", PACKAGES), (view.code, "")),
        errors=_errors(refusal),
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "archive/package.html", model, status=status)


def _facts(view: PackageView) -> tuple[Fact, ...]:
    sealed = "Có, chỉ mở được bằng khóa của thành phố" if view.sealed else "Không"
    facts = [
        Fact(label="Hồ sơ đóng từ", value=_period(view)),
        Fact(label="Đơn vị giải quyết", value=view.unit_name),
        Fact(label="Đã đóng", value=f"{_progress(view)} hồ sơ, {file_size(view.size)}"),
        Fact(label="Niêm phong", value=sealed, note=view.why_clear),
        Fact(label="Người yêu cầu", value=view.asked_by, note=dates.city_moment(view.asked_at)),
    ]
    if view.gone:
        gone = f"{count(view.gone)} hồ sơ, không còn trong gói"
        facts.append(Fact(label="Đã tiêu hủy sau đó", value=gone))
    if view.handed_at:
        told = f"{view.handed_note}, {dates.city_moment(view.handed_at)}"
        facts.append(Fact(label="Đã bàn giao cho", value=view.handed_to, note=told))
    return tuple(facts)


@never_cache
@require_POST
@route(KEEPERS)
def hand_over(request: HttpRequest, package_id: UUID) -> HttpResponseBase:
    """Who took it, by which record. Raises: PackageNotFound."""
    command = HandOver(
        package_id=package_id,
        to=request.POST.get("to", ""),
        note=request.POST.get("note", ""),
    )
    try:
        packing.hand_over(command, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        if refusal.kind is Kind.NOT_FOUND:
            raise
        return _show(request, package_id, refusal)
    messages.success(request, "Đã ghi bàn giao.")
    return redirect_after(f"{PACKAGES}/{package_id}")


@never_cache
@require_safe
@route(KEEPERS)
def download(request: HttpRequest, package_id: UUID) -> HttpResponseBase:
    """The zip as it is written. Raises: PackageNotFound, PackageNotReady."""
    actor, now = actor_of(request), clock.now()
    packing.note_download(package_id, actor=actor, now=now)
    row = queries.package_row(package_id, actor, now=now)
    answer = StreamingHttpResponse(streamed(row, now=now), content_type="application/zip")
    return as_file(answer, f"{row.code}.zip")
