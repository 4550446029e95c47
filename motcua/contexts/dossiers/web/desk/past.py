"""Hồ sơ như lúc ấy: the page of what the officer saw when deciding."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from motcua.contexts.casework.contracts import EventView
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DeskView, DossierNotFound, ReasonNotKept
from motcua.contexts.dossiers.web.desk import panes, paper_trail, showing
from motcua.contexts.dossiers.web.desk.asking import BAN, asked
from motcua.contexts.dossiers.web.desk.history import history_of, past_url, titled
from motcua.contexts.dossiers.web.desk.opinions import OpinionRow, opinion_row, summary_of
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Alert, Chip, Crumb, Due, Fact, FileRow, Message, RiverStep, Tone

FORM = "%Y%m%dT%H%M%S.%fZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment when somebody did something, to leap to. is_shown: the page is about it."""

    title: str
    when: str
    url: str
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPage:
    """A dossier that nobody can act on: it is how it was."""

    title: str
    crumbs: tuple[Crumb, ...]
    notice: Alert
    moments: tuple[Moment, ...]
    earlier_url: str
    later_url: str
    now_url: str
    state: Chip
    papers: tuple[panes.PaperRow, ...]
    papers_note: str
    compare_url: str
    compared: None
    answers: tuple[tuple[str, tuple[Fact, ...]], ...]
    facts: tuple[Fact, ...]
    steps: tuple[RiverStep, ...]
    clock: Due
    opinions: tuple[OpinionRow, ...]
    opinions_note: str
    messages: tuple[Message, ...]
    supplements: tuple[tuple[str, tuple[Fact, ...]], ...]
    issued: tuple[FileRow, ...]
    events: tuple[RiverStep, ...]


@require_safe
@route(officers)
def show(request: HttpRequest, code: str, moment: str) -> HttpResponseBase:
    """For who may see the dossier; who watches the city says first why."""
    try:
        then = datetime.strptime(moment, FORM).replace(tzinfo=UTC)
    except ValueError as problem:
        raise DossierNotFound from problem
    try:
        view = dossiers.as_it_stood(code, then, actor_of(request), now=clock.now())
        events = dossiers.moments_of(code, actor_of(request), now=clock.now())
    except ReasonNotKept:
        return redirect_after(f"/dieu-hanh/ho-so/{code}")
    return page(request, "dossiers/desk/past.html", past_page(request, view, events, then))


def past_page(
    request: HttpRequest, view: DeskView, events: tuple[EventView, ...], then: datetime
) -> PastPage:
    dossier, here = view.dossier, city_time(then)
    sent = [file_id for message in dossier.messages for file_id in message.file_ids]
    files = documents.files_by_id(sent) if sent else {}
    back = f"{BAN}/ho-so/{dossier.code}"
    earlier = [event.at for event in events if event.at < _last(events, then)]
    later = [event.at for event in events if event.at > then]
    return PastPage(
        title=f"{dossier.applicant_name}: {dossier.version.name}",
        crumbs=(Crumb(label=dossier.code, url=f"{back}?muc=lich-su"), Crumb(label="Như lúc ấy")),
        notice=Alert(
            title=f"Hồ sơ như lúc {dates.hour(here)} ngày {dates.day(here)}",
            text="Đây là những gì cán bộ thấy khi ấy. Sau đó hồ sơ có thể đã khác.",
            tone=Tone.INFO,
            icon="clock",
        ),
        moments=moments_of(view, events, then),
        earlier_url=past_url(dossier.code, earlier[-1]) if earlier else "",
        later_url=past_url(dossier.code, later[0]) if later else "",
        now_url=back,
        state=Chip(label=dossier.status_text),
        papers=tuple(panes.paper_row(paper, view, asked(request)) for paper in dossier.papers),
        papers_note=panes.papers_note(dossier),
        compare_url="",
        compared=None,
        answers=tuple(panes.answers_of(dossier, then)),
        facts=tuple(panes.facts_of(dossier)),
        steps=showing.river(dossier.stages),
        clock=showing.due_of(dossier.clock, dossier.days, today=city_date(then)),
        opinions=tuple(opinion_row(opinion, view) for opinion in view.opinions),
        opinions_note=summary_of(view),
        messages=tuple(panes.message_of(m, dossier, files) for m in dossier.messages),
        supplements=tuple(paper_trail.supplements_of(dossier)),
        issued=tuple(paper_trail.issued_of(dossier)),
        events=history_of(view),
    )


def moments_of(view: DeskView, events: tuple[EventView, ...], then: datetime) -> tuple[Moment, ...]:
    """Each moment under what was done in it."""
    return tuple(
        Moment(
            title=title,
            when=dates.city_moment(event.at),
            url=past_url(view.dossier.code, event.at),
            is_shown=event.at == _last(events, then),
        )
        for event, title in titled(view, events)
    )


def _last(events: tuple[EventView, ...], then: datetime) -> datetime:
    """Of the newest event that had happened then."""
    return max(event.at for event in events if event.at <= then)
