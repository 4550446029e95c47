"""Xác nhận lại: an act that needs a surer sign-in leads to VNeID and back, with nothing lost.

A form that was refused is kept in the person's own session, which is sealed, and is offered again,
filled in, once VNeID has vouched for them; it is sent only when they press the button. Its
files are kept like any upload (`adapters/parking.py`).
"""

from dataclasses import dataclass
from secrets import token_urlsafe
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.contexts.identity.adapters import parking
from motcua.contexts.identity.contracts import AssuranceTooLow, StepUpNeeded
from motcua.contexts.identity.web.pages import KeptField, KeptPage, StepUpPage
from motcua.kernel.access import actor_of
from motcua.kernel.web import SAFE, page, safe_referer

KEPT = "kept_form"  # session key
LONGEST = 60_000  # characters of a form that we keep
NOT_KEPT = frozenset({"csrfmiddlewaretoken", parking.PARKED})


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that waits for its sender to come back."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str, str], ...] = ()  # of which field, id, name


def helps(request: HttpRequest) -> bool:
    """A citizen on a page can go to VNeID; a program at the API cannot."""
    return actor_of(request).is_citizen and not request.path_info.startswith("/api/")


def asked(request: HttpRequest, problem: StepUpNeeded) -> HttpResponseBase:
    """The page that says why, with the way to VNeID and back."""
    wants_level = isinstance(problem, AssuranceTooLow)
    is_form = request.method not in SAFE
    back = _kept(request) if is_form else request.get_full_path()
    wish = {"muc": str(problem.facts["needed"])} if wants_level else {"moi": "1"}
    model = StepUpPage(
        title=_("Việc này cần định danh mức 2") if wants_level else _("Bạn xác nhận lại với VNeID"),
        sentence=problem.message,
        next_step=_(problem.next_step) if problem.next_step else "",
        button=_("Đăng nhập lại ở mức 2") if wants_level else _("Xác nhận bằng VNeID"),
        url=f"{reverse('identity:vneid_start')}?{urlencode({'next': back, **wish})}",
        back=safe_referer(request),
        files_lost=is_form and parking.sent(request) > _files_kept(request),
        code=problem.code,
    )
    return page(request, "identity/step_up.html", model, status=int(problem.kind))


def _files_kept(request: HttpRequest) -> int:
    return len(request.session.get(KEPT, {}).get("files", ()))


def _kept(request: HttpRequest) -> str:
    """Keep the form, if it is one that can be kept; gives where to come back to."""
    request.session.pop(KEPT, None)
    sent = [(k, v) for k, values in request.POST.lists() for v in values if k not in NOT_KEPT]
    if sum(len(name) + len(value) for name, value in sent) > LONGEST:
        return safe_referer(request)
    mark = token_urlsafe(12)
    request.session[KEPT] = {
        "mark": mark,
        "path": request.get_full_path(),
        "fields": sent,
        "files": parking.park(request),
    }
    return f"{reverse('identity:go_on')}?{urlencode({'lan': mark})}"


def kept_form(request: HttpRequest) -> Kept | None:
    """The form with the mark of this address; None when it is gone."""
    held = request.session.get(KEPT)
    if not held or held["mark"] != request.GET.get("lan", ""):
        return None
    fields = tuple((name, value) for name, value in held["fields"])
    return Kept(held["path"], fields, tuple((f, i, name) for f, i, name in held["files"]))


def offered(request: HttpRequest, kept: Kept | None) -> HttpResponseBase:
    """The kept form, to be sent by its sender; what is not there any more says so."""
    request.session.pop(KEPT, None)
    fields = tuple(
        KeptField(name=name, value=value) for name, value in (kept.fields if kept else ())
    )
    files = kept.files if kept else ()
    if files:
        fields = (*fields, KeptField(name=parking.PARKED, value=parking.hand_on(request, files)))
    model = KeptPage(
        action=kept.path if kept else "", fields=fields, files=tuple(name for *_, name in files)
    )
    return page(request, "identity/go_on.html", model, status=200 if kept else 404)
