"""Tôi / Công ty: in whose name a session works. The choice lives in the session, its ground never.

Each request asks the database anew whether the mandate is in force, so it ends with the request
after its revocation.
"""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.contexts.identity.actions.mandates import choose_principal
from motcua.contexts.identity.contracts.mandates import MandateEnded, MandateNotFound
from motcua.contexts.identity.queries import mandates
from motcua.contexts.identity.web.session import MANDATE, work_for
from motcua.kernel import clock
from motcua.kernel.access import actor_of, citizens, route
from motcua.kernel.actors import Actor
from motcua.kernel.web import SAFE, redirect_after, safe_next

# Who leaves or chooses anew writes nothing in anybody's name.
ALWAYS = frozenset({"/dang-xuat", "/toi/lam-thay", "/ui/preferences"})


def in_whose_name(request: HttpRequest, actor: Actor) -> Actor:
    """The actor with the mandate its session chose.

    Raises: MandateEnded, for a request that writes; one that reads goes on in one's own name.
    """
    chosen = request.session.get(MANDATE)
    if chosen is None or not actor.is_citizen:
        return actor
    mandate = mandates.in_force(UUID(chosen), actor, now=clock.now())
    if mandate is not None:
        return replace(actor, mandate=mandate)
    del request.session[MANDATE]
    if request.method not in SAFE and request.path_info not in ALWAYS:
        raise MandateEnded
    messages.warning(
        request,
        _("Ủy quyền không còn hiệu lực. Từ bây giờ bạn làm việc cho chính mình."),
    )
    return actor


@require_POST
@route(citizens)
def choose(request: HttpRequest) -> HttpResponseBase:
    """Work for somebody else from now on; without `mandate` for oneself."""
    wanted = _wanted(request.POST.get("mandate", ""))
    choose_principal(wanted, actor=actor_of(request), now=clock.now())
    work_for(request, wanted, stays=False)
    return redirect_after(safe_next(request))


def _wanted(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise MandateNotFound from None
