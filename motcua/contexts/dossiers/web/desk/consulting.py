"""Đổi câu hỏi ý kiến: taken back by who asked, more time asked for once and given or not."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import ChangeOpinion, DossierNotFound, OpinionChange
from motcua.contexts.dossiers.web.desk import panes, working
from motcua.contexts.dossiers.web.desk.asking import BAN, asked
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.errors import DomainError
from motcua.kernel.text import nfc, whole
from motcua.kernel.web import actor_of, redirect_after, uuid_of
from motcua.ui.parts import Alert, Tone

LONGEST = 500
SAID = {
    OpinionChange.WITHDRAW: "Đã rút câu hỏi và báo đơn vị được hỏi.",
    OpinionChange.LONGER: "Đã gửi đề nghị thêm thời gian. Hạn cũ vẫn chạy đến khi được thêm.",
    OpinionChange.GRANT: "Đã cho thêm thời gian và báo đơn vị được hỏi.",
    OpinionChange.DECLINE: "Đã trả lời không thêm thời gian.",
}


@require_POST
@route(officers)
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """One thing about one question; a refusal comes back above the questions."""
    view = working.view_of(request, code)
    try:
        said = _change(request, code)
    except DossierNotFound:
        raise
    except DomainError as refusal:
        alert = Alert(title=refusal.message, text=refusal.next_step, tone=Tone.LATE)
        around = panes.Around(tab="y-kien", alerts=(alert,))
        return working.render_pane(request, view, around, status=int(refusal.kind))
    messages.success(request, said)
    return redirect_after(asked(request).url(f"{BAN}/ho-so/{code}", muc="y-kien"))


def _change(request: HttpRequest, code: str) -> str:
    wanted, opinion_id = request.POST.get("change", ""), uuid_of(request.POST.get("opinion", ""))
    if wanted not in set(OpinionChange) or opinion_id is None:
        raise panes.NothingToAnswer
    command = ChangeOpinion(
        code=code,
        opinion_id=opinion_id,
        change=OpinionChange(wanted),
        reason=nfc(request.POST.get("reason", ""))[:LONGEST],
        hours=float(whole(request.POST.get("hours", "")) or 0),
    )
    dossiers.change_opinion(command, actor=actor_of(request), now=clock.now())
    return SAID[command.change]
