"""The small personal pages: who I am, how to reach me, which posts I hold, my API tokens."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.identity import public
from motcua.contexts.identity.actions.people import change_contact
from motcua.contexts.identity.actions.tokens import make_token, new_token_text, revoke_token
from motcua.contexts.identity.contracts import ContactMalformed, PersonNotFound, TokenView
from motcua.contexts.identity.queries import accounts, people
from motcua.contexts.identity.rules import TOKEN_LIFE
from motcua.contexts.identity.web.pages import (
    ContactPage,
    PostRow,
    PostsPage,
    ProfilePage,
    TokenRow,
    TokensPage,
)
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.access import actor_of, citizens, officers, route, signed_in
from motcua.kernel.actors import ROLE_NAMES, Actor
from motcua.kernel.web import page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Empty, Fact, FieldError, Option, QuestionView

LIVES = ("90", "30", "7", "365")  # days that a key may be asked to last, the usual first


@never_cache
@require_safe
@route(signed_in)
def profile(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    rows = _officer_facts(actor) if actor.is_officer else _citizen_facts(actor)
    model = ProfilePage(shell=_shell(actor), facts=rows, is_officer=actor.is_officer)
    return page(request, "identity/profile.html", model)


def _shell(actor: Actor) -> str:
    return "ui/citizen.html" if actor.is_citizen else "ui/plain.html"


def _person_id(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise PersonNotFound
    return actor.person_id


def _citizen_facts(actor: Actor) -> tuple[Fact, ...]:
    person = people.view_of(people.visible_person(_person_id(actor), actor, now=clock.now()))
    none = _("Chưa có")
    levels = {1: _("Mức 1: tự đăng ký"), 2: _("Mức 2: công an đã xác minh")}
    return (
        Fact(label=_("Họ và tên"), value=person.full_name),
        Fact(label=_("Số định danh"), value=person.personal_number_masked or none),
        Fact(label=_("Ngày sinh"), value=dates.day(person.born_on) if person.born_on else none),
        Fact(label=_("Mức định danh khi đăng nhập"), value=levels.get(actor.assurance, none)),
        Fact(label=_("Điện thoại"), value=person.phone or none),
        Fact(label=_("Thư điện tử"), value=person.email or none),
    )


def _officer_facts(actor: Actor) -> tuple[Fact, ...]:
    return (
        Fact(label=_("Họ và tên"), value=actor.name),
        Fact(label=_("Số vị trí đang giữ"), value=str(len(actor.posts))),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(citizens)
def contact(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    person_id = _person_id(actor)
    if request.method != "POST":
        held = public.contact_of(person_id)
        return page(request, "identity/contact.html", _contact_page(held.email, held.phone))
    email, phone = request.POST.get("email", ""), request.POST.get("phone", "")
    try:
        change_contact(person_id, email=email, phone=phone, actor=actor, now=clock.now())
    except ContactMalformed as refusal:
        model = _contact_page(email, phone, refusal)
        return page(request, "identity/contact.html", model, status=422)
    return redirect_after("/toi")


def _contact_page(email: str, phone: str, refusal: ContactMalformed | None = None) -> ContactPage:
    wrong = {refusal.field: refusal.message} if refusal else {}
    errors = tuple(FieldError(text=text, field=field or "") for field, text in wrong.items())
    return ContactPage(
        errors=errors,
        questions=(
            QuestionView(
                key="phone", label=_("Số điện thoại"), type="phone", value=phone, required=False,
                error=wrong.get("phone", ""), example="0900 000 345", autocomplete="tel",
                help=_("Để nhận tin nhắn khi hồ sơ đến lượt bạn."),
            ),
            QuestionView(
                key="email", label=_("Thư điện tử"), type="email", value=email, required=False,
                error=wrong.get("email", ""), example="anh.tuyet@example.vn", autocomplete="email",
            ),
        ),
    )  # fmt: skip


@never_cache
@require_safe
@route(officers)
def posts(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    units = organisations.units_by_id({post.unit_id for post in actor.posts})
    absent = organisations.officers_by_id(
        {post.substituting_for for post in actor.posts if post.substituting_for}
    )
    rows = []
    for post in actor.posts:
        unit = units.get(post.unit_id)
        holder = absent.get(post.substituting_for) if post.substituting_for else None
        note = _("Thay %(name)s") % {"name": holder.full_name} if holder else ""
        rows.append(
            PostRow(
                unit=unit.name if unit else post.unit_code, role=ROLE_NAMES[post.role], note=note
            )
        )
    own = organisations.officers_by_id([actor.officer_id] if actor.officer_id else [])
    staff_no = next((officer.staff_no for officer in own.values()), "")
    empty = Empty(
        title=_("Bạn chưa giữ vị trí nào"),
        text=_("Quản trị viên của đơn vị giao vị trí cho bạn."),
    )
    model = PostsPage(name=actor.name, staff_no=staff_no, rows=tuple(rows), empty=empty)
    return page(request, "identity/posts.html", model)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(signed_in)
def tokens(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    if request.method != "POST":
        return page(request, "identity/tokens.html", _tokens_page(actor))
    name = request.POST.get("name", "").strip()
    if not name:
        error = FieldError(text=_("Bạn đặt tên cho mã để sau này còn nhận ra."), field="name")
        model = _tokens_page(actor, errors=(error,))
        return page(request, "identity/tokens.html", model, status=422)
    scopes = ["read", "write"] if request.POST.get("write") else ["read"]
    sandbox = bool(request.POST.get("sandbox"))
    wanted = request.POST.get("days", "")
    life = timedelta(days=int(wanted)) if wanted in LIVES else TOKEN_LIFE
    text = new_token_text(sandbox=sandbox)
    make_token(
        text, name=name, scopes=scopes, sandbox=sandbox, life=life, actor=actor, now=clock.now()
    )
    return page(request, "identity/tokens.html", _tokens_page(actor, made=text))


def _tokens_page(
    actor: Actor, *, made: str = "", errors: tuple[FieldError, ...] = ()
) -> TokensPage:
    held = accounts.tokens_of(actor, now=clock.now())
    return TokensPage(
        shell=_shell(actor),
        rows=tuple(_token_row(token) for token in held),
        empty=Empty(title=_("Bạn chưa có mã truy cập nào"), icon="key-round"),
        made=made,
        for_whom=actor.mandate.principal_name if actor.mandate else "",
        lives=tuple(Option(value=days, label=_days(int(days))) for days in LIVES),
        errors=errors,
    )


def _days(count: int) -> str:
    return ngettext("%(n)s ngày", "%(n)s ngày", count) % {"n": count}


def _token_row(token: TokenView) -> TokenRow:
    used = dates.moment(token.last_used_at) if token.last_used_at else _("Chưa dùng")
    may = _("Đọc và ghi") if "write" in token.scopes else _("Chỉ đọc")
    facts = (
        *((Fact(label=_("Làm thay"), value=token.for_whom),) if token.for_whom else ()),
        Fact(label=_("Môi trường"), value=_("Thử") if token.sandbox else _("Thật")),
        Fact(label=_("Quyền"), value=may),
        Fact(label=_("Dùng lần cuối"), value=used),
        Fact(label=_("Hết hạn"), value=dates.day(token.expires_at.date())),
    )
    return TokenRow(id=token.id, name=token.name, facts=facts)


@require_POST
@route(signed_in)
def revoke(request: HttpRequest, token_id: UUID) -> HttpResponseBase:
    revoke_token(token_id, actor=actor_of(request), now=clock.now())
    return redirect_after("/toi/ma-truy-cap")
