"""Nhận khi mất mạng: what the page in the browser asks of the city, in JSON."""

import json
from collections.abc import Callable, Iterator
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.http.request import RawPostDataException
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.counters.actions import machines, syncing
from motcua.contexts.counters.contracts.offline import (
    DeviceRevoked,
    EntryAnswer,
    RangeView,
    SignedEntry,
)
from motcua.contexts.counters.queries import offline as queries
from motcua.contexts.counters.queries import package
from motcua.contexts.identity.contracts.machines import KEEPS_STORAGE
from motcua.kernel import clock, idempotency
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Role
from motcua.kernel.errors import DomainError, Invalid
from motcua.kernel.web import actor_of

receivers = roles(Role.RECEIVER)
YEAR = 365 * 86_400  # seconds
MOST_ENTRIES = 50  # of one batch


class BatchMalformed(Invalid):
    sentence = "Máy gửi không đúng dạng. Bạn tải lại trang nhận khi mất mạng."


@never_cache
@require_safe
@route(receivers)
def told(request: HttpRequest) -> JsonResponse:
    """All that a window needs of the city for some days: procedures, papers, fees, due dates."""
    return JsonResponse(package.package_of(actor_of(request), now=clock.now()))


@require_POST
@route(receivers)
def register(request: HttpRequest) -> JsonResponse:
    """The public half of a key that the browser made."""
    actor, now = actor_of(request), clock.now()
    done = machines.register_device(
        request.POST.get("name", ""), request.POST.get("key", ""), actor=actor, now=now
    )
    answer = JsonResponse({"device": str(done.device_id)}, status=201)
    return keeps_storage(answer, request)


def keeps_storage(answer: JsonResponse, request: HttpRequest) -> JsonResponse:
    """Signing out of this browser leaves what waits in it, sealed."""
    answer.set_cookie(
        KEEPS_STORAGE, "1", max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return answer


@require_POST
@route(receivers)
def ranges(request: HttpRequest, counter_device_id: UUID) -> JsonResponse:
    """Numbers for hours without a network, and the key of what waits in the browser."""
    actor, now = actor_of(request), clock.now()
    try:
        given = machines.take_ranges(counter_device_id, actor=actor, now=now).ranges
    except DeviceRevoked:
        given = ()  # no more numbers, but what waits there is still sent
    seal = queries.device_row(counter_device_id, actor, now=now).seal
    return JsonResponse({"ranges": [_range(one) for one in given], "seal": seal})


@require_POST
@route(receivers)
def give_back(request: HttpRequest, range_id: UUID) -> JsonResponse:
    """The rest of a range, unused."""
    first = request.POST.get("from", "")
    if not first.isdecimal():
        raise BatchMalformed
    machines.return_range(range_id, int(first), actor=actor_of(request), now=clock.now())
    return JsonResponse({"returned": True})


@require_POST
@route(receivers, keyless=True)
def entries(request: HttpRequest) -> JsonResponse:
    """A batch in any order and of any size; each entry is a transaction and an answer of its own.

    Each bears its own id, which the machine signed: sent again, it is answered again.
    """
    actor, now = actor_of(request), clock.now()
    return answers_to(request, lambda one: _answer(syncing.take_entry(one, actor=actor, now=now)))


def answers_to(request: HttpRequest, take: Callable[[SignedEntry], dict[str, str]]) -> JsonResponse:
    """One answer for each of a batch, in its order; a refusal bears the mark of what it refuses.

    Raises: BatchMalformed.
    """
    answers = []
    for one in batch_of(request):
        try:
            with idempotency.using(""):
                answers.append(take(one))
        except DomainError as refusal:
            said = {"state": "REFUSED", "code": refusal.code, "sentence": refusal.message}
            answers.append(said | {"mark": one.signature[:24]})
    return JsonResponse({"answers": answers})


def batch_of(request: HttpRequest) -> Iterator[SignedEntry]:
    """Raises: BatchMalformed."""
    try:
        said = json.loads(request.body)
        device, given = UUID(said["device"]), list(said["entries"])
        batch = [
            SignedEntry(device_id=device, body=str(e["body"]), signature=str(e["signature"]))
            for e in given[:MOST_ENTRIES]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RawPostDataException) as wrong:
        raise BatchMalformed from wrong
    yield from batch


def _answer(one: EntryAnswer) -> dict[str, str]:
    return {"id": str(one.id), "state": one.state, "code": one.code, "sentence": one.sentence}


def _range(one: RangeView) -> dict[str, object]:
    return {
        "id": str(one.id),
        "first": one.first,
        "last": one.last,
        "issuedAt": one.issued_at.isoformat(),
        "validUntil": one.valid_until.isoformat(),
        "signature": one.signature,
    }
