"""The two halves of a sign-in by VNeID, around the visit to VNeID itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID

from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from motcua.contexts.identity.actions.organisations import sign_in_organisation
from motcua.contexts.identity.actions.sign_in import sign_in_by_vneid
from motcua.contexts.identity.adapters import vneid
from motcua.contexts.identity.contracts import (
    AnotherAccount,
    AnswerNotTrusted,
    LevelNotReached,
    SignedIn,
    SignInCancelled,
    SignInExpired,
    VNeIDClaims,
)
from motcua.contexts.identity.contracts.organisations import OrganisationClaims
from motcua.contexts.identity.queries import accounts
from motcua.contexts.identity.rules import check_level, proven_at
from motcua.contexts.identity.rules.vneid import read_account
from motcua.kernel.access import actor_of


def _callback(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("identity:vneid_return"))


def begin(request: HttpRequest, *, next_url: str, wish: vneid.Wish, now: datetime) -> str:
    """Keep state, nonce and PKCE verifier in this session; gives the address of VNeID.

    Whoever is signed in and wishes for more goes to confirm: nobody else may come back instead.
    Raises: NeighbourDown, AnswerNotTrusted.
    """
    pkce = generate_code_challenge()
    nonce = token_urlsafe(16)
    actor = actor_of(request)
    state = {
        "next": next_url,
        "nonce": nonce,
        "verifier": pkce["code_verifier"],
        "level": wish.level,
        "fresh_since": int(now.timestamp()) if wish.fresh else 0,
        "account": str(actor.account_id) if actor.is_citizen and wish.is_more else "",
    }
    vneid.Provider.ask_again()  # a dead VNeID is found here, not by the browser later
    state_id = statekit.stash_state(request, provider_id=vneid.NAME, state=state)
    return vneid.authorization_url(
        callback=_callback(request),
        state=state_id,
        nonce=nonce,
        challenge=pkce["code_challenge"],
        wish=wish,
    )


@dataclass(slots=True)
class Return:
    """Somebody back from VNeID. next_url: where they wanted to go, kept through every refusal.

    heard: what VNeID said, once it has been believed.
    """

    request: HttpRequest
    next_url: str = "/"
    heard: "Heard | None" = None


ORGANISATION_LEVEL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """At which level, and when they proved it (None when VNeID does not say).

    confirms: it was somebody signed in already who went to be surer.
    """

    level: int
    proven_at: datetime | None
    confirms: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What VNeID said and how sure it is, before anybody is let in."""

    claims: VNeIDClaims | OrganisationClaims
    sure: Sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """Who came back. mandate_id: of an organisation's account, the ground to act for it."""

    account_id: UUID
    sure: Sure
    signed: SignedIn | None = None
    mandate_id: UUID | None = None


def finish(back: Return, *, now: datetime) -> Vouched:
    """Who came back, and how sure VNeID is.

    Raises: SignInRefused and its kinds, NeighbourDown, LinkToConfirm.
    """
    said = back.request.GET
    if any(len(said.getlist(name)) > 1 for name in said):
        raise AnswerNotTrusted(reason="parameter_twice")
    state = statekit.unstash_state(
        back.request, provider_id=vneid.NAME, state_id=said.get("state", "")
    )
    if state is None:
        raise SignInExpired(reason="state_unknown")
    back.next_url = str(state["next"])
    answer = vneid.answer_for_code(
        _code(said),
        callback=_callback(back.request),
        verifier=str(state["verifier"]),
        nonce=str(state["nonce"]),
    )
    back.heard = _heard(answer, state, now=now)
    return let_in(back.heard, now=now)


def _code(said: QueryDict) -> str:
    """Raises: AnswerNotTrusted, SignInCancelled, NeighbourDown."""
    unnamed = "" if vneid.Provider.names_itself() else settings.VNEID_ISSUER
    if said.get("iss", unnamed) != settings.VNEID_ISSUER:
        raise AnswerNotTrusted(reason="issuer_differs")
    if said.get("error") == "access_denied":
        raise SignInCancelled
    if not said.get("code"):
        raise AnswerNotTrusted(reason=said.get("error", "code_missing")[:40])
    return str(said["code"])


def _heard(answer: vneid.Answer, state: Mapping[str, object], *, now: datetime) -> Heard:
    claims = read_account(answer.person)
    person = claims.person if isinstance(claims, OrganisationClaims) else claims
    check_level(answer.token, person)
    asked_at = int(str(state["fresh_since"]))
    since = datetime.fromtimestamp(asked_at, tz=now.tzinfo) if asked_at else None
    moment = proven_at(answer.token, fresh_since=since, now=now)
    _check_same(person, str(state["account"]))
    if person.level < int(str(state["level"])):
        raise LevelNotReached(reason="level_lower")
    sure = Sure(level=person.level, proven_at=moment, confirms=bool(state["account"]))
    return Heard(claims=claims, sure=sure)


def let_in(heard: Heard, *, is_same: bool | None = None, now: datetime) -> Vouched:
    """The account of who was vouched for. is_same: their answer, if they were asked.

    Raises: SignInRefused and its kinds, LinkToConfirm.
    """
    claims, sure = heard.claims, heard.sure
    if isinstance(claims, OrganisationClaims):
        return _organisation(claims, sure, is_same=is_same, now=now)
    signed = sign_in_by_vneid(claims, is_same=is_same, now=now)
    return Vouched(account_id=signed.account_id, signed=signed, sure=sure)


def _organisation(
    claims: OrganisationClaims, sure: Sure, *, is_same: bool | None, now: datetime
) -> Vouched:
    """Only a person whom the police has seen may stand for an organisation."""
    if sure.level < ORGANISATION_LEVEL:
        raise LevelNotReached(reason="representative_level_lower")
    signed = sign_in_organisation(claims, is_same=is_same, now=now)
    return Vouched(account_id=signed.account_id, mandate_id=signed.mandate_id, sure=sure)


def _check_same(claims: VNeIDClaims, account_id: str) -> None:
    """Raises: AnotherAccount, before anything is written about whoever it is."""
    if not account_id:
        return
    account = accounts.account_of_subject(claims.subject)
    if account is None or str(account.id) != account_id:
        raise AnotherAccount(reason="another_account")
