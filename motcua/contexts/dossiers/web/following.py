"""Theo dõi: one's dossiers, the tracker, and everything an applicant does after sending."""

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    AnswersIncomplete,
    DossierView,
    GivenPaper,
    NothingAsked,
    NothingSupplied,
    StatusNotAllowed,
    Supply,
)
from motcua.contexts.dossiers.rules import reviews as review_rules
from motcua.contexts.dossiers.web import (
    dossier_pages,
    lacking,
    pages,
    reviewing,
    tracker_parts,
    visiting,
)
from motcua.contexts.dossiers.web.bringing import brought
from motcua.kernel import clock, exports, idempotency
from motcua.kernel.access import route, signed_in
from motcua.kernel.errors import DomainError, Invalid
from motcua.kernel.forms import raw_from_post
from motcua.kernel.web import actor_of, as_file, page, redirect_after
from motcua.ui import dates, words
from motcua.ui.parts import (
    Action,
    Chip,
    Confirmation,
    Empty,
    Fact,
    FieldError,
    Pager,
    QuestionView,
    Tone,
)
from motcua.ui.questions import Around, question_views
from motcua.ui.words import foreign


@never_cache
@route(signed_in)
def mine(request: HttpRequest) -> HttpResponseBase:
    """What waits for the reader, open drafts, then the rest, newest first."""
    actor, now = actor_of(request), clock.now()
    before = request.GET.get("truoc", "")
    found = dossiers.mine(actor, now=now, before=before)
    drafts = () if before else dossiers.drafts_of(actor, now=now)
    make = dossier_pages.mine_task
    model = dossier_pages.MinePage(
        turns=tuple(make(line) for line in found.lines if line.your_turn),
        drafts=tuple(dossier_pages.draft_task(d) for d in drafts),
        tasks=tuple(make(line) for line in found.lines if not line.your_turn),
        empty=Empty(
            title=_("Bạn chưa có hồ sơ nào"),
            text=_("Hồ sơ bạn nộp và bản nháp nằm ở đây."),
            action=Action(label=_("Tìm thủ tục"), url="/thu-tuc", kind="primary"),
        ),
        pager=Pager(older_url=f"/ho-so?truoc={found.older}") if found.older else None,
    )
    return page(request, "dossiers/mine.html", model)


def _view(request: HttpRequest, code: str) -> DossierView:
    return dossiers.dossier(code, actor_of(request), now=clock.now())


@never_cache
@route(signed_in)
def tracker(request: HttpRequest, code: str) -> HttpResponseBase:
    """Where it is, whose turn it is, when it is due and why."""
    return _tracker(request, _view(request, code))


def _tracker(
    request: HttpRequest,
    view: DossierView,
    *,
    typed: str = "",
    errors: tuple[FieldError, ...] = (),
) -> HttpResponseBase:
    attached = [file_id for message in view.messages for file_id in message.file_ids]
    files = documents.files_by_id(attached) if attached else {}
    model = dossier_pages.tracker_page(
        view,
        now=clock.now(),
        files=files,
        looks=dossiers.looks_of(view.code, actor_of(request), now=clock.now()),
        review=reviewing.part(view, actor_of(request)),
        visits=visiting.cards_of(view),
        typed=typed,
        errors=errors,
    )
    status = 422 if errors else 200
    return page(request, "dossiers/tracker.html", model, status=status)


@never_cache
@route(signed_in)
def receipt(request: HttpRequest, code: str) -> HttpResponseBase:
    """Right after sending: code, secret, every file with its size, the due date explained."""
    view = _view(request, code)
    given = dossiers.receipt(code, actor_of(request), now=clock.now())
    follow = Action(label=_("Theo dõi hồ sơ"), url=f"/ho-so/{code}", kind="primary")
    pay = dossier_pages.pay_action(view)
    actions = (pay, Action(label=follow.label, url=follow.url)) if pay else (follow,)
    told = Action(label=_("Nhận tin ngay trên máy này"), url="/thong-bao/cai-dat", kind="quiet")
    steps = [
        given.due_sentence,
        _("Bạn nhận tin nhắn khi hồ sơ được tiếp nhận, cần bạn gửi thêm, hoặc có kết quả."),
    ]
    if pay:
        steps.insert(0, _("Bạn trả phí ngay bây giờ hoặc sau, trước khi nhận kết quả."))
    model = dossier_pages.ReceiptPage(
        confirmation=Confirmation(
            title=_("Bạn đã nộp hồ sơ"),
            code=code,
            code_label=_("Mã hồ sơ"),
            text=pages.name_of(view.version),
            qr=dossiers.track_url(code),
            facts=(
                Fact(label=_("Nộp lúc"), value=dates.city_moment(given.submitted_at)),
                Fact(label=_("Nơi tiếp nhận"), value=view.receiving_unit, language=foreign()),
                Fact(label=_("Cơ quan giải quyết"), value=view.competent_unit, language=foreign()),
                Fact(label=_("Mã tra cứu"), value=given.secret),
                *dossier_pages.chain_facts(view),
                *dossier_pages.proof_facts(code),
            ),
            next_title=_("Việc tiếp theo"),
            next_steps=tuple(steps),
            actions=(*actions, told),
        ),
        papers=tuple(
            dossier_pages.paper_row(view, p, with_hash=True) for p in dossier_pages.in_order(view)
        ),
        in_vietnamese=foreign(),
    )
    return page(request, "dossiers/receipt.html", model)


@never_cache
@route(signed_in)
def proof(request: HttpRequest, code: str) -> HttpResponseBase:
    """The proof that the ledger holds the submission: a file that needs no trust in us."""
    found = dossiers.submission_proof(code, actor_of(request), now=clock.now())
    answer = HttpResponse(exports.as_text(found), content_type="application/json")
    return as_file(answer, f"bang-chung-{code}.json")


@never_cache
@route(signed_in)
def supply(request: HttpRequest, code: str) -> HttpResponseBase:
    """Answer a supplement request: per paper what is wrong and how to mend it."""
    view = _view(request, code)
    if view.open_supplement is None:
        raise NothingAsked
    errors: dict[str, str] = {}
    if request.method == "POST":
        papers, errors = _kept(request, view)
        if not errors:
            errors = _supplied(request, view, papers)
            if not errors:
                return redirect_after(f"/ho-so/{code}")
    model = _supply_page(
        view,
        errors,
        typed=_typed(request, view) if request.method == "POST" else {},
        note=request.POST.get("note", ""),
        for_another=not actor_of(request).is_party(view.applicant_person_id),
    )
    return page(request, "dossiers/supply.html", model, status=422 if errors else 200)


def _supplied(
    request: HttpRequest, view: DossierView, papers: tuple[GivenPaper, ...]
) -> dict[str, str]:
    """Send it; what was refused, by item."""
    assert view.open_supplement is not None
    command = Supply(
        code=view.code,
        papers=papers,
        answers=_changed(_typed(request, view), view),
        note=request.POST.get("note", ""),
        person_present=_person_present(request),
    )
    try:
        dossiers.supply(command, actor=actor_of(request), now=clock.now())
    except NothingSupplied as refusal:
        return {view.open_supplement.items[0].key: refusal.message}
    except AnswersIncomplete as refusal:
        named = refusal.facts.get("errors")
        wrong = named if isinstance(named, tuple) else ()
        return {one.path: one.message for one in wrong} or {"": refusal.message}
    return {}


def _typed(request: HttpRequest, view: DossierView) -> dict[str, object]:
    return raw_from_post(lacking.asked_questions(view), dict(request.POST.lists()))


def _changed(typed: Mapping[str, object], view: DossierView) -> dict[str, object]:
    """Without the answers that stand as they were."""
    shown = {one.key: one for one in _questions(view, view.answers, {})}
    again = {one.key: one for one in _questions(view, typed, {})}
    return {key: value for key, value in typed.items() if again[key] != shown[key]}


def _questions(
    view: DossierView, values: Mapping[str, object], errors: Mapping[str, str]
) -> tuple[QuestionView, ...]:
    around = Around(
        language=words.language(),
        errors=errors,
        choices={"communes": pages.ward_options(clock.now())},
        became=pages.became_options,
        found_anywhere=pages.anywhere_options,
        old_name=dossiers.old_ward_name,
        ward_name=dossiers.ward_name,
        file_url=lambda file: f"/giay-to/tep/{file}",
    )
    return question_views(lacking.asked_questions(view), values, around)


def _supply_page(
    view: DossierView,
    errors: dict[str, str],
    *,
    typed: Mapping[str, object],
    note: str,
    for_another: bool,
) -> dossier_pages.SupplyPage:
    asked = view.open_supplement
    assert asked is not None
    keys = {item.component_key for item in asked.items}
    who = {"who": asked.asked_by or _("Cán bộ"), "day": pages.on_day(asked.asked_at)}
    until = {"day": pages.on_day(asked.answer_by)} if asked.answer_by else None
    questions = {one.key: one for one in _questions(view, {**view.answers, **typed}, errors)}
    return dossier_pages.SupplyPage(
        code=view.code,
        title=_("Gửi thêm giấy tờ"),
        back_url=f"/ho-so/{view.code}",
        intro=_("%(who)s hỏi ngày %(day)s. Các giấy tờ khác đã được nhận, bạn không gửi lại.")
        % who,
        answer_by=_("Bạn gửi trước ngày %(day)s.") % until if until else "",
        effect=tracker_parts.effect(view),
        in_vietnamese=foreign(),
        limit=settings.MAX_UPLOAD_BYTES,
        items=tuple(
            _asked_item(one, questions.get(one.key), errors)
            for one in lacking.lacking(view, asked.items, mending=False)
        ),
        accepted=tuple(
            dossier_pages.paper_row(view, p)
            for p in dossier_pages.in_order(view)
            if p.component_key not in keys
        ),
        note=note,
        for_another=for_another,
        errors=tuple(
            FieldError(text=text, field=key if key in questions else f"p.{key}" if key else "")
            for key, text in errors.items()
        ),
    )


def _asked_item(
    one: lacking.Lacking, question: QuestionView | None, errors: Mapping[str, str]
) -> dossier_pages.AskedItem:
    label = _("Cần sửa") if question else _("Cần gửi")
    return dossier_pages.AskedItem(
        lacking=one,
        state=Chip(label=label, tone=Tone.TURN, icon="hand"),
        error=errors.get(one.key, ""),
        question=question,
    )


def _person_present(request: HttpRequest) -> bool:
    """A receiver says that the applicant is at the desk and asks for this."""
    return request.POST.get("person_present") == "yes"


def _kept(request: HttpRequest, view: DossierView) -> tuple[tuple[GivenPaper, ...], dict[str, str]]:
    """Keep every file that came; refusals by paper."""
    kept: list[GivenPaper] = []
    errors: dict[str, str] = {}
    for one in brought(request):
        try:
            with idempotency.using(""):
                file = one.keep(
                    by=actor_of(request),
                    now=clock.now(),
                    owner_person_id=view.applicant_person_id,
                )
        except DomainError as refusal:
            errors[one.key] = f"{one.name}: {refusal.message}"
        else:
            kept.append(GivenPaper(component_key=one.key, file_id=file.id))
    return tuple(kept), errors


@never_cache
@route(signed_in)
def withdraw(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask first, then withdraw."""
    view = _view(request, code)
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        dossiers.withdraw(
            code,
            reason,
            person_present=_person_present(request),
            actor=actor_of(request),
            now=clock.now(),
        )
        return redirect_after(f"/ho-so/{code}")
    if not view.can_withdraw:
        raise StatusNotAllowed(_("Hồ sơ này không rút được nữa. Bạn xem lý do ở trang theo dõi."))
    model = dossier_pages.WithdrawPage(
        code=code,
        name=pages.name_of(view.version),
        language=foreign() if not view.version.name_en else "",
        back_url=f"/ho-so/{code}",
    )
    return page(request, "dossiers/withdraw.html", model)


@never_cache
@route(signed_in)
def message(request: HttpRequest, code: str) -> HttpResponseBase:
    """POST: write in the thread, with files; what was typed survives a refused file."""
    if request.method == "POST":
        view, text = _view(request, code), request.POST.get("text", "")
        try:
            ids = _attached(request, view)
            dossiers.send_message(code, text, ids, actor=actor_of(request), now=clock.now())
        except Invalid as refusal:
            errors = (FieldError(text=refusal.message),)
            return _tracker(request, view, typed=text, errors=errors)
    return redirect_after(f"/ho-so/{code}#trao-doi")


def _attached(request: HttpRequest, view: DossierView) -> tuple[UUID, ...]:
    """Keep the files of a message. Raises: as `documents.keep_upload`."""
    actor, now = actor_of(request), clock.now()
    ids = []
    for one in brought(request):
        with idempotency.using(""):
            kept = one.keep(by=actor, now=now, owner_person_id=view.applicant_person_id)
        ids.append(kept.id)
    return tuple(ids)


@route(signed_in)
def rate(request: HttpRequest, code: str) -> HttpResponseBase:
    """POST: one tap, then one optional line; the unhappy land where they can ask for a review."""
    place = "cham-diem"
    if request.method == "POST":
        stars = request.POST.get("stars", "")
        number = int(stars) if stars.isdecimal() and len(stars) == 1 else 0
        comment = request.POST.get("comment", "")[:500]
        dossiers.rate(code, number, comment, actor=actor_of(request), now=clock.now())
        place = "xem-lai" if number <= review_rules.rule().stars else place
    return redirect_after(f"/ho-so/{code}#{place}")
