"""«Ứng dụng được phép»: what I let applications know, and taking it back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.identity.actions.consents import withdraw_consent
from motcua.contexts.identity.contracts.applications import SCOPE_NAMES, ConsentView
from motcua.contexts.identity.queries import applications
from motcua.contexts.identity.web.connect.pages import AllowedPage, AllowedRow
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.access import actor_of, route, signed_in
from motcua.kernel.web import page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Empty, Fact
from motcua.ui.words import foreign


@never_cache
@require_safe
@route(signed_in)
def allowed(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    found = applications.consents_of(actor, now=clock.now())
    model = AllowedPage(
        shell="ui/citizen.html" if actor.is_citizen else "ui/plain.html",
        rows=tuple(_row(consent) for consent in found),
        empty=Empty(
            title=_("Bạn chưa cho phép ứng dụng nào"),
            text=_("Khi bạn đăng nhập vào ứng dụng khác bằng tài khoản này, ứng dụng hiện ở đây."),
            icon="plug",
        ),
    )
    return page(request, "identity/allowed.html", model)


def _row(consent: ConsentView) -> AllowedRow:
    used_at = consent.last_used_at
    last = dates.city_moment(used_at) if used_at else _("Chưa có")
    return AllowedRow(
        id=consent.id,
        name=consent.application,
        facts=(
            Fact(
                label=_("Cơ quan"),
                value=organisations.unit_by_id(consent.unit_id).name,
                language=foreign(),
            ),
            Fact(
                label=_("Được biết"),
                value="\n".join(_(SCOPE_NAMES[scope]) for scope in consent.scopes),
            ),
            Fact(label=_("Bạn cho phép lúc"), value=dates.city_moment(consent.given_at)),
            Fact(label=_("Đăng nhập gần nhất"), value=last),
        ),
    )


@require_POST
@route(signed_in)
def withdraw(request: HttpRequest, consent_id: UUID) -> HttpResponseBase:
    withdraw_consent(consent_id, actor=actor_of(request), now=clock.now())
    return redirect_after("/toi/ung-dung")
