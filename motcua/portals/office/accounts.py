"""Tài khoản cán bộ: sessions ended, accounts closed, lost factors recovered by two."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts import (
    AccountNotFound,
    OfficerAccount,
    RecoveryState,
    RecoveryView,
)
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import OfficerView
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.text import fold
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.portals.office.asking import ADMINISTRATORS, HERE, PAGE, address, said
from motcua.portals.office.listing import (
    Listing,
    Row,
    Search,
    crumbs,
    list_page,
    number_cell,
    page_after,
    shown,
)
from motcua.ui import dates
from motcua.ui.parts import Action, Alert, Cell, Chip, Crumb, Empty, Fact, FieldError, Tone
from motcua.ui.words import count

URL = f"{HERE}/tai-khoan"
TITLE = "Tài khoản cán bộ"
HEADS = (
    ("Cán bộ", False),
    ("Tên đăng nhập", False),
    ("Tình trạng", False),
    ("Cách xác nhận", True),
    ("Phiên đang mở", True),
    ("Dùng lần cuối", False),
)
OPEN = Chip(label="Đang mở", tone=Tone.OK, icon="circle-check")
CLOSED = Chip(label="Đã khóa", tone=Tone.LATE, icon="ban")
STATES = {
    RecoveryState.ASKED: "Chờ hai quản trị viên xác nhận",
    RecoveryState.HALF: "Một quản trị viên đã xác nhận, chờ người thứ hai",
    RecoveryState.GRANTED: "Đã cấp mã, chờ cán bộ dùng",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """code: of a recovery just granted; entry_code: to set a password; shown once, kept nowhere."""

    title: str
    state: Chip
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    actions: tuple[Action, ...]
    recovery: tuple[Fact, ...]
    recovery_actions: tuple[Action, ...]
    code: str = ""
    entry_code: str = ""
    errors: tuple[FieldError, ...] = ()


@require_safe
@route(ADMINISTRATORS)
def accounts(request: HttpRequest) -> HttpResponseBase:
    """Officers by staff number; those whose recovery waits are named above."""
    actor, now, words = actor_of(request), clock.now(), said(request, "tim")
    found = [one for one in organisations.all_officers() if _fits(one, fold(words))]
    start, end, after = page_after([one.staff_no for one in found], said(request, "sau"), PAGE)
    held = identity.officer_accounts(actor, [one.id for one in found[start:end]], now=now)
    listing = Listing(
        heads=HEADS,
        rows=tuple(_row(one, held[one.id]) for one in found[start:end] if one.id in held),
        empty=Empty(title="Không có tài khoản nào khớp", icon="search-x"),
        older_url=address("/tai-khoan", tim=words, sau=after) if after else "",
        first_url=address("/tai-khoan", tim=words) if start else "",
        by_time=False,
    )
    model = list_page(
        TITLE,
        listing,
        note=f"{count(len(found))} cán bộ. Mỗi người đăng nhập bằng mật khẩu và một cách xác nhận.",
        search=Search(url=URL, label="Tên hoặc số hiệu cán bộ", value=words),
        actions=(Action(label="Hệ thống cấp phát", url=f"{URL}/cap-phat", icon="plug"),),
        alert=_waiting(identity.open_recoveries(actor, now=now)),
    )
    return shown(request, model)


def _fits(officer: OfficerView, words: str) -> bool:
    return not words or words in fold(officer.full_name) or words in fold(officer.staff_no)


def _row(officer: OfficerView, account: OfficerAccount) -> Row:
    return (
        Cell(text=officer.full_name, url=f"{URL}/{account.id}"),
        Cell(text=account.username),
        Cell(text="", chip=OPEN if account.is_open else CLOSED),
        number_cell(str(account.factors)),
        number_cell(str(account.sessions)),
        Cell(text=dates.city_moment(account.last_used_at)),
    )


def _waiting(recoveries: tuple[RecoveryView, ...]) -> Alert | None:
    asked = [one for one in recoveries if one.state is not RecoveryState.GRANTED]
    if not asked:
        return None
    names = identity.officer_names([one.account_id for one in asked])
    return Alert(
        title=f"{count(len(asked))} đề nghị cấp lại cách xác nhận đang chờ",
        text="Bạn gọi cho cán bộ để chắc chắn đúng người, rồi mới xác nhận.",
        tone=Tone.TURN,
        actions=tuple(
            Action(label=names.get(one.account_id, "Xem"), url=f"{URL}/{one.account_id}")
            for one in asked
        ),
    )


@never_cache
@require_safe
@route(ADMINISTRATORS)
def account(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """One account: what is open, what may be done."""
    return page(request, "office/account.html", _account_page(request, account_id))


def _account_page(
    request: HttpRequest, account_id: UUID, *, code: str = "", entry_code: str = ""
) -> AccountPage:
    """Raises: AccountNotFound."""
    actor, now = actor_of(request), clock.now()
    held = identity.officer_account(actor, account_id, now=now)
    if held is None:
        raise AccountNotFound
    officer = organisations.officers_by_id([held.officer_id])[held.officer_id]
    waiting = [one for one in identity.open_recoveries(actor, now=now) if one.account_id == held.id]
    recovery = waiting[-1] if waiting else None
    here = f"{URL}/{held.id}"
    return AccountPage(
        title=officer.full_name,
        state=OPEN if held.is_open else CLOSED,
        crumbs=crumbs(Crumb(label=TITLE, url=URL), Crumb(label=officer.full_name)),
        facts=(
            Fact(label="Tên đăng nhập", value=held.username),
            Fact(label="Thư công vụ", value=officer.email),
            Fact(label="Cách xác nhận", value=str(held.factors)),
            Fact(label="Phiên đang mở", value=str(held.sessions)),
        ),
        actions=(
            Action(label="Cấp mã vào", url=f"{here}/ma-vao", post=True),
            Action(label="Kết thúc mọi phiên", url=f"{here}/ket-thuc-phien", post=True),
            Action(
                label="Khóa tài khoản" if held.is_open else "Mở lại tài khoản",
                url=f"{here}/{'khoa' if held.is_open else 'mo'}",
                post=True,
            ),
        ),
        recovery=_recovery_facts(recovery),
        recovery_actions=_recovery_actions(recovery, here),
        code=code,
        entry_code=entry_code,
    )


def _recovery_facts(recovery: RecoveryView | None) -> tuple[Fact, ...]:
    if recovery is None:
        return ()
    names = identity.officer_names(
        [who for who in (recovery.asked_by, recovery.first_by, recovery.second_by) if who]
    )
    facts = (
        Fact(label="Tình trạng", value=STATES[recovery.state]),
        Fact(label="Người đề nghị", value=names.get(recovery.asked_by, "")),
        Fact(label="Đề nghị lúc", value=dates.city_moment(recovery.asked_at)),
        Fact(label="Hết hạn lúc", value=dates.city_moment(recovery.until)),
        Fact(label="Người thứ nhất", value=names.get(recovery.first_by, "")) if recovery.first_by
        else Fact(label="Người thứ nhất", value=""),
    )  # fmt: skip
    return tuple(fact for fact in facts if fact.value)


def _recovery_actions(recovery: RecoveryView | None, here: str) -> tuple[Action, ...]:
    if recovery is None:
        return (Action(label="Đề nghị cấp lại", url=f"{here}/cap-lai", post=True),)
    if recovery.state is RecoveryState.GRANTED:
        return ()
    return (
        Action(
            label="Tôi đã gọi cán bộ và xác nhận",
            url=f"{here}/cap-lai/{recovery.id}/xac-nhan",
            kind="primary",
            post=True,
        ),
    )


@require_POST
@route(ADMINISTRATORS)
def end_sessions(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    identity.end_sessions_of(account_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Mọi phiên của tài khoản này đã kết thúc.")
    return redirect_after(f"{URL}/{account_id}")


@require_POST
@route(ADMINISTRATORS)
def close(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    now = clock.now()
    identity.set_account_open(account_id, is_open=False, actor=actor_of(request), now=now)
    messages.success(request, "Đã khóa tài khoản. Mọi phiên và mã truy cập đã kết thúc.")
    return redirect_after(f"{URL}/{account_id}")


@require_POST
@route(ADMINISTRATORS)
def reopen(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    now = clock.now()
    identity.set_account_open(account_id, is_open=True, actor=actor_of(request), now=now)
    messages.success(request, "Đã mở lại tài khoản.")
    return redirect_after(f"{URL}/{account_id}")


@never_cache
@require_POST
@route(ADMINISTRATORS)
def let_in(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """A code for an officer who has no password or forgot it; shown here and never again."""
    code, actor = identity.new_code(), actor_of(request)
    identity.issue_entry_code(account_id, code, actor=actor, now=clock.now())
    model = _account_page(request, account_id, entry_code=code)
    return page(request, "office/account.html", model)


@require_POST
@route(ADMINISTRATORS)
def ask(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """An administrator asks for the officer; two others must confirm."""
    identity.ask_recovery(account_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã ghi đề nghị. Hai quản trị viên khác cần xác nhận.")
    return redirect_after(f"{URL}/{account_id}")


@never_cache
@require_POST
@route(ADMINISTRATORS)
def confirm(request: HttpRequest, account_id: UUID, recovery_id: UUID) -> HttpResponseBase:
    """The first says yes; with the second the code is shown, once."""
    code, actor = identity.new_code(), actor_of(request)
    step = identity.confirm_recovery(recovery_id, code, actor=actor, now=clock.now())
    if not step.is_granted:
        messages.success(request, "Bạn đã xác nhận. Cần thêm một quản trị viên khác.")
        return redirect_after(f"{URL}/{account_id}")
    return page(request, "office/account.html", _account_page(request, account_id, code=code))
