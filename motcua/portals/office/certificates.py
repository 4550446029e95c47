"""Chứng thư số: which certificates on tokens may sign, confirmed by a second, withdrawn by one."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts.enrolled import EnrolledState, EnrolledView
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.errors import DomainError
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.portals.office.asking import ADMINISTRATORS, HERE
from motcua.portals.office.listing import crumbs
from motcua.ui import dates
from motcua.ui.parts import Alert, Chip, Crumb, Empty, Fact, Tone

URL = f"{HERE}/chung-thu"
TITLE = "Chứng thư số"
STATES = {
    EnrolledState.ASKED: Chip(label="Chờ quản trị viên thứ hai", icon="hourglass"),
    EnrolledState.VALID: Chip(label="Đang dùng", tone=Tone.OK, icon="circle-check"),
    EnrolledState.ENDING: Chip(label="Sắp hết hạn", tone=Tone.LATE, icon="alarm-clock"),
    EnrolledState.ENDED: Chip(label="Hết hạn", tone=Tone.LATE, icon="circle-x"),
    EnrolledState.WITHDRAWN: Chip(label="Đã thu hồi", icon="ban"),
}
LIVING = frozenset({EnrolledState.ASKED, EnrolledState.VALID, EnrolledState.ENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateCard:
    """One certificate. Empty addresses: nothing to confirm, nothing to withdraw."""

    id: UUID
    title: str
    state: Chip
    facts: tuple[Fact, ...]
    confirm_url: str
    withdraw_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatesPage:
    title: str
    alerts: tuple[Alert, ...]
    cards: tuple[CertificateCard, ...]
    empty: Empty
    crumbs: tuple[Crumb, ...]


@never_cache
@require_safe
@route(ADMINISTRATORS)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Those in use and those that wait, next to end first; then what was withdrawn."""
    return _page(request)


@require_POST
@route(ADMINISTRATORS)
def confirm(request: HttpRequest, certificate_id: UUID) -> HttpResponseBase:
    """By another administrator than the one who asked. Raises: EnrolledNotFound."""
    try:
        documents.confirm_enrolment(certificate_id, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        return _page(request, refusal)
    messages.success(request, "Đã xác nhận. Cán bộ ký được bằng token này.")
    return redirect_after(URL)


@require_POST
@route(ADMINISTRATORS)
def withdraw(request: HttpRequest, certificate_id: UUID) -> HttpResponseBase:
    """From now on it signs nothing. Raises: EnrolledNotFound."""
    reason = request.POST.get("reason", "")
    try:
        documents.withdraw_enrolment(
            certificate_id, reason, actor=actor_of(request), now=clock.now()
        )
    except DomainError as refusal:
        return _page(request, refusal)
    messages.success(request, "Đã thu hồi. Chữ ký đã có vẫn giữ nguyên.")
    return redirect_after(URL)


def _page(request: HttpRequest, refusal: DomainError | None = None) -> HttpResponseBase:
    found = documents.enrolled(now=clock.now())
    model = CertificatesPage(
        title=TITLE,
        alerts=tuple(_alerts(found, refusal)),
        cards=tuple(_card(one, actor_of(request).account_id) for one in found),
        empty=Empty(
            title="Chưa có chứng thư nào",
            text="Người vận hành chạy lệnh motcua enrol_token khi token của cán bộ đã cắm.",
            icon="key-round",
        ),
        crumbs=crumbs(Crumb(label=TITLE)),
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "office/certificates.html", model, status=status)


def _alerts(found: tuple[EnrolledView, ...], refusal: DomainError | None) -> list[Alert]:
    told = []
    if refusal:
        told.append(Alert(title=refusal.message, tone=Tone.LATE, icon="triangle-alert"))
    ending = [one.holder for one in found if one.state is EnrolledState.ENDING]
    if ending:
        title = f"Sắp hết hạn trong 30 ngày: {', '.join(ending)}. Xin gia hạn trước ngày ấy."
        told.append(Alert(title=title, tone=Tone.LATE, icon="alarm-clock"))
    return told


def _card(one: EnrolledView, own: UUID | None) -> CertificateCard:
    may_confirm = one.state is EnrolledState.ASKED and one.asked_by != own
    return CertificateCard(
        id=one.id,
        title=one.holder,
        state=STATES[one.state],
        facts=tuple(_facts(one)),
        confirm_url=f"{URL}/{one.id}/xac-nhan" if may_confirm else "",
        withdraw_url=f"{URL}/{one.id}/thu-hoi" if one.state in LIVING else "",
    )


def _facts(one: EnrolledView) -> list[Fact]:
    found = [
        Fact(label="Hết hạn", value=dates.city_moment(one.not_after)),
        Fact(label="Nơi cấp", value=one.issuer),
        Fact(label="Số chứng thư", value=one.serial),
        Fact(label="Số token", value=one.token_serial),
        Fact(label="Mã băm", value=one.fingerprint),
        Fact(label="Đăng ký lúc", value=dates.city_moment(one.asked_at)),
    ]
    if one.confirmed_at:
        found.append(Fact(label="Xác nhận lúc", value=dates.city_moment(one.confirmed_at)))
    if one.withdrawn_at:
        found.append(Fact(label="Thu hồi lúc", value=dates.city_moment(one.withdrawn_at)))
        found.append(Fact(label="Vì sao", value=one.withdrawn_reason))
    if one.wrong_pins:
        found.append(Fact(label="Mã PIN sai liền nhau", value=f"{one.wrong_pins} lần"))
    return found
