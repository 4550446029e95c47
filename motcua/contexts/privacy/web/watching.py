"""Phòng bảo vệ dữ liệu: questions about looks, each to be answered."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.privacy.actions import looks as actions
from motcua.contexts.privacy.models import LookQuestion
from motcua.contexts.privacy.queries import looks
from motcua.contexts.privacy.queries.looks import LookLine
from motcua.contexts.privacy.rules.fields import groups_of
from motcua.contexts.privacy.web import words
from motcua.contexts.privacy.web.room import GUARDS, ROOM, crumbs
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.purpose import PURPOSE_NAMES
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Crumb, Fact, FieldError

QUESTIONS = f"{ROOM}/luot-xem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing to answer. done: the answer given; url: empty once it is."""

    id: str
    title: str
    text: str
    facts: tuple[Fact, ...]
    done: str
    url: str
    typed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchingPage:
    title: str
    lead: str
    empty: str
    label: str
    button: str
    matters: tuple[Matter, ...]
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...] = ()


@never_cache
@require_safe
@route(GUARDS)
def questions(request: HttpRequest) -> HttpResponseBase:
    """What people ask about who read their data."""
    return _questions(request)


def _questions(
    request: HttpRequest, refusal: Invalid | Conflict | None = None, at: str = ""
) -> HttpResponseBase:
    found = looks.questions(actor_of(request), now=clock.now())
    model = WatchingPage(
        title="Câu hỏi về lượt xem",
        lead="Người dân hỏi vì sao có người xem dữ liệu của họ. Bạn tìm hiểu rồi trả lời.",
        empty="Không còn câu hỏi nào",
        label="Trả lời (người hỏi sẽ đọc)",
        button="Gửi câu trả lời",
        matters=tuple(_question(one, line, request, at) for one, line in found),
        crumbs=crumbs("Câu hỏi về lượt xem"),
        errors=_errors(refusal, at),
    )
    return page(request, "privacy/watching.html", model, status=_status(refusal))


def _question(one: LookQuestion, line: LookLine | None, request: HttpRequest, at: str) -> Matter:
    facts = [Fact(label="Hỏi lúc", value=dates.city_moment(one.asked_at))]
    if line is not None:
        look = line.look
        post = ", ".join(part for part in (line.role, line.unit) if part)
        facts += [
            Fact(label="Người xem", value=line.reader or look.kind.value, note=post),
            Fact(label="Xem lúc", value=dates.city_moment(look.at), note=look.case_code),
            Fact(label="Xem gì", value="; ".join(g.name for g in groups_of(look.fields))),
            Fact(label="Để", value=PURPOSE_NAMES[look.purpose]),
        ]
    return Matter(
        id=str(one.id),
        title=f"Câu hỏi ngày {words.day(one.asked_at)}",
        text=one.question,
        facts=tuple(facts),
        done=one.answer or "",
        url="" if one.answered_at else f"{QUESTIONS}/{one.id}/tra-loi",
        typed=_typed(request, at, one.id),
    )


def _typed(request: HttpRequest, at: str, own: UUID) -> str:
    return request.POST.get("text", "") if at == str(own) else ""


def _errors(refusal: Invalid | Conflict | None, at: str) -> tuple[FieldError, ...]:
    return (FieldError(text=refusal.message, field=f"q-{at}"),) if refusal else ()


def _status(refusal: Invalid | Conflict | None) -> int:
    return int(refusal.kind) if refusal else 200


@never_cache
@require_POST
@route(GUARDS)
def answer(request: HttpRequest, question_id: UUID) -> HttpResponseBase:
    """Raises: LookNotFound."""
    text = request.POST.get("text", "")
    refusal = _refusal(
        request, lambda actor: actions.answer(question_id, text, actor=actor, now=clock.now())
    )
    if refusal is not None:
        return _questions(request, refusal, str(question_id))
    messages.success(request, "Đã gửi câu trả lời.")
    return redirect_after(QUESTIONS)


def _refusal(request: HttpRequest, act: Callable[[Actor], None]) -> Invalid | Conflict | None:
    try:
        act(actor_of(request))
    except (Invalid, Conflict) as refusal:
        return refusal
    return None
