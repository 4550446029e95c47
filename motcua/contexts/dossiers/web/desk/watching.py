"""Đang xem: colleagues who have the same dossier open are told of each other."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.contexts.casework.contracts.desk import Watcher
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DeskView
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.clock import city_time
from motcua.kernel.text import whole
from motcua.kernel.web import actor_of
from motcua.ui import dates

STAYS = timedelta(seconds=60)  # of a page without script, which says nothing more
AHEAD = "X-Ahead"  # fetched before anybody asked to see it: nobody looks yet


def look(request: HttpRequest, view: DeskView, *, deciding: bool) -> tuple[Watcher, ...]:
    """Note that this officer looks, and say who else does."""
    return _others(request, view, noted=AHEAD not in request.headers, deciding=deciding)


def who_decides(request: HttpRequest, view: DeskView) -> Watcher | None:
    """A colleague at the form of an action, if there is one."""
    others = _others(request, view, noted=False, deciding=False)
    return next((one for one in others if one.deciding), None)


def _others(
    request: HttpRequest, view: DeskView, *, noted: bool, deciding: bool
) -> tuple[Watcher, ...]:
    now, version = clock.now(), view.dossier.version_seen
    return dossiers.look(
        view.dossier.case_id,
        actor_of(request),
        standing=version,
        seen=version if noted else 0,
        deciding=deciding,
        since=now - STAYS,
        now=now,
    )


def words_of(watchers: tuple[Watcher, ...]) -> str:
    """«Trần Minh Khuê đang xem hồ sơ này, từ 9:02.»"""
    return " ".join(
        f"{one.name} {'đang quyết định' if one.deciding else 'đang xem'} hồ sơ này "
        f"({dates.hour(city_time(one.at))})."
        for one in watchers
    )


@never_cache
@require_POST
@route(officers, keyless=True)
def presence(request: HttpRequest, code: str) -> HttpResponseBase:
    """Asked by an open page now and then; plain words, empty when nobody else is there."""
    seen, now = whole(request.POST.get("seen", "")) or 0, clock.now()
    found = dossiers.looking(
        code,
        actor_of(request),
        seen=seen,
        deciding=request.POST.get("deciding") == "1",
        since=now - STAYS,
        now=now,
    )
    said = words_of(found.watchers)
    if seen and found.version > seen:
        said = f"Hồ sơ vừa đổi, bạn tải lại trang trước khi làm tiếp. {said}".strip()
    return HttpResponse(said, content_type="text/plain; charset=utf-8")
