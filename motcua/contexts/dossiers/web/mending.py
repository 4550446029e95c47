"""Sửa tệp đã tải lên: turn, put in order, join into one PDF, take apart, keep in spite of advice.

A picture made anew takes the place of the one it was made of; what was sent stays told by its hash
(ADR 0071). After sending nothing is made anew: then a supplement is sent.
"""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DraftPaper, DraftView
from motcua.contexts.dossiers.web import pages
from motcua.contexts.dossiers.web.papers import shown_papers
from motcua.kernel import clock, idempotency
from motcua.kernel.access import route, signed_in
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.web import actor_of, redirect_after

Act = Callable[[DraftView, DraftPaper, Actor], None]


@never_cache
@route(signed_in)
def mend(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """POST: the address says which file and what to do with it."""
    if request.method != "POST":
        return redirect_after(f"/nhap/{draft_id}/giay-to")
    actor = actor_of(request)
    draft = dossiers.draft(draft_id, actor, now=clock.now())
    act = ACTS.get(request.GET.get("viec", ""))
    paper = _named(draft, request)
    if act is None or paper is None:
        return redirect_after(f"/nhap/{draft_id}/giay-to")
    key = paper.component_key
    try:
        with idempotency.using(""):
            act(draft, paper, actor)
    except (Invalid, Conflict) as refusal:
        return shown_papers(request, draft_id, errors={key: refusal.message})
    return redirect_after(f"/nhap/{draft_id}/giay-to#s-{key}")


def _named(draft: DraftView, request: HttpRequest) -> DraftPaper | None:
    """The file of that address; of a whole paper its first."""
    which, key = request.GET.get("tep", ""), request.GET.get("giay", "")
    found = (p for p in draft.papers if p.file and which in ("", str(p.file.id)))
    return next((p for p in found if key in ("", p.component_key)), None)


def _id_of(paper: DraftPaper) -> UUID:
    assert paper.file is not None
    return paper.file.id


def _turn(quarters: int, draft: DraftView, paper: DraftPaper, actor: Actor) -> None:
    now, before = clock.now(), _id_of(paper)
    made = documents.turn_picture(before, quarters, by=actor, now=now)
    if made.id != before:
        dossiers.replace_papers(
            draft.id, paper.component_key, [before], [made.id], actor=actor, now=now
        )


def _join(draft: DraftView, paper: DraftPaper, actor: Actor) -> None:
    now, key = clock.now(), paper.component_key
    given = [p.file for p in draft.papers if p.component_key == key and p.file]
    pictures = [file.id for file in given if file.is_picture]
    title, _language = pages.paper_name(draft.version, key, paper.name)
    made = documents.join_pictures(pictures, title=title, by=actor, now=now)
    dossiers.replace_papers(draft.id, key, pictures, [made.id], actor=actor, now=now)


def _take_apart(draft: DraftView, paper: DraftPaper, actor: Actor) -> None:
    joined = _id_of(paper)
    origins = documents.origins_of([joined]).get(joined, ())
    if origins:
        dossiers.replace_papers(
            draft.id, paper.component_key, [joined], origins, actor=actor, now=clock.now()
        )


def _move(down: bool, draft: DraftView, paper: DraftPaper, actor: Actor) -> None:
    dossiers.move_paper(draft.id, _id_of(paper), down=down, actor=actor, now=clock.now())


def _keep(draft: DraftView, paper: DraftPaper, actor: Actor) -> None:
    dossiers.keep_as_it_is(draft.id, _id_of(paper), actor=actor, now=clock.now())


def _take_away(draft: DraftView, paper: DraftPaper, actor: Actor) -> None:
    """The chooser of the paper is where the page opens afterwards."""
    dossiers.detach_paper(draft.id, _id_of(paper), actor=actor, now=clock.now())


ACTS: dict[str, Act] = {
    "xoay-phai": partial(_turn, 1),
    "xoay-trai": partial(_turn, 3),
    "giu-chieu": partial(_turn, 0),
    "len": partial(_move, False),
    "xuong": partial(_move, True),
    "ghep": _join,
    "tach": _take_apart,
    "van-dung": _keep,
    "chup-lai": _take_away,
}
