"""Tôi / Công ty: in whose name a session works. The choice lives in the session, its ground never.

Each request asks the database anew whether the mandate is in force, so it ends with the request
after its revocation.
"""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.contexts.identity.actions.mandates import choose_principal
from motcua.contexts.identity.contracts.mandates import (
    MandateEnded,
    MandateNotFound,
    MandateRefused,
)
from motcua.contexts.identity.queries import mandates
from motcua.contexts.identity.web.pages import KeptField, TurnedAwayPage
from motcua.contexts.identity.web.session import MANDATE, work_for
from motcua.kernel import clock, refused
from motcua.kernel.access import actor_of, citizens, route
from motcua.kernel.actors import Actor
from motcua.kernel.web import SAFE, page, redirect_after, safe_next, safe_referer

# Who leaves or chooses anew writes nothing in anybody's name.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "idempotency_key", "next", "seen_version"})
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


def helps(request: HttpRequest) -> bool:
    """A person who sent a form gets back what they typed; a program at the API a problem."""
    is_page = not request.path_info.startswith("/api/")
    return is_page and request.method == "POST" and actor_of(request).is_citizen


def turned_away(request: HttpRequest, problem: MandateRefused) -> HttpResponseBase:
    """The page that says which limit was met, with everything typed, to be copied."""
    refused.note_problem(request, problem)
    typed = tuple(
        KeptField(name=name, value=value)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and name not in NOT_TYPED and not _is_id(value)
    )
    title, _stop, more = problem.message.partition(". ")
    model = TurnedAwayPage(
        title=title.rstrip("."),
        sentence=more,
        next_step=gettext(problem.next_step) if problem.next_step else "",
        typed=typed,
        files_lost=bool(request.FILES),
        back=safe_referer(request),
        code=problem.code,
    )
    return page(request, "identity/turned_away.html", model, status=int(problem.kind))


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


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
