"""Bản gốc ở bàn: taken in, handed on, given back, or sent home by post."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.dossiers.actions import originals as acts
from motcua.contexts.dossiers.contracts.originals import (
    OriginalsNotChosen,
    OriginalsView,
    OriginalView,
)
from motcua.contexts.dossiers.queries import originals as queries
from motcua.contexts.dossiers.web import receiving
from motcua.contexts.dossiers.web.desk.asking import BAN
from motcua.contexts.dossiers.web.originals import holder_words
from motcua.contexts.dossiers.web.parcels import parcel_facts
from motcua.contexts.post.contracts import ConsignmentKind
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.errors import DomainError, Kind
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of
from motcua.ui import dates
from motcua.ui.parts import Cell, Crumb, Empty, Fact, FieldError, Option, QuestionView, Table

Act = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskOriginalsPage:
    """The papers of a dossier. here: those that the reader's unit holds; known: names to offer."""

    title: str
    code: str
    url: str
    table: Table
    steps: Table
    parcels: tuple[Fact, ...]
    here: tuple[Option, ...]
    desks: tuple[Option, ...]
    known: tuple[str, ...]
    at_desk: bool
    giver: str
    typed: dict[str, str]
    questions: tuple[QuestionView, ...]
    errors: tuple[FieldError, ...]
    crumbs: tuple[Crumb, ...]


@never_cache
@require_safe
@route(officers)
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who holds what, and what may be done with it."""
    return _page(request, code)


@never_cache
@require_POST
@route(officers)
def take(request: HttpRequest, code: str) -> HttpResponseBase:
    """From the hand of the owner, at the receiving desk."""
    actor, now = actor_of(request), clock.now()
    label, gave = request.POST.get("label", ""), request.POST.get("gave", "")
    return _done(
        request,
        code,
        lambda: acts.take_original(code, label, gave, actor=actor, now=now),
        "Đã nhận bản gốc. Người nộp thấy quầy đang giữ.",
    )


@never_cache
@require_POST
@route(officers)
def hand_on(request: HttpRequest, code: str) -> HttpResponseBase:
    """To another unit that works on the dossier."""
    actor, now = actor_of(request), clock.now()
    to, took = uuid_of(request.POST.get("to", "")), request.POST.get("took", "")
    return _done(
        request,
        code,
        lambda: acts.hand_on_original(code, _paper(request), to, took, actor=actor, now=now),
        "Đã ghi giao bản gốc cho đơn vị khác.",
    )


@never_cache
@require_POST
@route(officers)
def give_back(request: HttpRequest, code: str) -> HttpResponseBase:
    """Into the owner's hand."""
    actor, now = actor_of(request), clock.now()
    seen = request.POST.get("identity_seen") == "yes"
    took = request.POST.get("owner", "")
    return _done(
        request,
        code,
        lambda: acts.give_back_original(
            code, _paper(request), took, identity_seen=seen, actor=actor, now=now
        ),
        "Đã trả bản gốc.",
    )


@never_cache
@require_POST
@route(officers)
def send_home(request: HttpRequest, code: str) -> HttpResponseBase:
    """By post; the papers go out on the desk's sheet like every parcel."""
    actor, now = actor_of(request), clock.now()
    given = receiving.given_address(request)
    if isinstance(given, receiving.TypedAddress):
        return _page(request, code, typed=given)
    ids = [found for one in request.POST.getlist("paper") if (found := uuid_of(one))]
    return _done(
        request,
        code,
        lambda: acts.post_originals(code, ids, given, actor=actor, now=now),
        "Đã nhờ bưu chính chuyển bản gốc về cho người nộp.",
    )


def _paper(request: HttpRequest) -> UUID:
    """Raises: OriginalsNotChosen."""
    found = uuid_of(request.POST.get("paper", ""))
    if found is None:
        raise OriginalsNotChosen(field="paper")
    return found


def _done(request: HttpRequest, code: str, act: Act, said: str) -> HttpResponseBase:
    try:
        act()
    except DomainError as refusal:
        if refusal.kind is not Kind.INVALID:
            raise
        return _page(request, code, refusal=refusal)
    messages.success(request, said)
    return redirect_after(f"{BAN}/ho-so/{code}/ban-goc")


def _page(
    request: HttpRequest,
    code: str,
    *,
    refusal: DomainError | None = None,
    typed: receiving.TypedAddress | None = None,
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    told = queries.originals_of(code, actor, now=now)
    errors = typed.errors if typed else ()
    if refusal:
        errors = (FieldError(text=refusal.message, field=refusal.field or "paper"),)
    owner = receiving.known_of(told.owner_id)
    title = "Bản gốc của hồ sơ"
    model = DeskOriginalsPage(
        title=title,
        code=code,
        url=f"{BAN}/ho-so/{code}/ban-goc",
        table=_table(told),
        steps=_steps(told),
        parcels=tuple(parcel_facts(code, ConsignmentKind.COLLECT, ConsignmentKind.RETURN)),
        here=tuple(Option(value=str(o.id), label=o.label) for o in told.originals if o.here),
        desks=tuple(Option(value=str(key), label=name) for key, name in told.desks),
        known=_known(told),
        at_desk=told.at_receiving_desk,
        giver=owner.recipient,
        typed={key: str(value)[:200] for key, value in request.POST.items()},
        questions=receiving.address_questions(told.home or owner, typed),
        errors=errors,
        crumbs=(
            Crumb(label="Bàn làm việc", url=BAN),
            Crumb(label=code, url=f"{BAN}/ho-so/{code}"),
            Crumb(label=title),
        ),
    )
    return page(request, "dossiers/desk/originals.html", model, status=422 if errors else 200)


def _known(told: OriginalsView) -> tuple[str, ...]:
    """Names of papers to choose from: those of the procedure that are not here yet."""
    there = {one.label for one in told.originals if one.here}
    return tuple(name for name in told.papers if name not in there)


def _table(told: OriginalsView) -> Table:
    return Table(
        caption="Ai đang giữ bản gốc",
        heads=tuple((head, False) for head in ("Giấy tờ", "Ai giữ", "Từ lúc")),
        rows=tuple(_row(one) for one in told.originals),
        empty=Empty(title="Chưa nhận bản gốc nào của hồ sơ này", icon="file-text"),
    )


def _row(one: OriginalView) -> tuple[Cell, ...]:
    return (
        Cell(text=one.label),
        Cell(text=holder_words(one.holder, one.unit, lost=one.is_lost)),
        Cell(text=dates.city_moment(one.since)),
    )


def _steps(told: OriginalsView) -> Table:
    return Table(
        caption="Từng lần giao nhận",
        caption_shown=True,
        heads=tuple((head, False) for head in ("Lúc", "Giấy tờ", "Bên giao", "Bên nhận")),
        rows=tuple(
            (
                Cell(text=dates.city_moment(one.happened_at)),
                Cell(text=one.label),
                Cell(text=f"{holder_words(one.giver_kind, one.giver)}: {one.gave}"),
                Cell(text=f"{holder_words(one.taker_kind, one.taker)}: {one.took}"),
            )
            for one in told.lines
        ),
    )
