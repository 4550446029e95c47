"""Những điều tôi đã đồng ý: each with what it does, and a button that takes it back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.privacy.actions import consents as actions
from motcua.contexts.privacy.contracts import RequestNotFound
from motcua.contexts.privacy.queries import held
from motcua.contexts.privacy.web.pages import HERE, top
from motcua.kernel import clock
from motcua.kernel.access import citizens, route
from motcua.kernel.holdings import Given
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Action, Crumb, Empty, Fact

URL = f"{HERE}/dong-y"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedRow:
    title: str
    facts: tuple[Fact, ...]
    withdraw: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedPage:
    rows: tuple[AgreedRow, ...]
    empty: Empty
    crumbs: tuple[Crumb, ...]


@never_cache
@require_safe
@route(citizens)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Every consent in force, whichever context asked for it."""
    person_id = actor_of(request).person_id
    if person_id is None:
        raise RequestNotFound
    model = AgreedPage(
        rows=tuple(_row(one) for one in held.given_by(person_id)),
        empty=Empty(
            title=_("Hiện bạn không có sự đồng ý nào đang còn hiệu lực."),
            text=_("Điều bạn đồng ý sẽ hiện ở đây, và bạn rút lại được bất cứ lúc nào."),
            icon="shield-check",
        ),
        crumbs=top(Crumb(label=_("Những điều tôi đã đồng ý"))),
    )
    return page(request, "privacy/agreed.html", model)


def _row(one: Given) -> AgreedRow:
    return AgreedRow(
        title=one.title,
        facts=(
            Fact(label=_("Bạn đồng ý lúc"), value=dates.city_moment(one.given_at)),
            Fact(label=_("Khi rút lại"), value=one.effect),
        ),
        withdraw=Action(
            label=_("Rút lại"),
            url=f"{URL}/rut",
            icon="undo-2",
            post=True,
            fields=(("consent", one.key),),
        ),
    )


@never_cache
@require_POST
@route(citizens)
def withdraw(request: HttpRequest) -> HttpResponseBase:
    """At once. Raises: ConsentGone."""
    actions.take_back(request.POST.get("consent", ""), actor=actor_of(request), now=clock.now())
    messages.success(request, _("Đã rút lại. Từ nay việc đó không làm nữa."))
    return redirect_after(URL)
