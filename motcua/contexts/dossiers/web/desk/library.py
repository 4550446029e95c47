"""Thư viện câu chữ: find a sentence, write one, see what it said before, put it away."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.dossiers.actions import library as acts
from motcua.contexts.dossiers.contracts.library import LibraryLine, LibraryView, WriteText
from motcua.contexts.dossiers.queries import library as reading
from motcua.contexts.dossiers.rules.library import PLACES
from motcua.contexts.dossiers.web.desk.asking import BAN
from motcua.contexts.dossiers.web.desk.choosing import LIBRARY
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.errors import DomainError
from motcua.kernel.text import whole
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of
from motcua.ui import dates
from motcua.ui.parts import Crumb, Fact, FieldError, Option

TITLE = "Thư viện câu chữ"


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryPage:
    title: str
    url: str
    new_url: str
    words: str
    retired: bool
    rows: tuple[tuple[LibraryLine, str], ...]
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """units: those one may write for. retire_url: "" where nothing can be put away."""

    title: str
    url: str
    name: str
    body: str
    unit: str
    units: tuple[Option, ...]
    seen_version: int
    may_write: bool
    retire_url: str
    places: tuple[tuple[str, str], ...]
    versions: tuple[Fact, ...]
    crumbs: tuple[Crumb, ...]
    wrong: str = ""
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_safe
@route(officers)
def listed(request: HttpRequest) -> HttpResponseBase:
    """One's own and one's units' sentences, by words; on demand those put away."""
    words, retired = request.GET.get("chu", "").strip()[:80], request.GET.get("cat") == "1"
    found = reading.texts_of(actor_of(request), now=clock.now(), words=words, retired=retired)
    model = LibraryPage(
        title=TITLE,
        url=LIBRARY,
        new_url=f"{LIBRARY}/moi",
        words=words,
        retired=retired,
        rows=tuple((one, f"{LIBRARY}/{one.id}") for one in found),
        crumbs=(Crumb(label="Việc của tôi", url=BAN), Crumb(label=TITLE)),
    )
    return page(request, "dossiers/desk/library.html", model)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def new(request: HttpRequest) -> HttpResponseBase:
    """For oneself, or for a unit that one heads."""
    if request.method == "POST":
        unit = uuid_of(request.POST.get("unit", ""))
        return _written(request, None, unit, "Đã lưu câu vào thư viện.")
    return page(request, "dossiers/desk/library_text.html", _new_page(request, QueryDict()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def edit(request: HttpRequest, text_id: UUID) -> HttpResponseBase:
    """What it says and said; written anew it is the next version."""
    if request.method == "POST":
        return _written(request, text_id, None, "Đã lưu bản mới của câu.")
    view = reading.text_view(text_id, actor_of(request), now=clock.now())
    return page(request, "dossiers/desk/library_text.html", _text_page(view, QueryDict()))


@require_POST
@route(officers)
def retire(request: HttpRequest, text_id: UUID) -> HttpResponseBase:
    acts.retire_text(text_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã cất câu này. Không ai còn được gợi ý câu ấy.")
    return redirect_after(LIBRARY)


def _written(
    request: HttpRequest, text_id: UUID | None, unit_id: UUID | None, sentence: str
) -> HttpResponseBase:
    typed = request.POST
    command = WriteText(
        name=typed.get("name", ""),
        body=typed.get("body", ""),
        unit_id=unit_id,
        text_id=text_id,
        seen_version=whole(typed.get("seen_version", "")) or 0,
    )
    try:
        acts.write_text(command, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        return _refused(request, text_id, refusal)
    messages.success(request, sentence)
    return redirect_after(LIBRARY)


def _refused(request: HttpRequest, text_id: UUID | None, refusal: DomainError) -> HttpResponseBase:
    if text_id is None:
        model = _new_page(request, request.POST, refusal)
    else:
        view = reading.text_view(text_id, actor_of(request), now=clock.now())
        model = _text_page(view, request.POST, refusal)
    return page(request, "dossiers/desk/library_text.html", model, status=int(refusal.kind))


def _new_page(
    request: HttpRequest, typed: QueryDict, refusal: DomainError | None = None
) -> TextPage:
    actor = actor_of(request)
    heads = {i for i in actor.unit_ids() if reading.may_write_for(i, actor)}
    units = organisations.units_by_id(heads)
    return TextPage(
        title="Câu mới",
        url=f"{LIBRARY}/moi",
        name=typed.get("name", ""),
        body=typed.get("body", ""),
        unit=typed.get("unit", ""),
        units=tuple(Option(value=str(i), label=unit.name) for i, unit in units.items()),
        seen_version=0,
        may_write=True,
        retire_url="",
        places=tuple(PLACES.items()),
        versions=(),
        crumbs=_crumbs("Câu mới"),
        wrong=refusal.message if refusal else "",
        errors=_errors(refusal),
    )


def _text_page(view: LibraryView, typed: QueryDict, refusal: DomainError | None = None) -> TextPage:
    line, here = view.line, f"{LIBRARY}/{view.line.id}"
    return TextPage(
        title=line.label,
        url=here,
        name=typed.get("name", line.name),
        body=typed.get("body", line.body),
        unit="",
        units=(),
        seen_version=line.version,
        may_write=line.may_write,
        retire_url=f"{here}/cat" if line.may_write and line.retired_at is None else "",
        places=tuple(PLACES.items()),
        versions=tuple(
            Fact(
                label=f"Bản {one.number}",
                value=one.body,
                note=f"{one.written_by}, {dates.city_moment(one.written_at)}",
            )
            for one in view.versions
        ),
        crumbs=_crumbs(line.name),
        wrong=refusal.message if refusal else "",
        errors=_errors(refusal),
    )


def _errors(refusal: DomainError | None) -> tuple[FieldError, ...]:
    if refusal is None:
        return ()
    return (FieldError(text=refusal.message, field=refusal.field or ""),)


def _crumbs(label: str) -> tuple[Crumb, ...]:
    return (
        Crumb(label="Việc của tôi", url=BAN),
        Crumb(label=TITLE, url=LIBRARY),
        Crumb(label=label),
    )
