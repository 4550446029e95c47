"""Tra cứu: for whoever holds code and secret of the receipt. No name, no answer."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import PublicStatus
from motcua.contexts.dossiers.web import pages
from motcua.contexts.dossiers.web.dossier_pages import TrackPage
from motcua.kernel import clock, limits
from motcua.kernel.access import open_to_all, route
from motcua.kernel.clock import city_time
from motcua.kernel.errors import DomainError
from motcua.kernel.limits import PUBLIC_LOOK_UPS
from motcua.kernel.web import page
from motcua.ui.chips import for_citizen
from motcua.ui.parts import Due, Fact, FieldError
from motcua.ui.words import foreign


@never_cache
@route(open_to_all, keyless=True, limit=PUBLIC_LOOK_UPS)
def track(request: HttpRequest) -> HttpResponseBase:
    """Look up by POST, so that the secret stays out of addresses and logs."""
    code = (request.POST.get("code") or request.GET.get("ma", ""))[:40]
    secret = request.POST.get("secret", "")[:40]
    if request.method != "POST":
        model = TrackPage(code=code, secret="", found=False)
        return page(request, "dossiers/track.html", model)
    try:
        client = limits.origin(request)
        status = dossiers.track(code, secret, now=clock.now(), client=client)
    except DomainError as refusal:
        errors = (FieldError(text=refusal.message, field="code"),)
        model = TrackPage(code=code, secret=secret, found=False, errors=errors)
        return page(request, "dossiers/track.html", model, status=int(refusal.kind))
    return page(request, "dossiers/track.html", _found(status, secret))


def _found(status: PublicStatus, secret: str) -> TrackPage:
    due_at = pages.headline(city_time(status.due_at)) if status.due_at else ""
    due = Due(
        due=due_at or _("Tính từ khi tiếp nhận"),
        title=_("Ngày hẹn trả"),
        remaining=status.left_text,
        explanation=(status.due_sentence,),
        question=_("Vì sao?"),
    )
    return TrackPage(
        code=status.code,
        secret=secret,
        found=True,
        name=status.procedure_name,
        in_vietnamese=foreign(),
        state=for_citizen(int(status.status)),
        facts=(
            Fact(label=_("Nộp ngày"), value=pages.on_day(status.submitted_at)),
            Fact(label=_("Cơ quan giải quyết"), value=status.competent_unit, language=foreign()),
        ),
        due=due,
        steps=pages.river(status.stages),
    )
