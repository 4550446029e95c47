"""Ai đã xem dữ liệu của tôi: who, in which post, when, what and what for; a question to each."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.privacy.actions import looks as actions
from motcua.contexts.privacy.queries import looks
from motcua.contexts.privacy.queries.looks import LookLine
from motcua.contexts.privacy.rules.fields import groups_of
from motcua.contexts.privacy.web import words
from motcua.kernel import clock
from motcua.kernel.access import citizens, route
from motcua.kernel.actors import ActorKind
from motcua.kernel.clock import moment_in
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.purpose import PURPOSE_NAMES
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Crumb, FieldError

HERE = "/toi/ai-da-xem"
PAGE = 30
SIGN_IN = " /dang-nhap/"  # in the address of a line: nobody was signed in yet
MACHINES = "tu-dong"  # ?tu-dong=1: also what the city does by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class LookCard:
    """One look as its owner reads it. ask_url: empty once asked."""

    id: str
    when: str
    who: str
    post: str
    what: str
    why: str
    case_code: str
    ask_url: str
    question: str
    answer: str
    typed: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LooksPage:
    cards: tuple[LookCard, ...]
    older_url: str
    by_machines: bool
    switch_url: str
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


@never_cache
@require_safe
@route(citizens)
def seen(request: HttpRequest) -> HttpResponseBase:
    """Everybody who read about the caller, newest first."""
    return _seen(request)


def _seen(
    request: HttpRequest,
    *,
    at: str = "",
    typed: str = "",
    refusal: Invalid | Conflict | None = None,
) -> HttpResponseBase:
    by_machines = bool(request.GET.get(MACHINES))
    before = moment_in(request.GET.get("truoc", ""))
    found = looks.looks_of(
        actor_of(request), by_machines=by_machines, before=before, limit=PAGE + 1
    )
    cards = [_card(line) for line in found[:PAGE]]
    if refusal is not None:
        cards = [_refused(card, at, typed, refusal.message) for card in cards]
    model = LooksPage(
        cards=tuple(cards),
        older_url=_older(found, by_machines=by_machines),
        by_machines=by_machines,
        switch_url=HERE if by_machines else f"{HERE}?{MACHINES}=1",
        crumbs=(
            Crumb(label=_("Dữ liệu của tôi"), url="/toi/du-lieu"),
            Crumb(label=_("Ai đã xem")),
        ),
        errors=(FieldError(text=refusal.message, field=f"q-{at}"),) if refusal else (),
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "privacy/looks.html", model, status=status)


def _older(found: tuple[LookLine, ...], *, by_machines: bool) -> str:
    if len(found) <= PAGE:
        return ""
    moment = found[PAGE - 1].look.at.isoformat().replace("+", "%2B")
    return f"{HERE}?truoc={moment}" + (f"&{MACHINES}=1" if by_machines else "")


def _card(line: LookLine) -> LookCard:
    look, asked = line.look, line.question
    names = [g.name_en if words.english() else g.name for g in groups_of(look.fields)]
    return LookCard(
        id=str(look.id),
        when=dates.city_moment(look.at),
        who=_who(line),
        post=", ".join(part for part in (line.role and _(line.role), line.unit) if part),
        what="; ".join(names),
        why=_(PURPOSE_NAMES[look.purpose]),
        case_code=look.case_code,
        ask_url="" if asked or look.kind is ActorKind.SYSTEM else f"{HERE}/{look.id}/hoi",
        question=asked.question if asked else "",
        answer=(asked.answer or "") if asked else "",
    )


def _who(line: LookLine) -> str:
    if line.reader:
        return line.reader
    if line.look.kind is ActorKind.ANONYMOUS and SIGN_IN in line.look.address:
        return _("Người đăng nhập bằng VNeID với số định danh của bạn")
    return {
        ActorKind.SYSTEM: _("Hệ thống Một Cửa, tự động"),
        ActorKind.ANONYMOUS: _("Người có mã hồ sơ và mã bí mật trên giấy tiếp nhận"),
        ActorKind.CITIZEN: _("Người được bạn ủy quyền hoặc nộp cùng hồ sơ"),
        ActorKind.PARTNER: _("Ứng dụng của cơ quan khác"),
    }.get(line.look.kind, _("Cán bộ đã nghỉ việc"))


def _refused(card: LookCard, at: str, typed: str, message: str) -> LookCard:
    return replace(card, typed=typed, error=message) if card.id == at else card


@never_cache
@require_POST
@route(citizens)
def ask(request: HttpRequest, line_id: UUID) -> HttpResponseBase:
    """Ask why. Raises: LookNotFound."""
    text = request.POST.get("text", "")
    try:
        actions.ask_about(line_id, text, actor=actor_of(request), now=clock.now())
    except (Invalid, Conflict) as refusal:
        return _seen(request, at=str(line_id), typed=text, refusal=refusal)
    messages.success(request, _("Đã gửi câu hỏi. Người bảo vệ dữ liệu của Thành phố sẽ trả lời."))
    return redirect_after(HERE)
