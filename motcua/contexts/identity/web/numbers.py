"""Trang số định danh: questions about numbers, the history of one, decisions with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.identity.actions.numbers import change_number, keep_number, undo_number
from motcua.contexts.identity.contracts.matching import (
    NumberCaseNotFound,
    NumberCaseState,
    NumberCaseView,
    NumberEnd,
)
from motcua.contexts.identity.queries import numbers
from motcua.contexts.identity.web import number_pages as pages
from motcua.contexts.identity.web.guarding import GUARDS, before
from motcua.kernel import clock
from motcua.kernel.access import actor_of, route
from motcua.kernel.errors import DomainError, Invalid
from motcua.kernel.web import page, redirect_after


class ChooseWhat(Invalid):
    sentence = "Bạn chọn đổi số hay giữ số."


class EvidenceMissing(Invalid):
    """Here a paper is named; at a counter it is scanned as well."""

    sentence = "Bạn ghi tên, số giấy tờ đã xem."


@never_cache
@require_safe
@route(GUARDS)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Questions of one state, newest first."""
    wanted = request.GET.get("trang-thai", "")
    known = wanted in set(NumberCaseState)
    state = NumberCaseState(wanted) if known else NumberCaseState.OPEN
    found = numbers.cases(actor_of(request), state, now=clock.now(), before=before(request.GET))
    return page(request, "identity/guard_list.html", pages.list_model(found, state))


@never_cache
@require_safe
@route(GUARDS)
def show(request: HttpRequest, number_id: UUID) -> HttpResponseBase:
    return _show(request, number_id)


def _show(
    request: HttpRequest, number_id: UUID, refusal: DomainError | None = None
) -> HttpResponseBase:
    case = numbers.case(number_id, actor_of(request), now=clock.now())
    model = pages.case_model(case, request.POST, refusal)
    status = int(refusal.kind) if refusal else 200
    return page(request, "identity/number.html", model, status=status)


@never_cache
@require_POST
@route(GUARDS)
def decide(request: HttpRequest, number_id: UUID) -> HttpResponseBase:
    """Change it as told, keep it, or take a change back. Raises: NumberCaseNotFound."""
    case = numbers.case(number_id, actor_of(request), now=clock.now())
    try:
        said = _decide(request, case)
    except NumberCaseNotFound:
        raise
    except DomainError as refusal:
        return _show(request, number_id, refusal)
    messages.success(request, said)
    return redirect_after(f"{pages.URL}/{number_id}")


def _decide(request: HttpRequest, case: NumberCaseView) -> str:
    actor, now, typed = actor_of(request), clock.now(), request.POST
    wanted, reason = typed.get("decision", ""), typed.get("reason", "")
    if wanted == "keep":
        keep_number(case.id, reason=reason, actor=actor, now=now)
        return "Đã ghi: giữ số đang có."
    if wanted == "undo":
        undo_number(case.id, reason=reason, actor=actor, now=now)
        return "Đã trả lại số như trước lần đổi này."
    if wanted != "change":
        raise ChooseWhat(field="decision")
    if not typed.get("evidence", "").strip():
        raise EvidenceMissing(field="evidence")
    ended = typed.get("ended_as", "")
    change_number(
        case.person_id,
        new_number=numbers.told_of(case.id),
        ended_as=NumberEnd(ended) if ended in set(NumberEnd) else NumberEnd.CHANGED,
        reason=reason,
        evidence_note=typed.get("evidence", ""),
        case_id=case.id,
        actor=actor,
        now=now,
    )
    return "Đã đổi số. Số cũ vẫn ở trong lịch sử."
