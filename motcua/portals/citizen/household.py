"""Hộ của tôi: who lives here as the desk has seen it; act for a child; say that it is wrong."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts.households import (
    RELATION_NAMES,
    HouseholdView,
    MemberView,
)
from motcua.contexts.identity.contracts.mandates import MandateMalformed
from motcua.kernel import clock
from motcua.kernel.access import actor_of, citizens, route
from motcua.kernel.actors import Actor
from motcua.kernel.web import page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Empty, Fact, FieldError

HERE, MANDATES, WRONG = "/toi/ho-gia-dinh", "/toi/uy-quyen", "/toi/du-lieu/quyen/sua"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """claim_url: only for a child of the reader, who is the head."""

    title: str
    facts: tuple[Fact, ...]
    claim_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdPage:
    members: tuple[Member, ...]
    wrong_url: str
    empty: Empty
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_safe
@route(citizens)
def show(request: HttpRequest) -> HttpResponseBase:
    """Who lives in my household, and on which paper that was seen."""
    return page(request, "citizen/household.html", _page(actor_of(request), clock.now()))


@never_cache
@require_POST
@route(citizens)
def claim(request: HttpRequest, member_id: UUID) -> HttpResponseBase:
    """Act for a child of mine. Raises: HouseholdNotFound, NotYoursToGive, AssuranceTooLow."""
    actor, now = actor_of(request), clock.now()
    agreed = request.POST.get("agreed") == "yes"
    try:
        identity.act_for_child_of_household(member_id, child_agreed=agreed, actor=actor, now=now)
    except MandateMalformed as refusal:
        errors = (FieldError(text=refusal.message),)
        return page(request, "citizen/household.html", _page(actor, now, errors), status=422)
    return redirect_after(MANDATES)


def _page(actor: Actor, now: datetime, errors: tuple[FieldError, ...] = ()) -> HouseholdPage:
    found = identity.own_household(actor, now=now)
    return HouseholdPage(
        members=tuple(_member(one, found, actor) for one in found.members) if found else (),
        wrong_url=WRONG,
        empty=Empty(
            title=_("Chưa ghi hộ nào"),
            text=_("Chủ hộ mang giấy xác nhận về cư trú đến bộ phận Một cửa bất kỳ."),
            icon="users",
        ),
        errors=errors,
    )


def _member(one: MemberView, found: HouseholdView, actor: Actor) -> Member:
    may = one.is_child and found.head_id in actor.own_ids
    return Member(
        title=one.full_name,
        facts=(
            Fact(label=_("Quan hệ trong hộ"), value=gettext(RELATION_NAMES[one.relation])),
            Fact(label=_("Từ ngày"), value=dates.day(one.since)),
            Fact(label=_("Căn cứ"), value=one.evidence_note),
        ),
        claim_url=f"{HERE}/{one.id}/lam-thay" if may else "",
    )
