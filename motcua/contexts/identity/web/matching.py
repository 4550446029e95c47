"""Trang người có thể trùng: the list, one pair, what a merge moves, decisions with a reason."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.identity.actions.matching import (
    ask_evidence,
    dismiss_candidate,
    merge_people,
    unmerge_people,
)
from motcua.contexts.identity.contracts.matching import (
    CandidateNotFound,
    CandidateState,
    MergeNotFound,
    Unmerged,
)
from motcua.contexts.identity.queries import matching
from motcua.contexts.identity.web import matching_pages as pages
from motcua.contexts.identity.web.guarding import GUARDS, before
from motcua.kernel import clock
from motcua.kernel.access import actor_of, route
from motcua.kernel.db import Stale
from motcua.kernel.errors import Conflict, DomainError, Invalid
from motcua.kernel.web import page, redirect_after
from motcua.ui.exporting import csv_answer
from motcua.ui.words import count


class ChooseDecision(Invalid):
    sentence = "Bạn chọn một quyết định."


class ChooseSurvivor(Invalid):
    sentence = "Bạn chọn giữ bản ghi nào."


@never_cache
@require_safe
@route(GUARDS)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Pairs of one state, newest first."""
    state = _state(request)
    found = matching.candidates(
        actor_of(request), state, now=clock.now(), before=before(request.GET)
    )
    return page(request, "identity/guard_list.html", pages.list_model(found, state))


@require_safe
@route(GUARDS)
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file; numbers masked, and what was read is in the read log."""
    return csv_answer("nguoi-co-the-trung.csv", pages.FILE_HEADS, _lines(request, _state(request)))


def _lines(request: HttpRequest, state: CandidateState) -> Iterator[tuple[str, ...]]:
    last: UUID | None = None
    while True:
        found = matching.candidates(actor_of(request), state, now=clock.now(), before=last)
        yield from (pages.line(pair) for pair in found[: matching.PAGE])
        if len(found) <= matching.PAGE:
            return
        last = found[matching.PAGE - 1].id


def _state(request: HttpRequest) -> CandidateState:
    wanted = request.GET.get("trang-thai", "")
    return CandidateState(wanted) if wanted in set(CandidateState) else CandidateState.OPEN


@never_cache
@require_safe
@route(GUARDS)
def show(request: HttpRequest, candidate_id: UUID) -> HttpResponseBase:
    """Both rows beside each other; with `giu`, what a merge into that one moves."""
    return _show(request, candidate_id)


def _show(
    request: HttpRequest, candidate_id: UUID, refusal: DomainError | None = None
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    pair = matching.candidate_view(candidate_id, actor, now=now)
    typed = request.POST if refusal else request.GET
    model = pages.pair_model(pair, typed, refusal)
    return page(request, "identity/match.html", model, status=int(refusal.kind) if refusal else 200)


@never_cache
@require_POST
@route(GUARDS)
def decide(request: HttpRequest, candidate_id: UUID) -> HttpResponseBase:
    """One person, two, not yet to be told, or a merge taken back. Raises: CandidateNotFound."""
    try:
        said = _decide(request, candidate_id)
    except (CandidateNotFound, MergeNotFound):
        raise
    except Stale:
        return _show(request, candidate_id, Conflict(pages.FASTER))
    except DomainError as refusal:
        return _show(request, candidate_id, refusal)
    messages.success(request, said)
    return redirect_after(f"{pages.URL}/{candidate_id}")


def _decide(request: HttpRequest, candidate_id: UUID) -> str:
    actor, now = actor_of(request), clock.now()
    wanted, reason = request.POST.get("decision", ""), request.POST.get("reason", "")
    if wanted == "merge":
        merge_people(
            candidate_id,
            survivor_id=_survivor(request),
            reason=reason,
            evidence=request.POST.get("evidence", ""),
            actor=actor,
            now=now,
        )
        return "Đã gộp. Bạn tách lại được ở trang này."
    if wanted == "different":
        dismiss_candidate(candidate_id, reason=reason, actor=actor, now=now)
        return "Đã ghi: hai người khác nhau."
    if wanted == "evidence":
        ask_evidence(candidate_id, what=reason, actor=actor, now=now)
        return "Đã hỏi giấy tờ. Ai có tài khoản thì nhận được thông báo."
    if wanted == "unmerge":
        pair = matching.candidate_view(candidate_id, actor, now=now)
        if pair.merge_id is None:
            raise MergeNotFound
        return _taken_back(unmerge_people(pair.merge_id, reason=reason, actor=actor, now=now))
    raise ChooseDecision(field="decision")


def _taken_back(done: Unmerged) -> str:
    many = sum(done.meanwhile.values())
    return f"Đã tách. Từ lúc gộp có {count(many)} việc được ghi; chúng vẫn ở nơi đã làm."


def _survivor(request: HttpRequest) -> UUID:
    """Raises: ChooseSurvivor."""
    try:
        return UUID(request.POST.get("survivor", ""))
    except ValueError:
        raise ChooseSurvivor(field="survivor") from None
