"""Bản gốc của bạn: who has each, and the post asked to fetch what the agency needs."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.contexts.dossiers.actions.originals import collect
from motcua.contexts.dossiers.contracts.originals import (
    CollectOriginals,
    HandoverLine,
    OriginalsView,
    OriginalView,
)
from motcua.contexts.dossiers.contracts.receiving import PostAddress
from motcua.contexts.dossiers.queries import originals as queries
from motcua.contexts.dossiers.web import receiving
from motcua.contexts.dossiers.web.parcels import parcel_facts
from motcua.contexts.post.contracts import ConsignmentKind, HolderKind
from motcua.kernel import clock
from motcua.kernel.access import route, signed_in
from motcua.kernel.errors import DomainError, Kind
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Fact, FieldError, Option, QuestionView
from motcua.ui.words import foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalsPage:
    """Where the papers of one dossier are, and the form to have more of them fetched."""

    code: str
    back_url: str
    held: tuple[Fact, ...]
    lines: tuple[Fact, ...]
    parcels: tuple[Fact, ...]
    papers: tuple[Option, ...]
    chosen: tuple[str, ...]
    questions: tuple[QuestionView, ...]
    cost: str
    in_vietnamese: str
    errors: tuple[FieldError, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(signed_in)
def originals(request: HttpRequest, code: str) -> HttpResponseBase:
    """GET: who holds what. POST: the post is asked to come."""
    actor, now = actor_of(request), clock.now()
    told = queries.originals_of(code, actor, now=now)
    given = receiving.given_address(request)
    if not isinstance(given, PostAddress):
        return _page(request, told, given)
    chosen = tuple(request.POST.getlist("paper"))
    try:
        collect(CollectOriginals(code=code, papers=chosen, home=given), actor=actor, now=now)
    except DomainError as refusal:
        if refusal.kind is not Kind.INVALID:
            raise
        return _page(request, told, given, refusal)
    messages.success(request, _("Đã nhờ bưu chính đến lấy. Bạn nhận tin khi có số hiệu."))
    return redirect_after(f"/ho-so/{code}/ban-goc")


def _page(
    request: HttpRequest,
    told: OriginalsView,
    given: PostAddress | receiving.TypedAddress | None,
    refusal: DomainError | None = None,
) -> HttpResponseBase:
    typed = given if isinstance(given, receiving.TypedAddress) else None
    known = given if isinstance(given, PostAddress) else told.home
    errors = typed.errors if typed else ()
    if refusal:
        errors = (FieldError(text=refusal.message, field=refusal.field or "paper"),)
    model = OriginalsPage(
        code=told.code,
        back_url=f"/ho-so/{told.code}",
        held=tuple(_held(one) for one in told.originals),
        lines=tuple(_line(one) for one in told.lines),
        parcels=tuple(parcel_facts(told.code, ConsignmentKind.COLLECT, ConsignmentKind.RETURN)),
        papers=tuple(Option(value=key, label=name) for key, name in told.may_collect),
        chosen=tuple(request.POST.getlist("paper")),
        questions=receiving.address_questions(known or receiving.known_of(told.owner_id), typed),
        cost=receiving.cost(),
        in_vietnamese=foreign(),
        errors=errors,
    )
    return page(request, "dossiers/originals.html", model, status=422 if errors else 200)


def _held(one: OriginalView) -> Fact:
    since = _("từ %(moment)s") % {"moment": dates.city_moment(one.since)}
    return Fact(
        label=holder_words(one.holder, one.unit, lost=one.is_lost),
        value=one.label,
        language=foreign(),
        note=since,
    )


def holder_words(kind: HolderKind, unit: str, *, lost: bool = False) -> str:
    """Who has it, in words; a unit by its name."""
    if lost:
        return _("Bưu chính báo thất lạc")
    words = {HolderKind.OWNER: _("Chủ hồ sơ"), HolderKind.POST: _("Bưu chính")}
    return words.get(kind) or unit


def _line(one: HandoverLine) -> Fact:
    said = _("%(giver)s (%(gave)s) giao cho %(taker)s (%(took)s)") % {
        "giver": holder_words(one.giver_kind, one.giver),
        "gave": one.gave,
        "taker": holder_words(one.taker_kind, one.taker),
        "took": one.took,
    }
    return Fact(
        label=dates.city_moment(one.happened_at),
        value=said,
        note=one.label,
        note_language=foreign(),
    )
