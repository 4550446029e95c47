"""Buổi xác minh trên trang theo dõi: when somebody comes, and saying that it does not suit."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.fieldwork import say_unsuited
from motcua.contexts.dossiers.contracts import DossierView
from motcua.contexts.dossiers.contracts.fieldwork import (
    FieldVisitNotFound,
    FieldVisitState,
    FieldVisitView,
)
from motcua.contexts.dossiers.queries.fieldwork import visits_of
from motcua.kernel import clock
from motcua.kernel.access import route, signed_in
from motcua.kernel.clock import city_time
from motcua.kernel.web import actor_of, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Fact
from motcua.ui.words import foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCard:
    """say_url: where one says that the hour does not suit; "" once it is over."""

    id: UUID
    title: str
    facts: tuple[Fact, ...]
    said: str
    say_url: str


def cards_of(view: DossierView) -> tuple[VisitCard, ...]:
    """Those that are planned or done; a cancelled one was told."""
    shown = (v for v in visits_of(view.case_id) if v.state is not FieldVisitState.CANCELLED)
    return tuple(_card(one) for one in shown)


def _card(visit: FieldVisitView) -> VisitCard:
    planned = visit.state is FieldVisitState.PLANNED
    at = city_time(visit.starts_at)
    when = f"{dates.hour(at)}, {dates.long_day(at.date())}"
    facts = [
        Fact(label=_("Giờ đến"), value=when),
        Fact(label=_("Nơi đến"), value=visit.place, language=foreign()),
        Fact(label=_("Người đến"), value=", ".join(visit.visitors), language=foreign()),
    ]
    if visit.companions:
        facts.append(Fact(label=_("Cùng đi"), value=visit.companions, language=foreign()))
    return VisitCard(
        id=visit.id,
        title=_("Cán bộ sẽ đến xác minh") if planned else _("Cán bộ đã xác minh"),
        facts=tuple(facts),
        said=visit.unsuited if planned else "",
        say_url=f"/ho-so/{visit.code}/xac-minh/{visit.id}" if planned else "",
    )


@never_cache
@route(signed_in)
def unsuited(request: HttpRequest, code: str, visit_id: UUID) -> HttpResponseBase:
    """POST: the hour does not suit, and whoever goes is told."""
    actor, now = actor_of(request), clock.now()
    dossier = dossiers.dossier(code, actor, now=now)
    if visit_id not in {one.id for one in visits_of(dossier.case_id)}:
        raise FieldVisitNotFound
    if request.method == "POST":
        say_unsuited(visit_id, request.POST.get("unsuited", ""), actor=actor, now=now)
    return redirect_after(f"/ho-so/{code}#xac-minh")
