"""Phòng đọc: dossiers that were read back from a package, found and opened by an archivist."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.contexts.archive.contracts import RestoredLine, RestoredView
from motcua.contexts.archive.queries import restored as queries
from motcua.contexts.archive.web.room import KEEPERS, READING, crumbs
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.web import actor_of, page
from motcua.ui import dates
from motcua.ui.parts import Crumb, Empty, Fact, FileRow
from motcua.ui.words import file_size


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCard:
    title: str
    url: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    title: str
    typed: str
    cards: tuple[FoundCard, ...]
    none: Empty
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredPage:
    title: str
    about: tuple[Fact, ...]
    answers: tuple[Fact, ...]
    papers: tuple[FileRow, ...]
    events: tuple[Fact, ...]
    crumbs: tuple[Crumb, ...]


@never_cache
@require_safe
@route(KEEPERS)
def search(request: HttpRequest) -> HttpResponseBase:
    typed = request.GET.get("tim", "")[:200]
    lines = queries.found(typed, actor_of(request), now=clock.now())
    model = SearchPage(
        title="Phòng đọc",
        typed=typed,
        cards=tuple(_card(line) for line in lines),
        none=Empty(
            title="Không có hồ sơ phục hồi nào khớp" if typed else "Chưa phục hồi hồ sơ nào",
            text="Tìm theo mã hồ sơ, số định danh hoặc họ tên đầy đủ của người nộp.",
            icon="archive",
        ),
        crumbs=crumbs(("Phòng đọc", "")),
    )
    return page(request, "archive/search.html", model)


def _card(line: RestoredLine) -> FoundCard:
    ended = dates.city_moment(line.ended_at)
    return FoundCard(
        title=line.code,
        url=f"{READING}/{line.id}",
        text=f"{line.procedure_name} · {line.unit_name} · đóng {ended}",
    )


@never_cache
@require_safe
@route(KEEPERS)
def show(request: HttpRequest, restored_id: UUID) -> HttpResponseBase:
    """Raises: RestoredNotFound, ClearanceNeeded."""
    view = queries.restored(restored_id, actor_of(request), now=clock.now())
    model = RestoredPage(
        title=f"Hồ sơ {view.line.code}",
        about=_about(view),
        answers=tuple(_answer(one) for one in _rows(view, "answers")),
        papers=tuple(
            FileRow(name=one.name or one.path, url=one.url, size=file_size(one.size), note=one.path)
            for one in view.files
        ),
        events=tuple(_event(one) for one in _rows(view, "events")),
        crumbs=crumbs(("Phòng đọc", READING), (view.line.code, "")),
    )
    return page(request, "archive/restored.html", model)


def _about(view: RestoredView) -> tuple[Fact, ...]:
    status = view.content.get("status")
    said = str(status.get("name", "")) if isinstance(status, dict) else ""
    return (
        Fact(label="Thủ tục", value=view.line.procedure_name),
        Fact(label="Người nộp", value=view.applicant_name),
        Fact(label="Đơn vị giải quyết", value=view.line.unit_name),
        Fact(label="Kết thúc", value=said, note=dates.city_moment(view.line.ended_at)),
        Fact(
            label="Phục hồi từ gói",
            value=view.package_code or "túi riêng của hồ sơ",
            note=dates.city_moment(view.line.restored_at),
        ),
    )


def _rows(view: RestoredView, name: str) -> tuple[Mapping[str, object], ...]:
    rows = view.content.get(name)
    return tuple(rows) if isinstance(rows, list) else ()


def _answer(one: Mapping[str, object]) -> Fact:
    return Fact(label=str(one["question"]), value=_said(one["value"]))


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, Mapping):
        return ", ".join(_said(part) for part in value.values() if part not in ("", None))
    if isinstance(value, list):
        return "; ".join(_said(part) for part in value)
    return str(value)


def _event(one: Mapping[str, object]) -> Fact:
    at = dates.city_moment(datetime.fromisoformat(str(one["at"])))
    words = " · ".join(str(one[name]) for name in ("action", "by", "note") if one.get(name))
    return Fact(label=at, value=words or str(one["kind"]))
