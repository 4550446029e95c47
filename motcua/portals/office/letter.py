"""Một việc nền: what failed without what it carried; run again, or give up with a reason."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from motcua.kernel import clock, letters
from motcua.kernel.access import route
from motcua.kernel.letters import GIVE_UP_REASONS, JobState, Letter, WhyGivenUp
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.portals.office.asking import ADMINISTRATORS, HERE, address
from motcua.portals.office.jobs import STATES, URL, short
from motcua.portals.office.listing import crumbs
from motcua.ui import dates
from motcua.ui.parts import Action, Chip, Crumb, Fact, FieldError, Option
from motcua.ui.words import count

HAPPENINGS = {
    "deferred": "Ghi vào hàng đợi",
    "started": "Bắt đầu chạy",
    "deferred_for_retry": "Hỏng, hẹn chạy lại",
    "failed": "Hỏng, hết số lần thử",
    "succeeded": "Xong",
    "cancelled": "Bỏ",
    "aborted": "Dừng",
    "abort_requested": "Yêu cầu dừng",
    "scheduled": "Hẹn giờ chạy",
    "retried": "Cho chạy lại",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage:
    """give_up_url: empty where the job is not dead."""

    title: str
    state: Chip
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    life: tuple[Fact, ...]
    actions: tuple[Action, ...]
    give_up_url: str
    reasons: tuple[Option, ...]
    errors: tuple[FieldError, ...] = ()


@require_safe
@route(ADMINISTRATORS)
def show(request: HttpRequest, job_id: int) -> HttpResponseBase:
    """One job, without what it carries."""
    return page(request, "office/letter.html", letter_page(letters.letter(job_id)))


@require_POST
@route(ADMINISTRATORS)
def retry(request: HttpRequest, job_id: int) -> HttpResponseBase:
    """Run it again now."""
    letters.retry_letter(job_id, actor=actor_of(request), now=clock.now())
    messages.success(request, f"Việc số {job_id} sẽ chạy lại ngay.")
    return redirect_after(f"{URL}/{job_id}")


@require_POST
@route(ADMINISTRATORS)
def retry_kind(request: HttpRequest, job_id: int) -> HttpResponseBase:
    """Run every dead letter of the same kind again."""
    kind = letters.letter(job_id).kind
    again = letters.retry_kind(kind, actor=actor_of(request), now=clock.now())
    messages.success(request, f"{count(again.count)} việc cùng loại sẽ chạy lại ngay.")
    return redirect_after(URL)


@require_POST
@route(ADMINISTRATORS)
def give_up(request: HttpRequest, job_id: int) -> HttpResponseBase:
    """Take it off the list, with a reason."""
    try:
        reason = request.POST.get("reason", "")
        letters.give_up(job_id, reason, actor=actor_of(request), now=clock.now())
    except WhyGivenUp as refusal:
        errors = (FieldError(field="reason", text=refusal.message),)
        model = letter_page(letters.letter(job_id), errors=errors)
        return page(request, "office/letter.html", model, status=int(refusal.kind))
    messages.success(request, f"Đã bỏ việc số {job_id}. Lý do được ghi vào sổ cái.")
    return redirect_after(URL)


def letter_page(letter: Letter, *, errors: tuple[FieldError, ...] = ()) -> LetterPage:
    here, dead = f"{URL}/{letter.id}", letter.state == JobState.DEAD
    title = f"Việc nền số {letter.id}"
    return LetterPage(
        title=title,
        state=STATES[letter.state],
        crumbs=crumbs(Crumb(label="Việc nền", url=URL), Crumb(label=title)),
        facts=tuple(fact for fact in _facts(letter) if fact.value),
        life=tuple(
            Fact(label=dates.city_moment(one.at), value=HAPPENINGS.get(one.what, one.what))
            for one in letters.life_of(letter.id)
        ),
        actions=_actions(here) if dead else (),
        give_up_url=f"{here}/bo" if dead else "",
        reasons=tuple(Option(value=key, label=text) for key, text in GIVE_UP_REASONS.items()),
        errors=errors,
    )


def _facts(letter: Letter) -> tuple[Fact, ...]:
    dossier = letter.subject.startswith("H29.")
    return (
        Fact(label="Việc", value=short(letter.kind), url=address("/viec-nen", viec=letter.kind)),
        Fact(label="Sự kiện", value=letter.event),
        Fact(
            label="Về",
            value=letter.subject,
            url=address("/so-cai/la", ve=letter.subject) if dossier else "",
        ),
        Fact(label="Hàng đợi", value=letter.queue),
        Fact(label="Số lần đã thử", value=str(letter.attempts)),
        Fact(label="Loại lỗi", value=letter.error),
        Fact(label="Chỗ hỏng", value=letter.place),
        Fact(label="Hỏng lần đầu", value=dates.city_moment(letter.since) if letter.error else ""),
        Fact(label="Lần cuối", value=dates.city_moment(letter.last_at)),
        Fact(label="Ghi trong sổ cái", value="Xem", url=f"{HERE}/so-cai/la?ve=job+{letter.id}"),
    )


def _actions(here: str) -> tuple[Action, ...]:
    return (
        Action(
            label="Chạy lại", url=f"{here}/chay-lai", kind="primary", icon="rotate-cw", post=True
        ),
        Action(
            label="Chạy lại mọi việc cùng loại",
            url=f"{here}/chay-lai-cung-loai",
            icon="list-restart",
            post=True,
        ),
    )
