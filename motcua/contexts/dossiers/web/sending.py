"""Bắt đầu, xem lại, nộp: the ends of the form."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.drafts import check_level
from motcua.contexts.dossiers.contracts import (
    AnswersIncomplete,
    DraftView,
    PapersMissing,
    ReturnForm,
)
from motcua.contexts.dossiers.contracts.receiving import AddressMissing
from motcua.contexts.dossiers.rules.known import ORGANISATION
from motcua.contexts.dossiers.rules.place import place_question
from motcua.contexts.dossiers.web import draft_pages, pages, receiving
from motcua.contexts.dossiers.web.helping import heading
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import FeeLine, VersionView
from motcua.contexts.procedures.contracts.exemptions import Exempted
from motcua.kernel import clock, idempotency
from motcua.kernel.access import route, signed_in
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.codes import WardCode
from motcua.kernel.forms import visible
from motcua.kernel.money import Money
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates, words
from motcua.ui.parts import Action, Fact, FieldError, Option
from motcua.ui.words import foreign

HOME_WARD = "26740"  # shown first to whom no register knows a home


@never_cache
@route(signed_in)
def begin(request: HttpRequest, code: str) -> HttpResponseBase:
    """What the registers will be asked, and where it goes; then the first question.

    Raises: AssuranceTooLow, before anything is typed or asked.
    """
    actor, now = actor_of(request), clock.now()
    check_level(actor)
    version = procedures.open_version(code, city_date(now))
    ward = request.POST.get("ward", "") or _home_ward(actor)
    if request.method != "POST" or not WardCode.parses(ward):
        return page(request, "dossiers/start.html", _start_page(version, actor, ward))
    agreed = request.POST.get("consent")  # silence is no consent
    begun = dossiers.begin_draft(
        code,
        ward_code=ward,
        actor=actor,
        now=now,
        ask_registers=agreed == "yes" or (agreed == "some" and "item" in request.POST),
        only=frozenset(request.POST.getlist("item")) if agreed == "some" else None,
    )
    return redirect_after(f"/nhap/{begun.draft_id}")


def _home_ward(actor: Actor) -> str:
    """Where the person lives, as far as the city knows."""
    known = identity.person(actor.party_id).ward_code if actor.party_id else ""
    return known or HOME_WARD


def _start_page(version: VersionView, actor: Actor, ward: str) -> draft_pages.StartPage:
    now, language = clock.now(), words.language()
    mine = dossiers.drafts_of(actor, now=now)
    named = place_question(version.form)
    is_body = bool(actor.party_id and identity.organisation(actor.party_id, now=now))
    return draft_pages.StartPage(
        title=pages.name_of(version),
        language=foreign() if not version.name_en else "",
        back_url=f"/thu-tuc/{version.procedure_code}",
        drafts=tuple(
            Action(
                label=_("Điền tiếp bản lưu %(moment)s") % {"moment": dates.city_moment(d.saved_at)},
                url=f"/nhap/{d.id}",
            )
            for d in mine
            if d.version.procedure_code == version.procedure_code
        ),
        known=tuple(
            Option(value=q.key, label=q.label_in(language))
            for q in version.form.questions()
            if q.prefill and (is_body or not q.prefill.startswith(f"{ORGANISATION}."))
        ),
        wards=() if named else pages.ward_options(now),
        ward=ward,
    )


@never_cache
@route(signed_in)
def check(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """Everything on one page; sending names the act and the money."""
    actor, now = actor_of(request), clock.now()
    errors: tuple[FieldError, ...] = ()
    if request.method == "POST":
        try:
            _keep_choices(request, draft_id)
            if "choose" not in request.POST:
                receipt = dossiers.submit_draft(draft_id, actor=actor, now=now)
                return redirect_after(_slip_url(actor, receipt.code))
        except AddressMissing:
            return redirect_after(f"/nhap/{draft_id}/nhan-ket-qua")
        except (AnswersIncomplete, PapersMissing) as refusal:
            errors = _refused(refusal)
    draft = dossiers.draft(draft_id, actor, now=now)
    status = 422 if errors else 200
    return page(request, "dossiers/check.html", _check_page(draft, errors, actor), status=status)


def _slip_url(actor: Actor, code: str) -> str:
    """The applicant's receipt; at the counter the slip to print."""
    return f"/quay/ho-so/{code}" if actor.is_officer else f"/ho-so/{code}/da-nop"


def _refused(refusal: AnswersIncomplete | PapersMissing) -> tuple[FieldError, ...]:
    """Every sentence with its question, where the refusal names them."""
    named = refusal.facts.get("errors")
    if isinstance(named, tuple):
        return tuple(FieldError(text=e.message, field=e.path) for e in named)
    return (FieldError(text=refusal.message, field=refusal.field or ""),)


def _keep_choices(request: HttpRequest, draft_id: UUID) -> None:
    """How the result comes and which desk receives: setting the same again changes nothing."""
    actor, now = actor_of(request), clock.now()
    wanted = request.POST.get("return_form", "")
    desk = request.POST.get("desk", "")
    chosen = UUID(desk) if _is_id(desk) else None
    sent = dossiers.sent_as(draft_id, actor, now=now)
    if sent:
        return
    draft = dossiers.draft(draft_id, actor, now=now)
    with idempotency.using(""):
        if wanted in set(ReturnForm) and draft.return_form != wanted:
            dossiers.set_return_form(draft_id, ReturnForm(wanted), actor=actor, now=now)
        if draft.receiving_unit_id != chosen:
            dossiers.set_desk(draft_id, chosen, actor=actor, now=now)


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _check_page(
    draft: DraftView, errors: tuple[FieldError, ...], actor: Actor
) -> draft_pages.CheckPage:
    now, url = clock.now(), f"/nhap/{draft.id}"
    lacking = dict(dossiers.missing_of(draft, now=now))
    found, notice = dossiers.exempted_fees(draft, actor, now=now)
    if lacking:
        errors = tuple(FieldError(text=text, field=key) for key, text in lacking.items())
    wrong = {error.field.split(".")[0]: error.text for error in errors}
    shown = visible(draft.version.form, draft.answers, today=city_date(now))
    return draft_pages.CheckPage(
        title=_("Xem lại trước khi nộp"),
        back_url=f"{url}/giay-to",
        procedure=heading(draft, actor),
        language=foreign() if not draft.version.name_en else "",
        sections=tuple(
            draft_pages.Section(
                title=p.title_in(words.language()),
                rows=draft_pages.answer_rows(p, draft, f"{url}/trang/{p.key}", wrong),
            )
            for p in shown
        ),
        papers=draft_pages.sent_papers(draft),
        papers_url=f"{url}/giay-to",
        fees=tuple(
            row for pair in zip(found.lines, found.reliefs, strict=True) for row in _fee_rows(*pair)
        ),
        exemption=tuple(_exemption(found, notice, now)),
        promise=dossiers.promise(draft, now=now),
        promise_language=foreign(),
        decides=_decides(draft),
        receives=dossiers.desk_name(draft, now=now),
        desks=_desks(),
        desk=str(draft.receiving_unit_id or ""),
        return_forms=receiving.return_forms(),
        return_form=draft.return_form,
        post_address=_post_address(draft),
        post_address_url=f"{url}/nhan-ket-qua",
        button=_button(found.total),
        ready=not lacking,
        errors=errors,
    )


def _decides(draft: DraftView) -> str:
    """The commune whose committee decides; "" for what the city decides as a whole."""
    if "COMMUNE" not in draft.version.levels:
        return ""
    return dossiers.ward_name(draft.competent_ward)


def _desks() -> tuple[Option, ...]:
    usual = Option(value="", label=_("Quầy của nơi giải quyết"))
    open_desks = organisations.one_stop_desks(city_date(clock.now()))
    return (usual, *(Option(value=str(desk.id), label=desk.name) for desk in open_desks))


def _post_address(draft: DraftView) -> str:
    """Where the post delivers; "" while nobody said."""
    told = draft.post_address
    if told is None or draft.return_form is not ReturnForm.POST:
        return ""
    return ", ".join((told.recipient, told.street, dossiers.ward_name(told.ward)))


def _fee_rows(line: FeeLine, off: Money) -> Iterator[Fact]:
    if line.amount is None:
        unknown = line.text or _("Cán bộ báo số tiền trước khi thu")
        yield Fact(label=gettext(line.label), value=unknown)
        return
    value = line.amount.vnd() if line.amount else _("Không thu")
    yield Fact(label=gettext(line.label), value=value)
    if off:
        yield Fact(label=_("Được miễn, giảm"), value=f"−{off.vnd()}")


def _exemption(found: Exempted, notice: str, now: datetime) -> Iterator[str]:
    yield from procedures.exemption_said(found)
    if notice:
        yield gettext(notice)
    if not found.chosen:
        possible = procedures.possible_exemptions(found.lines, on=city_date(now))
        yield from procedures.possible_said(possible)


def _button(total: Money) -> str:
    if not total:
        return _("Nộp hồ sơ")
    return _("Nộp hồ sơ và trả %(amount)s") % {"amount": words.vnd(total)}


@route(signed_in)
def drop(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """POST: throw the draft away."""
    if request.method == "POST":
        dossiers.drop_draft(draft_id, actor=actor_of(request), now=clock.now())
        return redirect_after("/ho-so")
    return redirect_after(f"/nhap/{draft_id}")
