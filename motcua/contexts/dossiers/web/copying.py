"""Bản sao kết quả: its owner asks for a certified copy and finds it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts.copies import COPY_NAMES
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.copying import ask_copy
from motcua.contexts.dossiers.actions.correcting import result_in_force
from motcua.contexts.dossiers.queries.copies import asked_at
from motcua.contexts.dossiers.web import pages
from motcua.kernel import clock
from motcua.kernel.access import route, signed_in
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import FileRow
from motcua.ui.words import foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPage:
    """askable: there is a result in force and no request waits. asked: since when one does."""

    code: str
    url: str
    back_url: str
    name: str
    language: str
    copies: tuple[FileRow, ...]
    asked: str
    askable: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(signed_in)
def copies(request: HttpRequest, code: str) -> HttpResponseBase:
    """What a copy is, the copies there are, and one button. Raises: DossierNotFound."""
    actor, now = actor_of(request), clock.now()
    url = f"/ho-so/{code}/ban-sao"
    view = dossiers.dossier(code, actor, now=now)
    if request.method == "POST":
        ask_copy(code, actor=actor, now=now)
        messages.success(request, _("Đã gửi đề nghị. Bản sao sẽ nằm trong Ví giấy tờ của bạn."))
        return redirect_after(url)
    waiting = asked_at(code)
    own = actor.is_party(view.applicant_person_id)
    model = CopyPage(
        code=code,
        url=url,
        back_url=f"/ho-so/{code}",
        name=pages.name_of(view.version),
        language=foreign() if not view.version.name_en else "",
        copies=tuple(
            FileRow(
                name=_("%(form)s số %(number)s")
                % {"form": _(COPY_NAMES[one.kind]), "number": one.number},
                url=f"/giay-to/tep/{one.file_id}",
                note=_("mã xác minh %(code)s") % {"code": one.verify_code},
                size=dates.city_moment(one.made_at),
            )
            for one in documents.copies_of(code)
        ),
        asked=dates.city_moment(waiting) if waiting else "",
        askable=own and waiting is None and result_in_force(code) is not None,
    )
    return page(request, "dossiers/copies.html", model)
