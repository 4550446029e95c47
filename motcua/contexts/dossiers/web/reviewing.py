"""Đề nghị xem lại, phía người dân: ask after a low rating, then agree or go one level up."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.contexts.casework.contracts import Phase
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.reviews import ask_review, settle_review
from motcua.contexts.dossiers.contracts import DossierView
from motcua.contexts.dossiers.contracts.reviews import FINDING_WORDS, ReviewNotAnswered, ReviewView
from motcua.contexts.dossiers.queries import reviews as asked
from motcua.contexts.dossiers.rules import reviews as rules
from motcua.kernel import clock
from motcua.kernel.access import route, signed_in
from motcua.kernel.actors import Actor
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of
from motcua.ui import dates
from motcua.ui.parts import Chip, Fact, FieldError, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCard:
    """One request and its answer, for the citizen."""

    title: str
    chip: Chip
    facts: tuple[Fact, ...]
    text: str
    answer: str
    settle_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPart:
    """What the tracker shows: requests so far; ask_url when one may be asked."""

    cards: tuple[ReviewCard, ...]
    ask_url: str
    settle_url: str
    note: str
    next_steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage:
    code: str
    back_url: str
    note: str
    text: str = ""
    errors: tuple[FieldError, ...] = ()


def part(view: DossierView, actor: Actor) -> ReviewPart | None:
    """For the tracker; None where there is nothing to review."""
    if view.stars is None or not actor.is_party(view.applicant_person_id):
        return None
    found = asked.reviews_of(view.code, actor, now=clock.now())
    offered = not found and view.stars <= rules.rule().stars
    if not (found or offered):
        return None
    url = f"/ho-so/{view.code}/xem-lai"
    return ReviewPart(
        cards=tuple(_card(one) for one in found),
        ask_url=url if offered else "",
        settle_url=f"{url}/y-kien",
        note=_note(),
        next_steps=_next_steps(found, view.phase is Phase.ENDED),
    )


def _next_steps(found: Sequence[ReviewView], ended: bool) -> tuple[str, ...]:
    """What happens after the rating; said until an answer has come."""
    if any(one.answered_at for one in found):
        return ()
    days = {"days": rules.rule().days}
    steps = [
        _("Cơ quan ngoài đơn vị đã giải quyết nhận đề nghị và đọc diễn biến hồ sơ."),
        _("Chậm nhất %(days)s ngày làm việc, bạn nhận tin và đọc trả lời ở đây.") % days,
        _("Bạn chọn «Đồng ý» hoặc «Chưa». Nếu chưa, cấp trên xem lại một lần nữa."),
    ]
    if not found:
        steps.insert(0, _("Bạn bấm «Đề nghị xem lại» và viết một câu. Không bắt buộc."))
    if ended:
        steps.append(_("Kết quả bạn đã nhận vẫn có hiệu lực trong lúc xem lại."))
    return tuple(steps)


def _note() -> str:
    days = {"days": rules.rule().days}
    return (
        _(
            "Đơn vị đã giải quyết không được tự xem lại. Cơ quan khác trả lời bạn bằng văn bản"
            " trong %(days)s ngày làm việc. Thời hạn này chưa đối chiếu với văn bản luật."
        )
        % days
    )


def _card(one: ReviewView) -> ReviewCard:
    due = Fact(label=_("Hạn trả lời"), value=dates.city_moment(one.due_at))
    facts = [Fact(label=_("Cơ quan xem lại"), value=one.unit_name), due]
    if one.answered_at:
        facts[1] = Fact(label=_("Trả lời lúc"), value=dates.city_moment(one.answered_at))
        facts.append(Fact(label=_("Người trả lời"), value=one.answered_by))
    title = _("Đề nghị xem lại") if one.level == 1 else _("Xem lại lần hai, ở cấp trên")
    return ReviewCard(
        title=title,
        chip=chip_of(one),
        facts=tuple(facts),
        text=one.text,
        answer=one.answer,
        settle_id=str(one.id) if one.can_settle else "",
    )


def chip_of(one: ReviewView) -> Chip:
    if one.finding:
        return Chip(label=_(FINDING_WORDS[one.finding]), tone=Tone.OK, icon="circle-check")
    if one.late:
        return Chip(label=_("Trả lời trễ"), tone=Tone.LATE, icon="triangle-alert")
    return Chip(label=_("Đang xem lại"), tone=Tone.GO, icon="clock")


@never_cache
@route(signed_in)
def ask(request: HttpRequest, code: str) -> HttpResponseBase:
    """One line on what went wrong, then it goes to a unit outside."""
    actor, now = actor_of(request), clock.now()
    view = dossiers.dossier(code, actor, now=now)
    text = request.POST.get("text", "")
    errors: tuple[FieldError, ...] = ()
    if request.method == "POST" and text.strip():
        ask_review(code, text, actor=actor, now=now)
        messages.success(request, _("Đã gửi đề nghị xem lại. Bạn theo dõi trả lời ở trang này."))
        return redirect_after(f"/ho-so/{code}#xem-lai")
    if request.method == "POST":
        errors = (FieldError(text=_("Bạn viết điều bạn chưa hài lòng."), field="text"),)
    model = AskPage(
        code=view.code, back_url=f"/ho-so/{code}", note=_note(), text=text, errors=errors
    )
    return page(request, "dossiers/review_ask.html", model, status=422 if errors else 200)


@require_POST
@route(signed_in)
def settle(request: HttpRequest, code: str) -> HttpResponseBase:
    """«Đồng ý» or «Chưa»."""
    actor, now = actor_of(request), clock.now()
    dossiers.dossier(code, actor, now=now)
    review_id = uuid_of(request.POST.get("review", ""))
    if review_id is None:
        raise ReviewNotAnswered
    settle_review(review_id, request.POST.get("agreed") == "yes", actor=actor, now=now)
    messages.success(request, _("Đã ghi ý kiến của bạn."))
    return redirect_after(f"/ho-so/{code}#xem-lai")
