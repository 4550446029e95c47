"""Thực địa không có mạng: the page that a phone keeps, what it takes along, and what it sends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.counters.actions import field_notes, machines
from motcua.contexts.counters.contracts.offline import DeviceUse
from motcua.contexts.counters.models import CounterDevice
from motcua.contexts.counters.policies import GOES
from motcua.contexts.counters.queries import offline as queries
from motcua.contexts.counters.web.offline import answers_to, keeps_storage
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts.fieldwork import (
    FieldVisitState,
    FieldVisitView,
    SiteNoteAnswer,
    SiteNoteKind,
    SiteNoteState,
    SiteNoteView,
)
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Actor
from motcua.kernel.web import actor_of, may_locate, page, redirect_after
from motcua.ui import dates

goers = roles(*GOES)
LISTED = "/ban/thuc-dia/may"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneLine:
    name: str
    note: str
    revoke_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhonesPage:
    phones: tuple[PhoneLine, ...]


@require_safe
@route(goers)
def place(request: HttpRequest) -> HttpResponseBase:
    """The page at a place without a network. Names nobody, so that a phone may keep it."""
    return may_locate(page(request, "counters/field.html", None))


@never_cache
@require_safe
@route(goers)
def told(request: HttpRequest, counter_device_id: UUID) -> JsonResponse:
    """The open visits of the officer, what stands of each, and the key of what waits here."""
    actor, now = actor_of(request), clock.now()
    device = queries.device_row(counter_device_id, actor, now=now)
    visits = () if device.revoked_at else tuple(_open_visits(actor, now))
    who = {"id": str(actor.account_id), "name": actor.name}
    return JsonResponse(
        {"at": now.isoformat(), "officer": who, "visits": visits, "seal": device.seal}
    )


def _open_visits(actor: Actor, now: datetime) -> Iterator[dict[str, object]]:
    for visit in dossiers.field_visits(actor, now=now):
        if visit.state is FieldVisitState.PLANNED:
            yield _visit(visit, dossiers.site_notes(visit.id))


def _visit(visit: FieldVisitView, notes: tuple[SiteNoteView, ...]) -> dict[str, object]:
    stand = {
        one.key: one
        for one in notes
        if one.kind is SiteNoteKind.ANSWER and one.state is SiteNoteState.KEPT
    }
    return {
        "id": str(visit.id),
        "code": visit.code,
        "when": dates.city_moment(visit.starts_at),
        "place": visit.place,
        "who": ", ".join(visit.visitors),
        "companions": visit.companions,
        "lines": [_line(line.key, line.text, stand.get(line.key)) for line in visit.lines],
    }


def _line(key: str, text: str, stands: SiteNoteView | None) -> dict[str, str]:
    return {
        "key": key,
        "text": text,
        "base": str(stands.id) if stands else "",
        "mark": stands.mark.value if stands and stands.mark else "",
        "said": stands.text if stands else "",
    }


@never_cache
@require_safe
@route(goers)
def listed(request: HttpRequest) -> HttpResponseBase:
    """One's phones; a lost one is revoked here."""
    found = queries.devices(actor_of(request), use=DeviceUse.FIELD, now=clock.now())
    phones = tuple(_phone(one) for one in found)
    return page(request, "counters/phones.html", PhonesPage(phones=phones))


def _phone(row: CounterDevice) -> PhoneLine:
    if row.revoked_at:
        note = f"thu hồi {dates.city_moment(row.revoked_at)}"
        return PhoneLine(name=row.name, note=note, revoke_url="")
    note = f"đăng ký {dates.city_moment(row.registered_at)}"
    return PhoneLine(name=row.name, note=note, revoke_url=f"{LISTED}/{row.id}/thu-hoi")


@require_POST
@route(goers)
def register(request: HttpRequest) -> JsonResponse:
    """The public half of a key that the browser of the phone made."""
    done = machines.register_device(
        request.POST.get("name", ""),
        request.POST.get("key", ""),
        use=DeviceUse.FIELD,
        actor=actor_of(request),
        now=clock.now(),
    )
    answer = JsonResponse({"device": str(done.device_id)}, status=201)
    return keeps_storage(answer, request)


@require_POST
@route(goers)
def revoke(request: HttpRequest, counter_device_id: UUID) -> HttpResponseBase:
    """A lost phone: whatever it sends later is not taken."""
    machines.revoke_device(counter_device_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã thu hồi máy.")
    return redirect_after(LISTED)


@require_POST
@route(goers, keyless=True)
def notes(request: HttpRequest) -> JsonResponse:
    """Notes in any order; each is a transaction and an answer of its own.

    Each bears its own id, which the phone signed: sent again, it is answered again.
    """
    actor, now = actor_of(request), clock.now()
    return answers_to(
        request, lambda one: _answer(field_notes.take_signed(one, actor=actor, now=now))
    )


def _answer(done: SiteNoteAnswer) -> dict[str, str]:
    return {"id": str(done.id), "state": done.state, "sentence": done.sentence}
