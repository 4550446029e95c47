"""The two halves of a sign-in by VNeID, around the visit to VNeID itself."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from motcua.contexts.identity.actions.sign_in import sign_in_by_vneid
from motcua.contexts.identity.adapters import vneid
from motcua.contexts.identity.contracts import (
    AnswerNotTrusted,
    SignedIn,
    SignInCancelled,
    SignInExpired,
)
from motcua.contexts.identity.rules import read_claims


def _callback(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("identity:vneid_return"))


def begin(request: HttpRequest, *, next_url: str) -> str:
    """Keep state, nonce and PKCE verifier in this session; gives the address of VNeID.

    Raises: NeighbourDown.
    """
    pkce = generate_code_challenge()
    nonce = token_urlsafe(16)
    state = {"next": next_url, "nonce": nonce, "verifier": pkce["code_verifier"]}
    vneid.Provider.ask_again()  # a dead VNeID is found here, not by the browser later
    state_id = statekit.stash_state(request, provider_id=vneid.NAME, state=state)
    return vneid.authorization_url(
        callback=_callback(request),
        state=state_id,
        nonce=nonce,
        challenge=pkce["code_challenge"],
    )


@dataclass(slots=True)
class Return:
    """Somebody back from VNeID. next_url: where they wanted to go, kept through every refusal."""

    request: HttpRequest
    next_url: str = "/"


def finish(back: Return, *, now: datetime) -> tuple[SignedIn, int]:
    """Who came back, and at which level.

    Raises: SignInRefused and its kinds, NeighbourDown.
    """
    request, said = back.request, back.request.GET
    state = statekit.unstash_state(request, provider_id=vneid.NAME, state_id=said.get("state", ""))
    if state is None:
        raise SignInExpired(reason="state_unknown")
    back.next_url = str(state["next"])
    if said.get("iss", settings.VNEID_ISSUER) != settings.VNEID_ISSUER:
        raise AnswerNotTrusted(reason="issuer_differs")
    if said.get("error") == "access_denied":
        raise SignInCancelled
    if not said.get("code"):
        raise AnswerNotTrusted(reason=said.get("error", "code_missing")[:40])
    claims = read_claims(
        vneid.claims_for_code(
            said["code"],
            callback=_callback(request),
            verifier=str(state["verifier"]),
            nonce=str(state["nonce"]),
        )
    )
    return sign_in_by_vneid(claims, now=now), claims.level
