"""Cho ý kiến: the unit where data lie answers the data protection officer."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import OpinionState, OpinionView, Verdict
from motcua.contexts.privacy.actions import requests as actions
from motcua.contexts.privacy.contracts import RequestNotFound
from motcua.contexts.privacy.queries import requests
from motcua.contexts.privacy.rules import rights
from motcua.contexts.privacy.web import words
from motcua.contexts.privacy.web.deciding import VERDICTS
from motcua.contexts.privacy.web.room import ROOM, crumbs, list_page
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Invalid
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Cell, Crumb, Fact, FieldError, Option

CONSULTED = roles(Role.CONSULTED)
URL = f"{ROOM}/y-kien"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionPage:
    title: str
    facts: tuple[Fact, ...]
    verdicts: tuple[Option, ...]
    chosen: str
    text: str
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


@never_cache
@require_safe
@route(CONSULTED)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Requests about which one's unit is asked."""
    now = clock.now()
    rows = tuple(
        (
            Cell(text=line.code, url=f"{URL}/{line.code}"),
            Cell(text=rights.rule(line.right).name),
            Cell(text=words.day(line.due_at)),
        )
        for line in requests.to_answer(actor_of(request), now=now)
    )
    model = list_page(
        "Yêu cầu dữ liệu chờ ý kiến",
        ("Yêu cầu", "Quyền", "Hạn trả lời người dân"),
        rows,
        empty="Không có câu hỏi nào cho đơn vị bạn",
    )
    return page(request, "privacy/list.html", model)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(CONSULTED)
def show(request: HttpRequest, request_code: str) -> HttpResponseBase:
    """The question, and the answer of one's unit. Raises: RequestNotFound, AlreadyAnswered."""
    actor, now = actor_of(request), clock.now()
    row = requests.row(request_code, actor, now=now)
    asked = _asked(row.case_id, actor)
    if request.method != "POST":
        return page(request, "privacy/opinion.html", _page(request_code, asked, request, ()))
    verdict, text = request.POST.get("verdict", ""), request.POST.get("text", "")
    try:
        if verdict not in VERDICTS:
            raise Invalid("Bạn chọn ý kiến trước khi gửi.", field="verdict")
        actions.answer_opinion(
            request_code, asked.id, verdict=Verdict(verdict), text=text, actor=actor, now=now
        )
    except Invalid as refusal:
        errors = (FieldError(text=refusal.message, field=refusal.field or ""),)
        model = _page(request_code, asked, request, errors)
        return page(request, "privacy/opinion.html", model, status=422)
    messages.success(request, "Đã gửi ý kiến của đơn vị bạn.")
    return redirect_after(URL)


def _asked(case_id: UUID, actor: Actor) -> OpinionView:
    """The open question to one of the actor's units. Raises: RequestNotFound."""
    units = actor.unit_ids(Role.CONSULTED)
    for one in casework.opinions_of(case_id):
        if one.unit_id in units and one.state is OpinionState.ASKED:
            return one
    raise RequestNotFound


def _page(
    code: str, asked: OpinionView, request: HttpRequest, errors: tuple[FieldError, ...]
) -> OpinionPage:
    return OpinionPage(
        title=f"Ý kiến về yêu cầu {code}",
        facts=(
            Fact(label="Câu hỏi", value=asked.question),
            Fact(label="Trả lời trước", value=dates.city_moment(asked.due_at)),
        ),
        verdicts=tuple(Option(value=key, label=label) for key, label in VERDICTS.items()),
        chosen=request.POST.get("verdict", ""),
        text=request.POST.get("text", ""),
        crumbs=crumbs(code),
        errors=errors,
    )
