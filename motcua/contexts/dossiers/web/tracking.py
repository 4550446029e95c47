"""Tra cứu: for whoever holds code and secret of the receipt. No name, no answer."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import PublicStatus
from motcua.contexts.dossiers.web import pages
from motcua.kernel import clock
from motcua.kernel.access import open_to_all, route
from motcua.kernel.errors import DomainError
from motcua.kernel.web import page
from motcua.ui import dates
from motcua.ui.chips import for_citizen
from motcua.ui.parts import Due, Fact, FieldError


@route(open_to_all, keyless=True)
def track(request: HttpRequest) -> HttpResponseBase:
    """Look up by POST, so that the secret stays out of addresses and logs."""
    code = request.POST.get("code") or request.GET.get("ma", "")
    secret = request.POST.get("secret", "")
    if request.method != "POST":
        return page(
            request, "dossiers/track.html", pages.TrackPage(code=code, secret="", found=False)
        )
    try:
        client = request.META.get("REMOTE_ADDR", "")
        status = dossiers.track(code, secret, now=clock.now(), client=client)
    except DomainError as refusal:
        model = pages.TrackPage(
            code=code,
            secret=secret,
            found=False,
            errors=(FieldError(text=refusal.message, field="code"),),
        )
        return page(request, "dossiers/track.html", model, status=int(refusal.kind))
    return page(request, "dossiers/track.html", _found(status, secret))


def _found(status: PublicStatus, secret: str) -> pages.TrackPage:
    due = Due(
        due=dates.long_day(status.due_at) if status.due_at else "Tính từ khi tiếp nhận",
        remaining=status.left_text,
        explanation=(status.due_sentence,),
        question="Vì sao?",
    )
    return pages.TrackPage(
        code=status.code,
        secret=secret,
        found=True,
        name=status.procedure_name,
        state=for_citizen(int(status.status)),
        facts=(
            Fact(label="Nộp ngày", value=dates.day(status.submitted_at)),
            Fact(label="Cơ quan giải quyết", value=status.competent_unit),
        ),
        due=due,
        steps=pages.river(status.stages),
    )
