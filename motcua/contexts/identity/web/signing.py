"""Sign in and out."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from motcua.contexts.exchange.contracts import NeighbourDown
from motcua.contexts.identity.actions.sign_in import check_password, note_refusal, note_sign_out
from motcua.contexts.identity.adapters.vneid import Wish
from motcua.contexts.identity.contracts import (
    LinkToConfirm,
    SignedIn,
    SignInCancelled,
    SignInRefused,
    VNeIDSilent,
)
from motcua.contexts.identity.contracts.machines import KEEPS_STORAGE
from motcua.contexts.identity.queries import accounts, factors
from motcua.contexts.identity.rules import WINDOW
from motcua.contexts.identity.web import halfway, linking, session, step_up, vneid_flow
from motcua.contexts.identity.web.going_on import way_on
from motcua.contexts.identity.web.middleware import recent
from motcua.contexts.identity.web.pages import SignInPage, SignOutPage
from motcua.kernel import clock, idempotency, limits
from motcua.kernel.access import actor_of, citizens, open_to_all, route
from motcua.kernel.errors import Kind
from motcua.kernel.limits import SIGN_INS
from motcua.kernel.purpose import Purpose
from motcua.kernel.web import page, redirect_after, safe_next
from motcua.ui.parts import Alert, FieldError, Tone


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@route(
    open_to_all, keyless=True, limit=SIGN_INS
)  # each try counts; a repeated one must not be answered from memory
def sign_in(request: HttpRequest) -> HttpResponseBase:
    next_url = safe_next(request)
    if request.method != "POST":
        actor = actor_of(request)
        if actor.is_signed_in:
            return HttpResponseRedirect(way_on(actor, next_url))
        return page(request, "identity/sign_in.html", SignInPage(next=next_url))
    username = request.POST.get("username", "").strip()
    origin = limits.origin(request)
    try:
        account = check_password(
            username, request.POST.get("password", ""), origin=origin, now=clock.now()
        )
    except SignInRefused as refusal:
        model = SignInPage(
            next=next_url,
            username=username,
            errors=(FieldError(text=refusal.message, field="username"),),
        )
        answer = page(request, "identity/sign_in.html", model, status=int(refusal.kind))
        if refusal.kind is Kind.TOO_MANY:
            answer["Retry-After"] = str(int(WINDOW.total_seconds()))
        return answer
    may_enrol = not factors.had_any(account.id)
    halfway.start(request, account, next_url=next_url, may_enrol=may_enrol, now=clock.now())
    return redirect_after(reverse("identity:second"))


@never_cache
@require_safe
@route(open_to_all)
def vneid_start(request: HttpRequest) -> HttpResponseBase:
    next_url, now = safe_next(request), clock.now()
    try:
        where = vneid_flow.begin(request, next_url=next_url, wish=_wish(request), now=now)
    except (NeighbourDown, SignInRefused) as problem:
        return _turned_away(request, problem, next_url=next_url, now=now)
    return HttpResponseRedirect(where)


def _wish(request: HttpRequest) -> Wish:
    level = {"1": 1, "2": 2}.get(request.GET.get("muc", ""), 0)
    return Wish(level=level, fresh=request.GET.get("moi") == "1")


@never_cache
@require_safe
@route(open_to_all, purpose=Purpose.OWN_DATA)
def vneid_return(request: HttpRequest) -> HttpResponseBase:
    now, back = clock.now(), vneid_flow.Return(request)
    try:
        vouched = vneid_flow.finish(back, now=now)
    except LinkToConfirm as ask:
        return linking.ask(request, back, ask, now=now)
    except (NeighbourDown, SignInRefused) as problem:
        return _turned_away(request, problem, next_url=back.next_url, now=now)
    _begin(request, vouched, now=now)
    return HttpResponseRedirect(back.next_url)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(open_to_all, keyless=True, limit=SIGN_INS, purpose=Purpose.OWN_DATA)
def link(request: HttpRequest) -> HttpResponseBase:
    """Whether the person the city knows is who has just shown their VNeID; nobody is in yet."""
    now = clock.now()
    try:
        waiting = linking.waiting(request, now=now)
        if request.method != "POST" or request.POST.get("answer") not in linking.ANSWERS:
            return linking.question(request, waiting)
        is_same = request.POST["answer"] == linking.SAME
        with idempotency.using(""):  # what waits is good for one answer by itself
            vouched = vneid_flow.let_in(waiting.heard, is_same=is_same, now=now)
    except SignInRefused as problem:
        return _turned_away(request, problem, next_url="/", now=now)
    linking.forget(request)
    _begin(request, vouched, now=now)
    return redirect_after(waiting.next_url)


def _begin(request: HttpRequest, vouched: vneid_flow.Vouched, *, now: datetime) -> None:
    session.begin(
        request, accounts.account(vouched.account_id), assurance=vouched.sure.level,
        methods=[session.BY_VNEID], now=now, proven_at=vouched.sure.proven_at,
    )  # fmt: skip
    session.work_for(request, vouched.mandate_id, stays=vouched.sure.confirms)
    if vouched.signed is not None:
        _say(request, vouched.signed)


def _say(request: HttpRequest, signed: SignedIn) -> None:
    """What came of it that the person should know: nothing is linked or left apart in silence."""
    if signed.differs:
        messages.warning(request, _(
            "VNeID ghi thông tin khác với thông tin thành phố đang giữ về bạn. Chưa có gì bị sửa. "
            "Bạn mang thẻ căn cước đến bộ phận Một cửa để cập nhật."
        ))  # fmt: skip
    if "personal_number" in signed.differs:
        messages.info(request, _("Số định danh khác nhau đã được chuyển cho cán bộ đối chiếu."))
    if signed.linked:
        messages.info(request, _(
            "Bạn đã xác nhận. Việc bạn từng làm tại quầy nay nằm trong tài khoản này. "
            "Nếu có việc không phải của bạn, bạn gọi 1022."
        ))  # fmt: skip
    if signed.denied:
        messages.warning(request, _(
            "Bạn nói hồ sơ thành phố đang giữ không phải của bạn, nên chưa có gì được nối. "
            "Cán bộ sẽ đối chiếu. Trong lúc chờ, bạn dùng tài khoản này như thường."
        ))  # fmt: skip
    elif signed.doubted:
        messages.warning(request, _(
            "Có thể thành phố đã biết bạn từ trước, nhưng chưa chắc là cùng một người. "
            "Cán bộ sẽ đối chiếu. Trong lúc chờ, bạn dùng tài khoản này như thường."
        ))  # fmt: skip


def _turned_away(
    request: HttpRequest, problem: NeighbourDown | SignInRefused, *, next_url: str, now: datetime
) -> HttpResponseBase:
    """Nobody is let in: a page that says why, and a leaf in the ledger."""
    if isinstance(problem, SignInRefused):
        refusal, answer = problem, _vneid_refused(request, problem, next_url=next_url)
    else:
        refusal, answer = (
            VNeIDSilent(reason=problem.reason),
            _vneid_down(request, next_url=next_url),
        )
    with idempotency.using(""):  # each try is written down
        note_refusal(refusal, now=now)
    return answer


def _vneid_down(request: HttpRequest, *, next_url: str) -> HttpResponseBase:
    alert = Alert(
        title=_("VNeID chưa trả lời"),
        text=_(
            "Chúng tôi không liên lạc được với VNeID nên chưa cho bạn đăng nhập được. "
            "Những gì bạn đã lưu vẫn còn. Bạn thử lại sau 5 phút; trong lúc chờ, bạn vẫn tra cứu "
            "được hồ sơ bằng mã hồ sơ, hoặc nộp tại bộ phận Một cửa."
        ),
        tone=Tone.LATE,
    )
    model = SignInPage(next=next_url, alert=alert)
    answer = page(request, "identity/sign_in.html", model, status=503)
    answer.headers["Retry-After"] = "300"
    return answer


def _vneid_refused(
    request: HttpRequest, refusal: SignInRefused, *, next_url: str
) -> HttpResponseBase:
    cancelled = isinstance(refusal, SignInCancelled)
    alert = Alert(
        title=_("Bạn chưa đăng nhập") if cancelled else _("Chưa đăng nhập được bằng VNeID"),
        text=refusal.message,
        tone=Tone.INFO if cancelled else Tone.LATE,
    )
    model = SignInPage(next=next_url, alert=alert)
    return page(request, "identity/sign_in.html", model, status=200 if cancelled else 403)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(open_to_all, keyless=True)
def sign_out(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    if request.method != "POST":
        return page(request, "identity/sign_out.html", SignOutPage(name=actor.name))
    if actor.account_id is not None:
        note_sign_out(actor.account_id, mark=session.mark_of(request), now=clock.now())
    recent.forget()
    logout(request)
    answer = redirect_after("/")
    emptied = '"cache"' if KEEPS_STORAGE in request.COOKIES else '"cache", "storage"'
    answer["Clear-Site-Data"] = emptied  # the next person at this screen
    return answer


@never_cache
@require_safe
@route(citizens)
def go_on(request: HttpRequest) -> HttpResponseBase:
    """The form that was refused for an old sign-in, filled in as it was."""
    return step_up.offered(request, step_up.kept_form(request))
