"""Một yêu cầu: what is asked, who is heard, the decision with reason and law."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.casework.contracts import OpinionView
from motcua.contexts.organisations import public as organisations
from motcua.contexts.privacy.actions import course
from motcua.contexts.privacy.actions import requests as actions
from motcua.contexts.privacy.contracts import (
    Decide,
    ExtensionTooLong,
    RequestView,
    Right,
    TargetMissing,
)
from motcua.contexts.privacy.queries import requests
from motcua.contexts.privacy.rules import rights
from motcua.contexts.privacy.web import pages, words
from motcua.contexts.privacy.web.room import GUARDS, ROOM, crumbs
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.text import whole
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import (
    Alert,
    Chip,
    Compose,
    Crumb,
    Due,
    Fact,
    FieldError,
    FileRow,
    Message,
    Option,
)

VERDICTS = {"AGREE": "Đồng ý", "DISAGREE": "Không đồng ý", "COMMENT": "Có ý kiến khác"}
GRANTS = {
    Right.ACCESS: "Lập bản sao và gửi",
    Right.CORRECT: "Sửa dữ liệu",
    Right.RESTRICT: "Dừng việc này",
    Right.OBJECT: "Dừng việc này",
    Right.DELETE: "Xóa dữ liệu không phải giữ",
    Right.WITHDRAW: "Thực hiện việc rút",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    title: str
    code: str
    state: Chip
    facts: tuple[Fact, ...]
    due: Due
    outside: Alert | None
    files: tuple[FileRow, ...]
    opinions: tuple[Fact, ...]
    units: tuple[Option, ...]
    messages: tuple[Message, ...]
    compose: Compose | None
    grant: str
    open: bool
    version: int
    url: str
    typed_reason: str
    typed_citation: str
    extension: str
    typed_until: str
    typed_why: str
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


@never_cache
@require_safe
@route(GUARDS)
def show(request: HttpRequest, request_code: str) -> HttpResponseBase:
    """One request, with everything needed to decide it."""
    return _show(request, request_code)


def _show(
    request: HttpRequest, code: str, refusal: Invalid | Conflict | None = None
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    row = requests.row(code, actor, now=now)
    view = requests.view(row, actor, now=now)
    units = requests.units_to_ask(row.person_id) if view.line.waiting else ()
    errors = (FieldError(text=refusal.message, field=refusal.field or ""),) if refusal else ()
    model = request_page(view, units, request, errors=errors)
    status = int(refusal.kind) if refusal else 200
    return page(request, "privacy/request.html", model, status=status)


def request_page(
    view: RequestView,
    units: tuple[UUID, ...],
    request: HttpRequest,
    *,
    errors: tuple[FieldError, ...],
) -> RequestPage:
    line, now = view.line, clock.now()
    rule, url = rights.rule(line.right), f"{ROOM}/yeu-cau/{line.code}"
    return RequestPage(
        title=rule.name,
        code=line.code,
        state=words.state(line, now),
        facts=(Fact(label="Người yêu cầu", value=line.person_name), *pages.facts_of(view)),
        due=pages.due_of(view, now),
        outside=_outside(view),
        files=tuple(FileRow(name=one.name, url=one.url) for one in view.files),
        opinions=tuple(_opinion(one) for one in view.opinions),
        units=_units(units),
        messages=tuple(
            Message(
                author=line.person_name if one.from_party else one.author_name,
                when=dates.city_moment(one.at),
                text=one.text,
                mine=not one.from_party,
            )
            for one in view.messages
        ),
        compose=Compose(url=f"{url}/nhan-tin", label="Nhắn cho người yêu cầu")
        if line.waiting
        else None,
        grant=GRANTS[line.right],
        open=line.waiting,
        version=view.version,
        url=url,
        typed_reason=request.POST.get("reason", ""),
        typed_citation=request.POST.get("citation", ""),
        extension=words.day(view.extensible_to),
        typed_until=request.POST.get("until", ""),
        typed_why=request.POST.get("why", ""),
        crumbs=crumbs(line.code),
        errors=errors,
    )


def _outside(view: RequestView) -> Alert | None:
    if not view.source:
        return None
    text = "Chấp nhận sẽ báo người yêu cầu sửa ở nơi giữ bản gốc; dữ liệu ở đây không đổi."
    return Alert(title=f"Mục này lấy từ: {view.source}", text=text)


def _opinion(one: OpinionView) -> Fact:
    unit = organisations.unit_by_id(one.unit_id).name
    if one.verdict is None:
        value = "không trả lời" if one.state == "SILENT" else "chưa trả lời"
        return Fact(label=unit, value=value, note=one.question)
    return Fact(label=unit, value=f"{VERDICTS[one.verdict]}. {one.text}".strip(), note=one.question)


def _units(ids: tuple[UUID, ...]) -> tuple[Option, ...]:
    found = organisations.units_by_id(ids)
    return tuple(Option(value=str(key), label=found[key].name) for key in ids if key in found)


@never_cache
@require_POST
@route(GUARDS)
def decide(request: HttpRequest, request_code: str) -> HttpResponseBase:
    """Grant or refuse. Raises: RequestNotFound."""
    command = Decide(
        code=request_code,
        grant=request.POST.get("decision") == "grant",
        reason=request.POST.get("reason", ""),
        citation=request.POST.get("citation", ""),
        seen_version=whole(request.POST.get("version", "")),
    )
    return _done(
        request,
        request_code,
        lambda actor: actions.decide(command, actor=actor, now=clock.now()),
        "Đã trả lời. Người yêu cầu nhận tin ngay.",
    )


@never_cache
@require_POST
@route(GUARDS)
def extend(request: HttpRequest, request_code: str) -> HttpResponseBase:
    """More time, once, with a reason. Raises: RequestNotFound."""
    reason = request.POST.get("why", "")
    return _done(
        request,
        request_code,
        lambda actor: course.extend(
            request_code, until=_until(request), reason=reason, actor=actor, now=clock.now()
        ),
        "Đã gia hạn. Người yêu cầu nhận tin và lý do ngay.",
    )


def _until(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("until", ""))
    except ValueError as wrong:
        raise ExtensionTooLong(field="until") from wrong


@never_cache
@require_POST
@route(GUARDS)
def consult(request: HttpRequest, request_code: str) -> HttpResponseBase:
    """Ask the unit where the data lie. Raises: RequestNotFound."""
    question = request.POST.get("question", "")
    return _done(
        request,
        request_code,
        lambda actor: actions.consult(
            request_code, _unit(request), question=question, actor=actor, now=clock.now()
        ),
        "Đã gửi câu hỏi. Đơn vị có 16 giờ làm việc để trả lời.",
    )


def _unit(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("unit", ""))
    except ValueError as wrong:
        raise TargetMissing(field="unit") from wrong


@never_cache
@require_POST
@route(GUARDS)
def write(request: HttpRequest, request_code: str) -> HttpResponseBase:
    """Write to whoever asked. Raises: RequestNotFound."""
    text = request.POST.get("text", "")
    return _done(
        request,
        request_code,
        lambda actor: actions.write(request_code, text, actor=actor, now=clock.now()),
        "Đã gửi tin.",
    )


def _done(
    request: HttpRequest, code: str, act: Callable[[Actor], None], said: str
) -> HttpResponseBase:
    """Do it and come back; a refusal is shown where it was asked."""
    try:
        act(actor_of(request))
    except (Invalid, Conflict) as refusal:
        return _show(request, code, refusal)
    messages.success(request, said)
    return redirect_after(f"{ROOM}/yeu-cau/{code}")
