"""Ứng dụng kết nối: agencies' applications that sign people in by us, and our signing keys."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts.applications import (
    SCOPE_NAMES,
    ApplicationMalformed,
    ApplicationTerms,
    ApplicationView,
    Asked,
    DataScope,
    SigningKeyView,
)
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.clock import city_date
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.portals.office.asking import ADMINISTRATORS, HERE
from motcua.portals.office.listing import Listing, Row, crumbs, exported, list_page, shown
from motcua.ui import dates
from motcua.ui.parts import Action, Cell, Chip, Crumb, Empty, Fact, FieldError, Option, Tone
from motcua.ui.parts import QuestionView as Question

URL = f"{HERE}/ung-dung"
TITLE = "Ứng dụng kết nối"
HEADS = (("Ứng dụng", False), ("Cơ quan", False), ("Được xin", False), ("Tình trạng", False))
OPEN = Chip(label="Đang mở", tone=Tone.OK, icon="circle-check")
CLOSED = Chip(label="Đã đóng", icon="lock")
ASKABLE = tuple(scope for scope in DataScope if scope is not DataScope.OPENID)
CONFIDENTIAL = "Có máy chủ giữ mã bí mật"
PUBLIC = "Chạy trên máy người dùng, không có mã bí mật"
NOTE = (
    "Người dân và cán bộ đăng nhập vào các ứng dụng này bằng tài khoản của Thành phố. "
    "Mỗi thay đổi được ghi vào sổ cái."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """One group of data an application may ask for, as a line of the form."""

    scope: str
    label: str
    wanted: bool
    required: bool
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationPage:
    """secret: in the open, right after it was made and never again. state: None for a new one.

    asks_kind: only a new one may be told to have no secret.
    """

    title: str
    crumbs: tuple[Crumb, ...]
    save_url: str
    questions: tuple[Question, ...]
    asked: tuple[AskedRow, ...]
    whole_number: bool
    asks_kind: bool = False
    is_public: bool = False
    facts: tuple[Fact, ...] = ()
    state: Chip | None = None
    actions: tuple[Action, ...] = ()
    secret: str = ""
    errors: tuple[FieldError, ...] = ()


@require_safe
@route(ADMINISTRATORS)
def show(request: HttpRequest) -> HttpResponseBase:
    """Every application, and the keys."""
    now = clock.now()
    found = identity.applications(actor_of(request), now=now)
    listing = Listing(
        heads=HEADS,
        rows=tuple(_rows(found)),
        empty=Empty(title="Chưa có ứng dụng nào", icon="plug"),
        export_url=f"{URL}/xuat.csv",
    )
    model = list_page(
        TITLE,
        listing,
        note=NOTE,
        facts=tuple(_key_fact(key) for key in identity.signing_keys_published(now=now)),
        actions=(
            Action(label="Đăng ký ứng dụng", url=f"{URL}/moi", kind="primary", icon="plus"),
            Action(label="Đổi khóa ký", url=f"{URL}/khoa-ky", icon="rotate-cw", post=True),
        ),
    )
    return shown(request, model)


@require_safe
@route(ADMINISTRATORS)
def export(request: HttpRequest) -> HttpResponseBase:
    found = identity.applications(actor_of(request), now=clock.now())
    listing = Listing(heads=HEADS, rows=tuple(_rows(found)), empty=Empty(title=""))
    return exported("ung-dung.csv", listing)


def _rows(found: tuple[ApplicationView, ...]) -> tuple[Row, ...]:
    units = organisations.units_by_id({one.terms.unit_id for one in found})
    return tuple(
        (
            Cell(text=one.terms.name, url=f"{URL}/{one.id}"),
            Cell(text=units[one.terms.unit_id].name if one.terms.unit_id in units else ""),
            Cell(text=", ".join(SCOPE_NAMES[asked.scope] for asked in one.terms.asked)),
            Cell(text="", chip=CLOSED if one.closed_at else OPEN),
        )
        for one in found
    )


def _key_fact(key: SigningKeyView) -> Fact:
    if key.retired_at:
        state = f"Chỉ còn kiểm chữ ký, thôi ký từ {dates.city_moment(key.retired_at)}"
    elif key.signs_from:
        state = f"Đang ký, từ {dates.city_moment(key.signs_from)}"
    else:
        state = f"Sẽ ký lần tới, công bố từ {dates.city_moment(key.made_at)}"
    return Fact(label=f"Khóa {key.key_id[:8]}", value=state)


@require_POST
@route(ADMINISTRATORS)
def change_key(request: HttpRequest) -> HttpResponseBase:
    """The next key signs; the old one verifies until its tokens have ended."""
    identity.change_signing_key(actor=actor_of(request), now=clock.now())
    messages.success(request, "Khóa mới đã ký. Khóa cũ còn để kiểm chữ ký trong một giờ.")
    return redirect_after(URL)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(ADMINISTRATORS)
def register(request: HttpRequest) -> HttpResponseBase:
    """A form, then the secret, once."""
    now = clock.now()
    if request.method != "POST":
        return page(request, "office/application.html", _form(request, now=now))
    secret, actor = identity.new_secret(), actor_of(request)
    try:
        made = identity.register_application(_terms(request), secret, actor=actor, now=now)
    except ApplicationMalformed as refusal:
        return _refused(request, refusal, _form(request, refusal, now=now))
    view = identity.application(made.id, actor, now=now)
    if view.terms.is_public:
        messages.success(request, "Đã đăng ký. Ứng dụng này không có mã bí mật.")
        return redirect_after(f"{URL}/{made.id}")
    return page(request, "office/application.html", _page(view, secret=secret, now=now))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(ADMINISTRATORS)
def one(request: HttpRequest, application_id: UUID) -> HttpResponseBase:
    """What was laid down, and to lay it down anew."""
    now, actor = clock.now(), actor_of(request)
    view = identity.application(application_id, actor, now=now)
    if request.method != "POST":
        return page(request, "office/application.html", _page(view, now=now))
    try:
        identity.change_application(application_id, _terms(request), actor=actor, now=now)
    except ApplicationMalformed as refusal:
        return _refused(request, refusal, _form(request, refusal, view=view, now=now))
    messages.success(request, "Đã lưu. Người dùng được hỏi lại nếu ứng dụng xin thêm thông tin.")
    return redirect_after(f"{URL}/{application_id}")


def _refused(
    request: HttpRequest, refusal: ApplicationMalformed, model: ApplicationPage
) -> HttpResponseBase:
    return page(request, "office/application.html", model, status=int(refusal.kind))


@never_cache
@require_POST
@route(ADMINISTRATORS)
def change_secret(request: HttpRequest, application_id: UUID) -> HttpResponseBase:
    """The old secret is worth nothing from now on; the new one is shown once."""
    now, actor, secret = clock.now(), actor_of(request), identity.new_secret()
    identity.change_secret(application_id, secret, actor=actor, now=now)
    view = identity.application(application_id, actor, now=now)
    return page(request, "office/application.html", _page(view, secret=secret, now=now))


@require_POST
@route(ADMINISTRATORS)
def close(request: HttpRequest, application_id: UUID) -> HttpResponseBase:
    identity.close_application(application_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã đóng ứng dụng. Mọi lượt đăng nhập của ứng dụng đã hết hiệu lực.")
    return redirect_after(f"{URL}/{application_id}")


# What was typed


def _terms(request: HttpRequest) -> ApplicationTerms:
    said = request.POST
    try:
        unit_id = UUID(said.get("unit", ""))
    except ValueError as unreadable:
        raise ApplicationMalformed("Bạn chọn đơn vị có ứng dụng.", field="unit") from unreadable
    return ApplicationTerms(
        name=said.get("name", "").strip(),
        unit_id=unit_id,
        redirect_uris=_lines(said.get("redirect_uris", "")),
        logout_uris=_lines(said.get("logout_uris", "")),
        asked=tuple(
            Asked(
                scope=scope,
                purpose=said.get(f"purpose_{scope}", "").strip(),
                required=bool(said.get(f"required_{scope}")),
            )
            for scope in ASKABLE
            if said.get(f"wanted_{scope}")
        ),
        sector=said.get("sector", "").strip(),
        whole_number=bool(said.get("whole_number")),
        sign_out_uri=said.get("sign_out_uri", "").strip(),
        is_public=bool(said.get("is_public")),
    )


def _lines(text: str) -> tuple[str, ...]:
    found = (line.strip() for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in found if line))


# Pages


def _form(
    request: HttpRequest,
    refusal: ApplicationMalformed | None = None,
    *,
    view: ApplicationView | None = None,
    now: datetime,
) -> ApplicationPage:
    """As it was typed, with what is wrong; empty for a new one."""
    said = request.POST
    wrong = {refusal.field or "": refusal.message} if refusal else {}
    title = view.terms.name if view else "Đăng ký ứng dụng"
    return ApplicationPage(
        title=title,
        crumbs=crumbs(Crumb(label=TITLE, url=URL), Crumb(label=title)),
        save_url=f"{URL}/{view.id}" if view else f"{URL}/moi",
        questions=_questions({name: said.get(name, "") for name in QUESTIONS}, wrong, now=now),
        asked=tuple(
            AskedRow(
                scope=scope.value,
                label=SCOPE_NAMES[scope],
                wanted=bool(said.get(f"wanted_{scope}")),
                required=bool(said.get(f"required_{scope}")),
                purpose=said.get(f"purpose_{scope}", ""),
            )
            for scope in ASKABLE
        ),
        whole_number=bool(said.get("whole_number")),
        asks_kind=view is None,
        is_public=bool(said.get("is_public")),
        errors=tuple(FieldError(field=field, text=text) for field, text in wrong.items()),
    )


def _page(view: ApplicationView, *, now: datetime, secret: str = "") -> ApplicationPage:
    terms, here = view.terms, f"{URL}/{view.id}"
    asked = {one.scope: one for one in terms.asked}
    values = {
        "name": terms.name,
        "unit": str(terms.unit_id),
        "redirect_uris": "\n".join(terms.redirect_uris),
        "logout_uris": "\n".join(terms.logout_uris),
        "sign_out_uri": terms.sign_out_uri,
        "sector": terms.sector,
    }
    return ApplicationPage(
        title=terms.name,
        crumbs=crumbs(Crumb(label=TITLE, url=URL), Crumb(label=terms.name)),
        save_url="" if view.closed_at else here,
        questions=_questions(values, {}, now=now),
        asked=tuple(
            AskedRow(
                scope=scope.value,
                label=SCOPE_NAMES[scope],
                wanted=scope in asked,
                required=scope in asked and asked[scope].required,
                purpose=asked[scope].purpose if scope in asked else "",
            )
            for scope in ASKABLE
        ),
        whole_number=terms.whole_number,
        facts=_facts(view),
        state=CLOSED if view.closed_at else OPEN,
        actions=() if view.closed_at else _actions(here, has_secret=not terms.is_public),
        secret=secret,
    )


def _facts(view: ApplicationView) -> tuple[Fact, ...]:
    found = (
        Fact(label="Mã ứng dụng (client_id)", value=view.client_id),
        Fact(label="Loại", value=PUBLIC if view.terms.is_public else CONFIDENTIAL),
        Fact(label="Đăng ký lúc", value=dates.city_moment(view.registered_at)),
        Fact(label="Đổi mã bí mật lúc", value=dates.city_moment(view.secret_set_at)),
        Fact(label="Đóng lúc", value=dates.city_moment(view.closed_at)),
        Fact(label="Ghi trong sổ cái", value="Xem", url=f"{HERE}/so-cai/la?ve={view.id}"),
    )
    return tuple(fact for fact in found if fact.value)


def _actions(here: str, *, has_secret: bool) -> tuple[Action, ...]:
    secret = Action(label="Đổi mã bí mật", url=f"{here}/ma-bi-mat", icon="rotate-cw", post=True)
    close = Action(label="Đóng ứng dụng", url=f"{here}/dong", kind="danger", icon="lock", post=True)
    return (secret, close) if has_secret else (close,)


QUESTIONS = ("name", "unit", "redirect_uris", "logout_uris", "sign_out_uri", "sector")


def _questions(
    values: dict[str, str], wrong: dict[str, str], *, now: datetime
) -> tuple[Question, ...]:
    units = organisations.all_units(city_date(now))
    return (
        Question(
            key="name", label="Tên ứng dụng", value=values["name"], error=wrong.get("name", ""),
            help="Người dùng thấy tên này khi được hỏi có đồng ý không.",
        ),
        Question(
            key="unit", label="Cơ quan có ứng dụng", type="choice", value=values["unit"],
            error=wrong.get("unit", ""),
            options=tuple(Option(value=str(unit.id), label=unit.name) for unit in units),
        ),
        Question(
            key="redirect_uris", label="Địa chỉ nhận kết quả", type="long_text",
            value=values["redirect_uris"], error=wrong.get("redirect_uris", ""),
            help="Mỗi dòng một địa chỉ. So khớp từng chữ.", example="https://thu-vien.example.vn/ve",
        ),
        Question(
            key="logout_uris", label="Địa chỉ sau khi đăng xuất", type="long_text",
            value=values["logout_uris"], error=wrong.get("logout_uris", ""), required=False,
        ),
        Question(
            key="sign_out_uri", label="Địa chỉ máy chủ nhận tin đăng xuất",
            value=values["sign_out_uri"], error=wrong.get("sign_out_uri", ""), required=False,
            help="Khi người dùng đăng xuất ở Thành phố, máy chủ này được báo ngay.",
            example="https://thu-vien.example.vn/dang-xuat",
        ),
        Question(
            key="sector", label="Nhóm", value=values["sector"], error=wrong.get("sector", ""),
            help="Ứng dụng cùng nhóm biết một người bằng cùng một mã; khác nhóm thì khác mã.",
            example="thu-vien.example.vn",
        ),
    )  # fmt: skip
