"""Trả kết quả: what waits at this desk, fetched with a code or handed to the post."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.receiving import (
    hand_over,
    hand_to_post,
    note_arrival,
    send_by_post,
)
from motcua.contexts.dossiers.contracts import ReturnForm
from motcua.contexts.dossiers.contracts.receiving import (
    HANDOVER_WORDS,
    HandoverState,
    HandoverView,
    PickupCodeWrong,
    WaitingResult,
)
from motcua.contexts.dossiers.queries import RETURN_WORDS
from motcua.contexts.dossiers.queries import receiving as queries
from motcua.contexts.dossiers.rules import receiving as rules
from motcua.contexts.dossiers.web.parcels import UNDER_WAY, parcel_facts
from motcua.contexts.identity.contracts.mandates import MandateNotFound
from motcua.contexts.post import public as post_office
from motcua.contexts.post.contracts import ConsignmentKind
from motcua.kernel import clock
from motcua.kernel.access import roles, route
from motcua.kernel.actors import Role
from motcua.kernel.errors import DomainError
from motcua.kernel.limits import PUBLIC_LOOK_UPS
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of
from motcua.ui import dates
from motcua.ui.parts import Cell, Crumb, Empty, Fact, FieldError, Table

URL = "/ban/tra-ket-qua"
RETURNERS = roles(Role.RETURNER)
HEADS = ("Hồ sơ", "Thủ tục", "Cách nhận", "Đang ở đâu", "Có kết quả từ")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturningPage:
    """Results that wait at the desk, and the box for a code."""

    title: str
    table: Table
    crumbs: tuple[Crumb, ...]
    typed: str = ""
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchingPage:
    """Who stands at the desk with a code, and who may take the result."""

    title: str
    code: str
    pickup: str
    facts: tuple[Fact, ...]
    takers: tuple[tuple[str, str], ...]
    taker: str
    act_url: str
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage:
    """One result that goes by post."""

    title: str
    facts: tuple[Fact, ...]
    post_url: str
    send_url: str
    arrival_url: str
    end_url: str
    parcels: tuple[Fact, ...]
    desk_url: str
    crumbs: tuple[Crumb, ...]
    typed: str = ""
    errors: tuple[FieldError, ...] = ()


@never_cache
@route(RETURNERS, limit=PUBLIC_LOOK_UPS)
def returning(request: HttpRequest) -> HttpResponseBase:
    """GET: what waits. POST: the code that somebody shows, typed or scanned."""
    if request.method != "POST":
        return _list(request)
    typed = request.POST.get("pickup", "")[:80]
    try:
        return _fetching(request, typed)
    except PickupCodeWrong as refusal:
        return _list(request, typed=typed, refusal=refusal)


def _list(
    request: HttpRequest, *, typed: str = "", refusal: DomainError | None = None
) -> HttpResponseBase:
    rows = queries.waiting_results(actor_of(request), now=clock.now())
    title = "Trả kết quả"
    model = ReturningPage(
        title=title,
        table=Table(
            caption="Kết quả chờ trả",
            heads=tuple((head, False) for head in HEADS),
            rows=tuple(_row(one) for one in rows),
            empty=Empty(title="Không có kết quả nào chờ ở quầy này", icon="package-check"),
        ),
        crumbs=(Crumb(label="Bàn làm việc", url="/ban"), Crumb(label=title)),
        typed=typed,
        errors=_errors(refusal, "pickup"),
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "dossiers/desk/returning.html", model, status=status)


def _row(one: WaitingResult) -> tuple[Cell, ...]:
    by_post = one.form is ReturnForm.POST
    place = HANDOVER_WORDS[one.state] if by_post else "Ở quầy"
    return (
        Cell(text=one.code, url=f"{URL}/{one.code}" if by_post else f"/ban/ho-so/{one.code}"),
        Cell(text=one.procedure_name),
        Cell(text=RETURN_WORDS[one.form]),
        Cell(text="Ví giấy tờ" if one.form is ReturnForm.ELECTRONIC else place),
        Cell(text=dates.city_moment(one.decided_at)),
    )


def _errors(refusal: DomainError | None, otherwise: str) -> tuple[FieldError, ...]:
    if refusal is None:
        return ()
    return (FieldError(text=refusal.message, field=refusal.field or otherwise),)


def _fetching(
    request: HttpRequest, pickup: str, *, refusal: DomainError | None = None
) -> HttpResponseBase:
    """Raises: PickupCodeWrong."""
    found = queries.fetching(pickup, actor_of(request), now=clock.now())
    owner = (("", f"{found.owner_name}, chủ hồ sơ"),)
    others = tuple((str(key), f"{name}, theo ủy quyền") for key, name in found.representatives)
    model = FetchingPage(
        title="Trả kết quả tại quầy",
        code=found.code,
        pickup=rules.code_in(pickup),
        facts=(
            Fact(label="Hồ sơ", value=found.code, url=f"/ban/ho-so/{found.code}"),
            Fact(label="Thủ tục", value=found.procedure_name),
            Fact(label="Chủ hồ sơ", value=found.owner_name),
        ),
        takers=(*owner, *others),
        taker=request.POST.get("mandate", ""),
        act_url=f"{URL}/{found.code}/trao",
        crumbs=(Crumb(label="Trả kết quả", url=URL), Crumb(label=found.code)),
        errors=_errors(refusal, "identity_seen"),
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "dossiers/desk/fetching.html", model, status=status)


@never_cache
@require_POST
@route(RETURNERS)
def fetch(request: HttpRequest, code: str) -> HttpResponseBase:
    """The result goes to whoever stands there; the dossier ends."""
    pickup, taker = request.POST.get("pickup", "")[:80], request.POST.get("mandate", "")
    mandate_id = uuid_of(taker)
    if taker and mandate_id is None:  # nobody's: never the owner by mistake
        raise MandateNotFound
    try:
        hand_over(
            code,
            pickup,
            mandate_id=mandate_id,
            identity_seen=request.POST.get("identity_seen") == "yes",
            actor=actor_of(request),
            now=clock.now(),
        )
    except PickupCodeWrong as refusal:
        return _list(request, typed=pickup, refusal=refusal)
    except DomainError as refusal:
        return _fetching(request, pickup, refusal=refusal)
    messages.success(request, f"Đã trả kết quả hồ sơ {code}. Người nộp nhận tin.")
    return redirect_after(URL)


@never_cache
@require_safe
@route(RETURNERS)
def by_post(request: HttpRequest, code: str) -> HttpResponseBase:
    """Where the post takes it, and what the post said."""
    return _post_page(request, code)


def _post_page(
    request: HttpRequest, code: str, *, typed: str = "", refusal: DomainError | None = None
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    told = queries.handover_of(code, actor, now=now)
    waits = told.ready and told.address and told.state is HandoverState.WAITING
    asked = [
        one for one in post_office.consignments_of(code) if one.kind is ConsignmentKind.DELIVER
    ]
    sends = (
        told.ready
        and told.address is not None
        and told.changeable
        and told.form is ReturnForm.POST
        and not any(one.state in UNDER_WAY for one in asked)
    )
    url = f"{URL}/{code}"
    model = PostPage(
        title=f"Giao kết quả hồ sơ {code}",
        facts=tuple(_post_facts(told)),
        post_url=f"{url}/buu-chinh" if waits and told.form is ReturnForm.POST else "",
        send_url=f"{url}/nho-buu-chinh" if sends else "",
        end_url=f"{url}/phat" if told.ready and told.state is HandoverState.DELIVERED else "",
        parcels=tuple(parcel_facts(code, ConsignmentKind.DELIVER)),
        arrival_url=f"{url}/phat" if told.ready and told.state is HandoverState.POSTED else "",
        desk_url=f"/ban/ho-so/{code}",
        crumbs=(Crumb(label="Trả kết quả", url=URL), Crumb(label=code)),
        typed=typed,
        errors=_errors(refusal, "tracking"),
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "dossiers/desk/by_post.html", model, status=status)


def _post_facts(told: HandoverView) -> list[Fact]:
    found = [
        Fact(label="Cách nhận", value=RETURN_WORDS[told.form]),
        Fact(label="Đang ở đâu", value=HANDOVER_WORDS[told.state]),
    ]
    if told.address:
        place = f"{told.address.street}, {dossiers.ward_name(told.address.ward)}"
        found += [
            Fact(label="Người nhận", value=told.address.recipient),
            Fact(label="Số điện thoại", value=told.address.phone),
            Fact(label="Nơi giao", value=place),
            Fact(label="Cước", value=rules.post().cost, note="Chưa có bảng giá đã đối chiếu."),
        ]
    if told.tracking:
        found.append(Fact(label="Số hiệu bưu gửi", value=told.tracking))
    return found


@never_cache
@require_POST
@route(RETURNERS)
def post(request: HttpRequest, code: str) -> HttpResponseBase:
    """The post took it, under this number."""
    typed = request.POST.get("tracking", "")[:60]
    try:
        hand_to_post(code, typed, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        return _post_page(request, code, typed=typed, refusal=refusal)
    messages.success(request, "Đã ghi giao bưu chính. Người nộp nhận số hiệu.")
    return redirect_after(f"{URL}/{code}")


@never_cache
@require_POST
@route(RETURNERS)
def ask_post(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask the post; its number comes by itself."""
    try:
        send_by_post(code, actor=actor_of(request), now=clock.now())
    except DomainError as refusal:
        return _post_page(request, code, refusal=refusal)
    messages.success(request, "Đã nhờ bưu chính. Số hiệu có ngay khi bưu chính trả lời.")
    return redirect_after(f"{URL}/{code}")


@never_cache
@require_POST
@route(RETURNERS)
def arrival(request: HttpRequest, code: str) -> HttpResponseBase:
    """What the post said: delivered, or brought back."""
    arrived = request.POST.get("arrived") == "yes"
    note_arrival(code, arrived=arrived, actor=actor_of(request), now=clock.now())
    said = "Bưu chính đã giao, hồ sơ kết thúc." if arrived else "Đã báo người nộp chọn lại."
    messages.success(request, said)
    return redirect_after(URL)
