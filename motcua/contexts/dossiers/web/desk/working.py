"""Làm việc trên một hồ sơ: the pane, and everything an officer does there.

A refusal comes back on the same pane with all that was typed; only a dossier that the officer may
not see is a page of its own (404).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.casework.contracts import ReasonNeeded, TaskView, Verdict
from motcua.contexts.casework.contracts.desk import Watcher
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions import initialling
from motcua.contexts.dossiers.contracts import (
    AnswerOpinion,
    DeskView,
    DossierNotFound,
    PaperVerdict,
    ReasonNotKept,
    TakeStep,
)
from motcua.contexts.dossiers.contracts.shortcomings import ProposeSupplement
from motcua.contexts.dossiers.web.desk import deciding, fixing, inserting, panes, undoing, watching
from motcua.contexts.dossiers.web.desk.asking import BAN, asked
from motcua.contexts.dossiers.web.desk.fieldwork_forms import visit_form
from motcua.contexts.dossiers.web.desk.holding_forms import give_form, snooze_form
from motcua.contexts.dossiers.web.desk.inbox import goes_on
from motcua.contexts.dossiers.web.desk.initialling import facts_of
from motcua.contexts.dossiers.web.desk.items import letter_of
from motcua.contexts.dossiers.web.desk.lists import list_page
from motcua.contexts.dossiers.web.desk.meeting import meeting_of
from motcua.contexts.dossiers.web.desk.reading import (
    DateMalformed,
    command_of,
    day_typed,
    seen_version,
)
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.errors import Conflict, DomainError, Invalid
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of
from motcua.ui.parts import Action, Alert, Fact, Tone

PANE = "dossiers/desk/pane.html"
INSISTS = "van-lam"  # in an address: in spite of a colleague at the same form
FIELDS = {"assignee_id": "assignee", "asked": "unit"}  # of an action -> of the form


class VerdictNeeded(Invalid):
    sentence = "Bạn chọn đồng ý, không đồng ý hay có ý kiến khác."


def view_of(request: HttpRequest, code: str) -> DeskView:
    return dossiers.desk_view(code, actor_of(request), now=clock.now())


def render_pane(
    request: HttpRequest, view: DeskView, around: panes.Around, *, status: int = 200
) -> HttpResponseBase:
    wanted, now = asked(request), clock.now()
    code, deciding_here = view.dossier.code, around.form is not None
    others = watching.look(request, view, deciding=deciding_here)
    around = replace(around, watched=watching.words_of(others), deciding=deciding_here)
    url = wanted.url(f"{BAN}/ho-so/{code}/nhan-tin")
    if around.compose is None and around.tab == "trao-doi":
        around = replace(around, compose=inserting.compose(request, url))
    if around.form and around.form.chooser is None:
        around = replace(around, form=inserting.with_chooser(request, around.form))
    sent = [file_id for message in view.dossier.messages for file_id in message.file_ids]
    if sent:
        around = replace(around, files=documents.files_by_id(sent))
    shown = list_page(actor_of(request), wanted, now=now, go_on=goes_on(request), current=code)
    return page(request, PANE, panes.pane_page(view, shown, wanted, around, now=now), status=status)


@require_safe
@route(officers)
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    """The dossier beside the list; a leader of the city says first why."""
    try:
        view = view_of(request, code)
    except ReasonNotKept:
        return redirect_after(f"/dieu-hanh/ho-so/{code}")
    tab = request.GET.get("muc", panes.FIRST)
    tab = tab if tab in panes.TABS else panes.FIRST
    initials: tuple[Fact, ...] = ()
    if tab == panes.ISSUED:
        told = initialling.initials_for([code], actor_of(request), now=clock.now())
        initials = facts_of(told[code])
    return render_pane(request, view, panes.Around(tab=tab, initials=initials))


@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def act(request: HttpRequest, code: str, action: str) -> HttpResponseBase:
    """An action of the step: ask what it needs, do it, go to the next dossier."""
    view = view_of(request, code)
    if request.method != "POST":
        return _opened(request, view, action)
    if "add" in request.POST:
        return render_pane(
            request, view, panes.Around(form=_form(request, view, action, request.POST))
        )
    if "insert" in request.POST:
        return _inserted(request, view, action)
    if "preview" in request.POST:
        return _previewed(request, view, action)
    return _tried(request, view, lambda: _take(request, view, action), action)


def _inserted(request: HttpRequest, view: DeskView, action: str) -> HttpResponseBase:
    """A sentence of the library in its box, to be read before anything is sent."""
    try:
        form = _form(request, view, action, inserting.inserted(request, view))
    except DomainError as refusal:
        form = _form(request, view, action, request.POST)
        form = inserting.with_chooser(request, form, refusal.message)
        around = panes.Around(form=form, alerts=not_offered(view, form))
        return render_pane(request, view, around, status=int(refusal.kind))
    return render_pane(request, view, panes.Around(form=form, alerts=not_offered(view, form)))


def _previewed(request: HttpRequest, view: DeskView, action: str) -> HttpResponseBase:
    """The letter as it would go out, above the form with everything still in it."""
    try:
        letter = letter_of(view, request.POST)
    except DomainError as refusal:
        return refused(request, view, action, refusal)
    form = _form(request, view, action, request.POST)
    if form:
        form = replace(form, letter=letter)
    return render_pane(request, view, panes.Around(form=form, alerts=not_offered(view, form)))


def _opened(request: HttpRequest, view: DeskView, action: str) -> HttpResponseBase:
    """What the action asks; while a colleague is at such a form, only when one insists."""
    offered = panes.offered_of(view, action)
    other = watching.who_decides(request, view) if offered else None
    if other and INSISTS not in request.GET:
        return render_pane(request, view, panes.Around(alerts=(_occupied(request, other),)))
    form = _form(request, view, action) if offered else None
    return render_pane(request, view, panes.Around(form=form, alerts=not_offered(view, form)))


def _occupied(request: HttpRequest, other: Watcher) -> Alert:
    insist = Action(
        label="Tôi vẫn làm", url=f"{asked(request).url(request.path, **{INSISTS: '1'})}"
    )
    return Alert(
        title=f"{other.name} đang quyết định hồ sơ này.",
        text="Bạn chờ một chút, hoặc hỏi đồng nghiệp. Hai người cùng gửi thì người sau được báo.",
        tone=Tone.TURN,
        actions=(insist,),
    )


def _take(request: HttpRequest, view: DeskView, action: str) -> str:
    """Also an action that is no longer offered goes down: the refusal there says what happened."""
    command = command_of(view, action, request.POST)
    offered = panes.offered_of(view, action)
    if offered and deciding.needs_release(view, offered):
        return propose(command, request)
    return dossiers.take_step(command, actor=actor_of(request), now=clock.now()).sentence


def propose(command: TakeStep, request: HttpRequest) -> str:
    proposal = ProposeSupplement(
        code=command.code,
        action=command.action,
        seen_version=command.seen_version,
        items=command.items,
        why_again=request.POST.get("why_again", ""),
        answer_by=command.answer_by,
    )
    taken = dossiers.propose_supplement(proposal, actor=actor_of(request), now=clock.now())
    return taken.sentence


def asked_then_done(
    request: HttpRequest, code: str, action: str, do: Callable[[HttpRequest, DeskView], str]
) -> HttpResponseBase:
    """A page of its own for one thing beside the steps: the form first, then what it says."""
    view = view_of(request, code)
    if request.method != "POST":
        form = _form(request, view, action)
        return render_pane(request, view, panes.Around(form=form, alerts=not_offered(view, form)))
    if "insert" in request.POST:
        return _inserted(request, view, action)
    return _tried(request, view, lambda: do(request, view), action)


def _tried(
    request: HttpRequest, view: DeskView, do: Callable[[], str], action: str
) -> HttpResponseBase:
    try:
        sentence = do()
    except DossierNotFound:
        raise
    except DomainError as refusal:
        return refused(request, view, action, refusal)
    watching.look(request, view, deciding=False)  # whoever did it is at its form no more
    messages.success(request, sentence)
    return redirect_after(next_url(request, view.dossier.code, view.task))


def refused(
    request: HttpRequest, before: DeskView, action: str, refusal: DomainError
) -> HttpResponseBase:
    """The same pane as it is now, the refusal above it, everything typed still there."""
    view = view_of(request, before.dossier.code)
    seen = seen_version(request.POST)
    if isinstance(refusal, Conflict) and 0 < seen < view.dossier.version_seen:
        return _met(request, view, action, refusal, seen)
    field = FIELDS.get(refusal.field or "", refusal.field or "")
    errors = {field: refusal.message} if field else {}
    form = _form(request, view, action, request.POST, errors)
    shown = Alert(
        title=refusal.message.split("\n")[0],
        text=refusal.next_step,
        tone=Tone.LATE if isinstance(refusal, Conflict) else Tone.INFO,
        icon="triangle-alert",
    )
    around = panes.Around(
        form=form,
        alerts=() if errors else (shown,),
        errors=deciding.page_errors(errors),
    )
    return render_pane(request, view, around, status=int(refusal.kind))


def _met(
    request: HttpRequest, view: DeskView, action: str, refusal: DomainError, seen: int
) -> HttpResponseBase:
    """Somebody was faster: what they did, what was typed here, to take up again or to drop."""
    url = asked(request).url(f"{BAN}/ho-so/{view.dossier.code}")
    form = _form(request, view, action, request.POST)
    meeting = meeting_of(view, refusal.message, seen=seen, typed=request.POST, form=form, url=url)
    around = panes.Around(form=form if meeting.can_take_up else None, meeting=meeting)
    return render_pane(request, view, around, status=int(refusal.kind))


def _form(
    request: HttpRequest,
    view: DeskView,
    action: str,
    typed: QueryDict = deciding.EMPTY,
    errors: Mapping[str, str] | None = None,
) -> deciding.ActionForm | None:
    wanted, base = asked(request), f"{BAN}/ho-so/{view.dossier.code}"
    cancel = wanted.url(base)
    if action == "y-kien" and view.opinion_to_answer:
        return deciding.opinion_form(
            view, url=wanted.url(f"{base}/y-kien"), cancel_url=cancel, typed=typed, errors=errors
        )
    if action == "giao":
        return give_form(view, wanted.url, typed=typed, errors=errors)
    if action == "thuc-dia":
        return visit_form(view, wanted.url, typed=typed, errors=errors)
    if action == "gac":
        return snooze_form(view, wanted.url, typed=typed, errors=errors)
    if action == "hen-lai" and view.can_extend:
        return deciding.extend_form(
            view, url=wanted.url(f"{base}/hen-lai"), cancel_url=cancel, typed=typed, errors=errors
        )
    if action == "muc-thu" and view.can_fix_fee:
        return fixing.fee_form(
            view, url=wanted.url(f"{base}/muc-thu"), cancel_url=cancel, typed=typed, errors=errors
        )
    if action == "mien-giam" and view.can_exempt:
        return fixing.exemption_form(
            view, url=wanted.url(f"{base}/mien-giam"), cancel_url=cancel, typed=typed, errors=errors
        )
    offered = panes.offered_of(view, action)
    if offered is None:
        return deciding.kept_form(view, typed, cancel_url=cancel)
    return deciding.action_form(
        view,
        offered,
        url=wanted.url(f"{base}/lam/{action}"),
        cancel_url=cancel,
        typed=typed,
        errors=errors,
    )


def not_offered(view: DeskView, form: deciding.ActionForm | None) -> tuple[Alert, ...]:
    if form is not None:
        return ()
    return (Alert(title="Bạn không làm thao tác này được lúc này.", text=view.holder_sentence),)


@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def opinion(request: HttpRequest, code: str) -> HttpResponseBase:
    """The asked unit answers."""
    return asked_then_done(request, code, "y-kien", _answer)


def _answer(request: HttpRequest, view: DeskView) -> str:
    said = request.POST.get("verdict", "")
    if said not in set(Verdict):
        raise VerdictNeeded(field="verdict")
    opinion_id = uuid_of(request.POST.get("opinion", ""))
    if opinion_id is None:
        raise panes.NothingToAnswer
    command = AnswerOpinion(
        code=view.dossier.code,
        opinion_id=opinion_id,
        verdict=Verdict(said),
        text=request.POST.get("text", "").strip(),
    )
    dossiers.answer_opinion(command, actor=actor_of(request), now=clock.now())
    return f"Đã gửi ý kiến về hồ sơ {view.dossier.code}."


@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def extend(request: HttpRequest, code: str) -> HttpResponseBase:
    """Hẹn lại, with the apology."""
    return asked_then_done(request, code, "hen-lai", _extend)


def _extend(request: HttpRequest, view: DeskView) -> str:
    new_due = day_typed(request.POST, "new_due")
    if new_due is None:
        raise DateMalformed(field="new_due")
    reason = request.POST.get("reason", "").strip()
    if not reason:
        raise ReasonNeeded(field="reason")
    taken = dossiers.extend(
        view.dossier.code, new_due, reason, actor=actor_of(request), now=clock.now()
    )
    return taken.sentence


@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def fix_fee(request: HttpRequest, code: str) -> HttpResponseBase:
    """Nhập mức thu of a fee that a table outside the catalogue fixes."""
    return asked_then_done(request, code, "muc-thu", _fix_fee)


def _fix_fee(request: HttpRequest, view: DeskView) -> str:
    command = fixing.fee_typed(view, request.POST)
    dossiers.fix_fee(command, actor=actor_of(request), now=clock.now())
    return f"Đã ghi {command.label} và báo người nộp."


@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def exempt(request: HttpRequest, code: str) -> HttpResponseBase:
    """Miễn, giảm on a proof that the desk has seen, or taken back."""
    return asked_then_done(request, code, "mien-giam", _exempt)


def _exempt(request: HttpRequest, view: DeskView) -> str:
    command = fixing.exemption_typed(view, request.POST)
    dossiers.set_exemption(command, actor=actor_of(request), now=clock.now())
    return "Đã lập lại khoản phí. Người nộp thấy số tiền mới."


@require_POST
@route(officers)
def judge(request: HttpRequest, code: str, paper_id: UUID) -> HttpResponseBase:
    """Đạt or Chưa for one paper."""
    said = request.POST.get("verdict", "")
    verdict = PaperVerdict(said) if said in set(PaperVerdict) else PaperVerdict.NOT_CHECKED
    view = view_of(request, code)
    try:
        dossiers.judge_paper(
            paper_id,
            verdict,
            request.POST.get("note", ""),
            reason=request.POST.get("reason", ""),
            actor=actor_of(request),
            now=clock.now(),
        )
    except DossierNotFound:
        raise
    except DomainError as refusal:
        return refused(request, view, "", refusal)
    back = asked(request).url(f"{BAN}/ho-so/{code}") + "#giay-to"
    before = next((one for one in view.dossier.papers if one.id == paper_id), None)
    if before:
        step = undoing.Step(
            kind="verdict",
            subject=str(paper_id),
            verdict=before.verdict,
            note=before.verdict_note,
            reason=before.verdict_reason,
            set=verdict,
        )
        said = panes.PAPER_VERDICTS[verdict].label
        undoing.say(request, f"Đã ghi «{said}»: {before.name}.", step, back=back)
    return redirect_after(back)


@require_POST
@route(officers)
def message(request: HttpRequest, code: str) -> HttpResponseBase:
    """Write to the applicant."""
    view = view_of(request, code)
    if "insert" in request.POST:
        return _message_inserted(request, view)
    try:
        dossiers.send_message(
            code, request.POST.get("text", ""), actor=actor_of(request), now=clock.now()
        )
    except DossierNotFound:
        raise
    except DomainError as refusal:
        return _message_again(request, view, request.POST.get("text", ""), refusal)
    messages.success(request, "Đã gửi tin cho người nộp.")
    return redirect_after(asked(request).url(f"{BAN}/ho-so/{code}", muc="trao-doi"))


def _message_inserted(request: HttpRequest, view: DeskView) -> HttpResponseBase:
    try:
        typed = inserting.inserted(request, view)
    except DomainError as refusal:
        return _message_again(request, view, request.POST.get("text", ""), refusal)
    return _message_again(request, view, typed.get("text", ""))


def _message_again(
    request: HttpRequest, view: DeskView, text: str, refusal: DomainError | None = None
) -> HttpResponseBase:
    """The conversation with what was typed still in its box."""
    url = asked(request).url(f"{BAN}/ho-so/{view.dossier.code}/nhan-tin")
    alerts = (Alert(title=refusal.message, tone=Tone.LATE),) if refusal else ()
    around = panes.Around(
        tab="trao-doi", alerts=alerts, compose=inserting.compose(request, url, typed=text)
    )
    return render_pane(request, view, around, status=int(refusal.kind) if refusal else 200)


def next_url(request: HttpRequest, code: str, task: TaskView | None) -> str:
    """Chế độ làm tiếp: the row behind the one just done, with the same filter."""
    wanted = asked(request)
    if not goes_on(request):
        return wanted.url(f"{BAN}/ho-so/{code}")
    after = dossiers.key_of(task, wanted.wanted.order) if task else ""
    found = dossiers.next_in_inbox(actor_of(request), wanted.wanted, now=clock.now(), after=after)
    return wanted.url(f"{BAN}/ho-so/{found}") if found else wanted.url()
