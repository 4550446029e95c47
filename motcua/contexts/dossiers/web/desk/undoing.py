"""Hoàn tác: for a minute an act that can be reversed is reversed by one button.

What to reverse is kept in the session, the last act alone. A script takes the button away after
eight seconds; the page /ban/lenh still offers it.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import PaperVerdict
from motcua.contexts.dossiers.web.desk.asking import BAN
from motcua.kernel import clock, idempotency
from motcua.kernel.access import officers, route
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of, redirect_after

OFFER = "desk_undo"  # session key
TAG = "undo"  # of the message that carries the button
HOLDS = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to reverse. kind: hold, snooze or verdict; subject: a task, or a paper.

    held_by, to: officers, of a task that changed hands. verdict, note, reason: as the paper stood;
    set: what was said of it.
    """

    kind: str
    subject: str
    held_by: str = ""
    to: str = ""
    verdict: str = ""
    note: str = ""
    reason: str = ""
    set: str = ""


def say(request: HttpRequest, sentence: str, *steps: Step, back: str) -> None:
    """Tell what was done, with the button that undoes it. back: where one is then."""
    request.session[OFFER] = {
        "sentence": sentence,
        "steps": [asdict(step) for step in steps],
        "back": back,
        "until": (clock.now() + HOLDS).timestamp(),
    }
    messages.success(request, sentence, extra_tags=TAG)


def offered(request: HttpRequest) -> str:
    """What could be undone now, in words; "" when nothing can."""
    kept = request.session.get(OFFER)
    return kept["sentence"] if kept and clock.now().timestamp() <= kept["until"] else ""


@require_POST
@route(officers)
def undo(request: HttpRequest) -> HttpResponseBase:
    """Reverse the last act, unless somebody has gone on from it."""
    sentence, kept = offered(request), request.session.pop(OFFER, None)
    if not sentence:
        messages.warning(request, "Đã quá lúc hoàn tác. Không có gì thay đổi.")
        return redirect_after(kept["back"] if kept else BAN)
    undone = 0
    for step in (Step(**one) for one in kept["steps"]):
        with idempotency.using(f"{idempotency.current_key()}/{step.subject}"):
            try:
                _reverse(request, step)
                undone += 1
            except DomainError as refusal:
                messages.warning(request, refusal.message)
    if undone:
        messages.success(request, f"Đã hoàn tác: {sentence}")
    return redirect_after(kept["back"])


def _reverse(request: HttpRequest, step: Step) -> None:
    actor, now, subject = actor_of(request), clock.now(), UUID(step.subject)
    match step.kind:
        case "hold":
            to = UUID(step.to) if step.to else None
            dossiers.give_back(subject, held_by=UUID(step.held_by), to=to, actor=actor, now=now)
        case "snooze":
            dossiers.wake(subject, actor=actor, now=now)
        case _:
            dossiers.judge_paper(
                subject,
                PaperVerdict(step.verdict),
                step.note,
                reason=step.reason,
                seen=PaperVerdict(step.set),
                actor=actor,
                now=now,
            )
