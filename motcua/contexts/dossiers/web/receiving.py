"""Nhận kết quả: on the telephone, at the desk with a code, or by post."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.receiving import choose_return
from motcua.contexts.dossiers.contracts import ReturnForm
from motcua.contexts.dossiers.contracts.receiving import (
    HANDOVER_WORDS,
    AddressMissing,
    HandoverView,
    PostAddress,
)
from motcua.contexts.dossiers.queries import receiving as queries
from motcua.contexts.dossiers.rules import receiving as rules
from motcua.contexts.dossiers.web import pages, typed
from motcua.contexts.dossiers.web.parcels import parcel_facts
from motcua.contexts.identity import public as identity
from motcua.contexts.post.contracts import ConsignmentKind
from motcua.kernel import clock, idempotency
from motcua.kernel.access import route, signed_in
from motcua.kernel.forms import raw_from_post
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates, words
from motcua.ui.parts import Fact, FieldError, Option, QuestionView
from motcua.ui.questions import Around, error_links, question_views
from motcua.ui.words import foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivingPage:
    """How one result comes. pickup: the code in fours, "" when no desk hands it out."""

    code: str
    back_url: str
    name: str
    language: str
    in_vietnamese: str
    pickup: str
    qr: str
    when: str
    facts: tuple[Fact, ...]
    parcels: tuple[Fact, ...]
    address_url: str
    forms: tuple[Option, ...]
    form: str
    changeable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressPage:
    """Where the post delivers: three questions and what it costs, told before."""

    title: str
    back_url: str
    cost: str
    questions: tuple[QuestionView, ...]
    errors: tuple[FieldError, ...]


def return_forms() -> tuple[Option, ...]:
    """The ways; what the post costs is told before it is chosen."""
    return (
        Option(value=ReturnForm.ELECTRONIC, label=_("Bản điện tử trong Ví giấy tờ")),
        Option(value=ReturnForm.COUNTER, label=_("Nhận bản giấy tại nơi tiếp nhận")),
        Option(
            value=ReturnForm.POST,
            label=_("Bản giấy gửi qua bưu chính công ích"),
            help=cost(),
        ),
    )


def cost() -> str:
    """A sentence without a figure: none is known that was compared with a source."""
    return _(rules.post().cost)


@never_cache
@route(signed_in)
def receiving(request: HttpRequest, code: str) -> HttpResponseBase:
    """The code of the desk, the way of the post, and the choice while it may be changed."""
    actor, now = actor_of(request), clock.now()
    url = f"/ho-so/{code}/nhan-ket-qua"
    if request.method == "POST":
        wanted = request.POST.get("return_form", "")
        form = ReturnForm(wanted) if wanted in set(ReturnForm) else ReturnForm.ELECTRONIC
        try:
            choose_return(code, form, actor=actor, now=now)
        except AddressMissing:
            return redirect_after(f"{url}/dia-chi")
        messages.success(request, _("Đã ghi cách bạn nhận kết quả."))
        return redirect_after(url)
    view = dossiers.dossier(code, actor, now=now)
    told = queries.handover_of(code, actor, now=now)
    model = ReceivingPage(
        code=code,
        back_url=f"/ho-so/{code}",
        name=pages.name_of(view.version),
        language=foreign() if not view.version.name_en else "",
        in_vietnamese=foreign(),
        pickup=words.in_fours(told.code) if told.code else "",
        qr=f"{code} {told.code}" if told.code else "",
        when=_when(told),
        facts=_facts(told),
        parcels=tuple(parcel_facts(code, ConsignmentKind.DELIVER)),
        address_url=f"{url}/dia-chi" if told.form is ReturnForm.POST and told.changeable else "",
        forms=return_forms(),
        form=told.form,
        changeable=told.changeable and actor.is_party(view.applicant_person_id),
    )
    return page(request, "dossiers/receiving.html", model)


def _when(told: HandoverView) -> str:
    if told.ended_at:
        return ""
    if told.form is ReturnForm.ELECTRONIC:
        return _("Kết quả có trong Ví giấy tờ ngay khi được ký.")
    if not told.ready:
        return _("Chưa có kết quả. Bạn nhận tin khi kết quả sẵn sàng.")
    if told.form is ReturnForm.COUNTER:
        return _("Kết quả đã ở quầy. Bạn đến nhận trong giờ làm việc.")
    return _("Quầy sẽ giao kết quả cho bưu chính.") if told.changeable else ""


def _facts(told: HandoverView) -> tuple[Fact, ...]:
    if told.form is ReturnForm.COUNTER:
        found = [Fact(label=_("Nơi nhận"), value=told.desk, language=foreign())]
        if told.desk_address:
            found.append(Fact(label=_("Địa chỉ"), value=told.desk_address, language=foreign()))
    elif told.form is ReturnForm.POST:
        found = [
            Fact(label=_("Bưu chính"), value=_(HANDOVER_WORDS[told.state])),
            Fact(label=_("Cước"), value=cost()),
            *_address_facts(told.address),
        ]
    else:
        return ()
    if told.tracking:
        found.append(Fact(label=_("Số hiệu bưu gửi"), value=told.tracking))
    if told.posted_at:
        moment = dates.city_moment(told.posted_at)
        found.append(Fact(label=_("Giao bưu chính lúc"), value=moment))
    if told.ended_at:
        found.append(Fact(label=_("Nhận lúc"), value=dates.city_moment(told.ended_at)))
    if told.taken_by:
        found.append(Fact(label=_("Người đã nhận"), value=told.taken_by, language=foreign()))
    return tuple(found)


def _address_facts(address: PostAddress | None) -> tuple[Fact, ...]:
    if address is None:
        return ()
    where = [address.street, dossiers.ward_name(address.ward)]
    old = dossiers.old_ward_name(address.old_ward)
    note = _("Trước là %(old)s") % {"old": old} if old else ""
    return (
        Fact(label=_("Người nhận"), value=address.recipient, language=foreign()),
        Fact(label=_("Số điện thoại"), value=address.phone),
        Fact(label=_("Nơi giao"), value=", ".join(where), note=note, language=foreign()),
    )


@never_cache
@route(signed_in)
def address(request: HttpRequest, code: str) -> HttpResponseBase:
    """After sending: where the post delivers; saving chooses the post."""
    actor, now = actor_of(request), clock.now()
    back = f"/ho-so/{code}/nhan-ket-qua"
    view = dossiers.dossier(code, actor, now=now)
    told = queries.handover_of(code, actor, now=now)
    given = given_address(request)
    if isinstance(given, PostAddress):
        choose_return(code, ReturnForm.POST, given, actor=actor, now=now)
        messages.success(request, _("Đã ghi nơi bưu chính giao kết quả."))
        return redirect_after(back)
    known = told.address or known_of(view.applicant_person_id)
    return _address_page(request, back, known, given)


@never_cache
@route(signed_in)
def draft_address(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """The same before sending."""
    actor, now = actor_of(request), clock.now()
    back = f"/nhap/{draft_id}/xem-lai"
    draft = dossiers.draft(draft_id, actor, now=now)
    given = given_address(request)
    if isinstance(given, PostAddress):
        with idempotency.using(""):
            dossiers.set_return_form(draft_id, ReturnForm.POST, given, actor=actor, now=now)
        return redirect_after(back)
    known = draft.post_address
    if known is None and draft.applicant_person_id:
        known = known_of(draft.applicant_person_id)
    return _address_page(request, back, known, given)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedAddress:
    """What cannot be taken yet, as it was typed."""

    raw: dict[str, object]
    errors: tuple[FieldError, ...]


def given_address(request: HttpRequest) -> PostAddress | TypedAddress | None:
    """What was sent: an address, or what cannot be one yet; None when nothing was sent."""
    if request.method != "POST":
        return None
    raw = raw_from_post(rules.QUESTIONS, dict(request.POST.lists()))
    place = raw.get("place")
    if isinstance(place, dict):
        raw["place"] = typed.with_new_ward(place)
    if "find" in request.POST:
        return TypedAddress(raw=raw, errors=())
    wards = {option.value for option in pages.ward_options(clock.now())}
    address, errors = rules.read_address(raw, wards)
    return address or TypedAddress(raw=raw, errors=error_links(errors))


def known_of(person_id: UUID) -> PostAddress:
    """What is known of a person, to be looked over."""
    person = identity.person(person_id)
    return PostAddress(
        recipient=person.full_name, phone=person.phone, ward=person.ward_code, street=""
    )


def _address_page(
    request: HttpRequest,
    back: str,
    known: PostAddress | None,
    given: TypedAddress | None,
) -> HttpResponseBase:
    errors = given.errors if given else ()
    model = AddressPage(
        title=rules.ADDRESS_FORM.pages[0].title_in(words.language()),
        back_url=back,
        cost=cost(),
        questions=address_questions(known, given),
        errors=errors,
    )
    return page(request, "dossiers/post_address.html", model, status=422 if errors else 200)


def address_questions(
    known: PostAddress | None, given: TypedAddress | None
) -> tuple[QuestionView, ...]:
    """The three questions of an address, with what is known or was typed."""
    values = given.raw if given else rules.answers_of(known) if known else {}
    around = Around(
        language=words.language(),
        errors={one.field: one.text for one in reversed(given.errors if given else ())},
        choices={"communes": pages.ward_options(clock.now())},
        became=pages.became_options,
        old_name=dossiers.old_ward_name,
    )
    return question_views(rules.QUESTIONS, values, around)
