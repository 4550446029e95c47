"""Được nộp giúp: who filed it for the reader, what was agreed to, «tôi không nộp hồ sơ này»."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions import assisting as acts
from motcua.contexts.dossiers.contracts import DossierView
from motcua.contexts.dossiers.contracts.assisting import (
    CONSENT_NAMES,
    IDENTIFIED_NAMES,
    AssistanceView,
)
from motcua.contexts.dossiers.queries import assisting as helping
from motcua.contexts.dossiers.web import pages
from motcua.kernel import clock
from motcua.kernel.access import route, signed_in
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Fact
from motcua.ui.words import foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpedPage:
    code: str
    name: str
    language: str
    in_vietnamese: str
    facts: tuple[Fact, ...]
    denied: str
    may_deny: bool
    back_url: str


@never_cache
@route(signed_in)
def helped(request: HttpRequest, code: str) -> HttpResponseBase:
    """What was done for the reader; POST: they say that it was not them."""
    actor, now = actor_of(request), clock.now()
    if request.method == "POST":
        acts.deny(code, request.POST.get("note", ""), actor=actor, now=now)
        messages.success(request, _("Đã nhận lời báo của bạn. Cơ quan xem lại và trả lời bạn."))
        return redirect_after(f"/ho-so/{code}/nop-giup")
    view = dossiers.dossier(code, actor, now=now)
    filed = helping.assistance_of(code, actor, now=now)
    own = actor.mandate is None and actor.is_party(view.applicant_person_id)
    return page(request, "dossiers/helped.html", _model(view, filed, own=own))


def _model(view: DossierView, filed: AssistanceView, *, own: bool) -> HelpedPage:
    told = {"moment": dates.city_moment(filed.denied_at)} if filed.denied_at else None
    labels = {one.key: one.label for one in view.version.form.questions()}
    known = ", ".join(labels[key] for key in filed.told if key in labels)
    answered = dates.city_moment(filed.answered_at) if filed.answered_at else ""
    return HelpedPage(
        code=view.code,
        name=pages.name_of(view.version),
        language=foreign() if not view.version.name_en else "",
        in_vietnamese=foreign(),
        facts=(
            Fact(label=_("Người nộp giúp"), value=f"{filed.helper}, {filed.unit}"),
            Fact(label=_("Lúc bạn đồng ý"), value=answered),
            Fact(
                label=_("Cách nhận ra bạn"),
                value=_(IDENTIFIED_NAMES[filed.identified]) if filed.identified else "",
            ),
            Fact(
                label=_("Cách bạn đồng ý"),
                value=_(CONSENT_NAMES[filed.consent]) if filed.consent else "",
            ),
            Fact(label=_("Dữ liệu đã lấy để điền sẵn"), value=known or _("Không có")),
        ),
        denied=_("Bạn đã báo không nộp hồ sơ này lúc %(moment)s.") % told if told else "",
        may_deny=own and told is None,
        back_url=f"/ho-so/{view.code}",
    )
