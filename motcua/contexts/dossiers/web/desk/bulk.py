"""Làm cùng lúc: one action on several ticked dossiers, after a look at what would be done.

Each dossier moves in a transaction of its own with its own line in the history: one that somebody
else has just moved stops no other.
"""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DeskView, DossierNotFound, TakeStep
from motcua.contexts.dossiers.web.desk.asking import asked
from motcua.contexts.dossiers.web.desk.bulk_pages import BULK, LIMIT, bulk_page
from motcua.contexts.dossiers.web.desk.reading import command_of
from motcua.kernel import clock, idempotency
from motcua.kernel.access import officers, route
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of, page, redirect_after


@require_POST
@route(officers)
def gather(request: HttpRequest) -> HttpResponseBase:
    """The ticked rows go into the address, so that the plan can be read again."""
    wanted, codes = asked(request), request.POST.getlist("case")
    if not codes:
        messages.warning(request, "Bạn đánh dấu những hồ sơ cần làm cùng lúc.")
        return redirect_after(wanted.url())
    if len(codes) > LIMIT:
        messages.warning(request, f"Mỗi lần làm cùng lúc nhiều nhất {LIMIT} hồ sơ.")
    return redirect_after(wanted.url(BULK, hs=",".join(codes[:LIMIT])))


@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def bulk(request: HttpRequest) -> HttpResponseBase:
    """What can be done with them and what cannot, each with its reason; then done."""
    if request.method == "POST":
        return _done(request)
    codes = [code for code in request.GET.get("hs", "").split(",") if code][:LIMIT]
    model = bulk_page(_views(request, codes), asked(request))
    return page(request, "dossiers/desk/bulk.html", model)


def _views(request: HttpRequest, codes: list[str]) -> tuple[DeskView, ...]:
    """Those that the officer may see; another one does not exist here either."""
    found = []
    for code in dict.fromkeys(codes):
        try:
            found.append(dossiers.desk_view(code, actor_of(request), now=clock.now()))
        except DossierNotFound:
            continue
    return tuple(found)


def _done(request: HttpRequest) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    taken, codes = 0, request.POST.getlist("case")[:LIMIT]
    for view in _views(request, codes):
        code = view.dossier.code
        with idempotency.using(f"{idempotency.current_key()}/{code}"):
            try:
                dossiers.take_step(_command(request, view), actor=actor, now=now)
                taken += 1
            except DomainError as refusal:
                messages.warning(request, f"{code}: {refusal.message}")
    if taken:
        messages.success(request, f"Đã ghi {taken} hồ sơ.")
    return redirect_after(asked(request).url())


def _command(request: HttpRequest, view: DeskView) -> TakeStep:
    """Of each dossier the version that the officer saw; the rest is the same for all."""
    typed = request.POST.copy()
    typed["seen_version"] = typed.get(f"seen.{view.dossier.code}", "")
    return command_of(view, typed.get("action", ""), typed)
