"""Signing out because an application asks (RP-initiated logout)."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST
from oauthlib.common import add_params_to_uri

from motcua.contexts.identity.actions.grants import PARTNER, end_grant, note_connection_refusal
from motcua.contexts.identity.actions.sign_in import note_sign_out
from motcua.contexts.identity.adapters import id_tokens
from motcua.contexts.identity.contracts.applications import ConnectionRefused, Ended
from motcua.contexts.identity.models import Application
from motcua.contexts.identity.queries import applications
from motcua.contexts.identity.web import session
from motcua.contexts.identity.web.connect.pages import LeavePage
from motcua.contexts.identity.web.connect.rules import is_plain, key_by_name
from motcua.contexts.identity.web.connect.visits import way_back
from motcua.contexts.identity.web.middleware import recent
from motcua.kernel import clock, idempotency, refused
from motcua.kernel.access import actor_of, open_to_all, route
from motcua.kernel.limits import APPLICATION_VISITS
from motcua.kernel.web import page, redirect_after

FIELDS = ("id_token_hint", "client_id", "post_logout_redirect_uri", "state")


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is known for sure about who asks. hint: the claims of a token of ours."""

    application: Application | None
    hint: dict[str, Any] | None
    back: str

    @property
    def name(self) -> str:
        return self.application.name if self.application else ""


def _read(request: HttpRequest, said: QueryDict) -> Leaving:
    """Raises: ConnectionRefused when what was sent contradicts itself or what is registered."""
    hint, told = None, said.get("id_token_hint", "")
    if told:
        issuer = settings.PUBLIC_ORIGIN
        hint = id_tokens.read_hint(told, issuer=issuer, key_of=key_by_name)
        if hint is None:
            raise _refused(request, "hint_untrusted", None)
    client_id = said.get("client_id", "") or (str(hint["aud"]) if hint else "")
    application = applications.open_application(client_id) if is_plain(client_id) else None
    if client_id and application is None:
        raise _refused(request, "client_unknown", None)
    if hint and hint["aud"] != client_id:
        raise _refused(request, "hint_foreign", application)
    back = said.get("post_logout_redirect_uri", "")
    if back and (application is None or back not in application.logout_uris):
        raise _refused(request, "logout_address_unregistered", application)
    if back and said.get("state"):
        back = add_params_to_uri(back, [("state", said["state"])])
    return Leaving(application, hint, back)


def _refused(
    request: HttpRequest, reason: str, application: Application | None
) -> ConnectionRefused:
    client = application.client_id if application else ""
    if refused.may_be_kept(request):
        with idempotency.using(""):  # each try is written down
            note_connection_refusal("logout", reason, client=client, actor=PARTNER, now=clock.now())
    return ConnectionRefused(reason=reason, client=client)


@never_cache
@csrf_exempt  # an application may send the browser by a form; here it is only asked
@require_http_methods(["GET", "HEAD", "POST"])
@route(open_to_all, keyless=True, limit=APPLICATION_VISITS)
def leave(request: HttpRequest) -> HttpResponseBase:
    """Ask whether to sign out here too. The sign-in at the application that asks ends anyway."""
    said = request.GET if request.method != "POST" else request.POST
    leaving = _read(request, said)
    _end_there(leaving)
    actor = actor_of(request)
    if not actor.is_signed_in:
        return _gone(request, leaving)
    kept = tuple((name, said[name]) for name in FIELDS if said.get(name))
    model = LeavePage(application=leaving.name, account=actor.name, fields=kept)
    return page(request, "identity/leave.html", model)


def _end_there(leaving: Leaving) -> None:
    """Who holds its identity token may end its own sign-in, whoever sits at the browser."""
    if leaving.hint is None:
        return
    grant = applications.grant_in_session(str(leaving.hint.get("sid", "")))
    if grant is not None:
        with idempotency.using(""):
            end_grant(grant, why=Ended.SIGNED_OUT, actor=PARTNER, now=clock.now())


@never_cache
@require_POST
@route(open_to_all, keyless=True)
def answer_leave(request: HttpRequest) -> HttpResponseBase:
    """«Đăng xuất» or «Ở lại»."""
    leaving, actor = _read(request, request.POST), actor_of(request)
    if request.POST.get("answer") == "yes" and actor.account_id is not None:
        note_sign_out(actor.account_id, mark=session.mark_of(request), now=clock.now())
        recent.forget()
        logout(request)
    return _gone(request, leaving)


def _gone(request: HttpRequest, leaving: Leaving) -> HttpResponseBase:
    if not leaving.back:
        return redirect_after("/")
    return way_back(request, leaving.name, leaving.back)
