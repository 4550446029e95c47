"""Trang đánh giá tác động: where each activity stands, a draft to weigh and sign, the sending."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.contexts.privacy.actions import impacts as actions
from motcua.contexts.privacy.actions.papers import office
from motcua.contexts.privacy.contracts import ImpactMalformed, Level, Risk, SignImpact, Weighed
from motcua.contexts.privacy.queries import impacts as queries
from motcua.contexts.privacy.queries.impacts import Signed, Standing
from motcua.contexts.privacy.rules import impacts as rules
from motcua.contexts.privacy.rules.words import CAUSES, LEVELS
from motcua.contexts.privacy.web import words
from motcua.contexts.privacy.web.room import GUARDS, ROOM, crumbs, list_page
from motcua.kernel import clock
from motcua.kernel.access import route
from motcua.kernel.clock import city_date
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.web import actor_of, page, redirect_after
from motcua.ui import dates
from motcua.ui.parts import Alert, Cell, Chip, Crumb, Fact, FieldError, FileRow, Option, Tone

URL = f"{ROOM}/danh-gia"
TITLE = "Đánh giá tác động"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """One risk to weigh, with what was typed or what the data suggest."""

    key: str
    name: str
    harm: str
    likelihood: str
    severity: str
    measures: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactPage:
    title: str
    standing: Alert
    facts: tuple[Fact, ...]
    fields: tuple[Fact, ...]
    risks: tuple[RiskRow, ...]
    levels: tuple[Option, ...]
    conclusion: str
    content_print: str
    versions: tuple[FileRow, ...]
    to_send: bool
    url: str
    law: str
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...]


@never_cache
@require_safe
@route(GUARDS)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Every activity, what is due first at the top."""
    now = clock.now()
    found = queries.standings(actor_of(request), now=now)
    terms = rules.terms()
    note = (
        f"Gửi A05 trong {terms.days_after_start} ngày từ khi bắt đầu, cập nhật mỗi "
        f"{terms.months_between} tháng, hoặc {terms.days_after_change} ngày sau khi thay đổi "
        f"{words.UNVERIFIED}."
    )
    model = list_page(
        TITLE,
        ("Hoạt động", "Lần đã ký", "Việc phải làm", "Hạn gửi A05", "Trạng thái"),
        tuple(_row(one, city_date(now)) for one in found),
        empty="Sổ xử lý chưa có hoạt động nào",
        note=note,
    )
    return page(request, "privacy/list.html", model)


def _row(one: Standing, today: date) -> tuple[Cell, ...]:
    newest = one.versions[0] if one.versions else None
    signed = f"lần {newest.version}, {words.day(newest.signed_at)}" if newest else "chưa ký"
    return (
        Cell(text=one.activity.name, url=f"{URL}/{one.activity.key}"),
        Cell(text=signed),
        Cell(text=", ".join(CAUSES[owed.cause] for owed in one.owed)),
        Cell(text=dates.day(one.due_on) if one.due_on else ""),
        Cell(text="", chip=_chip(one, today)),
    )


def _chip(one: Standing, today: date) -> Chip:
    if one.due_on is not None:
        left = (one.due_on - today).days
        if left < 0:
            return Chip(label=f"Trễ {-left} ngày", tone=Tone.LATE, icon="clock-alert")
        return Chip(label=f"Còn {left} ngày", tone=Tone.TURN, icon="clock")
    if one.stale:
        return Chip(label="Đã lỗi thời", tone=Tone.TURN, icon="refresh-cw")
    if one.versions and one.versions[0].sent_at is None:
        return Chip(label="Đã ký, chưa gửi", tone=Tone.TURN, icon="send")
    if one.versions:
        return Chip(label="Đã gửi A05", tone=Tone.OK, icon="circle-check")
    return Chip(label="Chưa có", tone=Tone.TURN, icon="file-pen")


@never_cache
@require_safe
@route(GUARDS)
def show(request: HttpRequest, activity_key: str) -> HttpResponseBase:
    """One activity: the draft to weigh, what was signed and sent. Raises: ImpactNotFound."""
    return _show(request, activity_key)


def _show(
    request: HttpRequest, key: str, refusal: Invalid | Conflict | None = None
) -> HttpResponseBase:
    one = queries.standing(key, actor_of(request), now=clock.now())
    errors = (FieldError(text=refusal.message, field=refusal.field or ""),) if refusal else ()
    status = int(refusal.kind) if refusal else 200
    return page(request, "privacy/impact.html", _impact_page(one, request, errors), status=status)


def _impact_page(one: Standing, request: HttpRequest, errors: tuple[FieldError, ...]) -> ImpactPage:
    now, told = clock.now(), rules.draft(one.activity)
    chip = _chip(one, city_date(now))
    return ImpactPage(
        title=f"{TITLE}: {one.activity.name}",
        standing=Alert(title=chip.label, text=_said(one), tone=chip.tone, icon=chip.icon),
        facts=tuple(
            Fact(label=label, value=value)
            for label, value in actions.content_lines(told, office(now).name)
        ),
        fields=tuple(Fact(label=label, value=value) for label, value in actions.table_lines(told)),
        risks=tuple(_risk(risk, request) for risk in rules.risks_of(one.activity)),
        levels=tuple(Option(value=level, label=name) for level, name in LEVELS.items()),
        conclusion=request.POST.get("conclusion", ""),
        content_print=rules.print_of(told),
        versions=tuple(_version(signed) for signed in one.versions),
        to_send=bool(one.versions) and one.versions[0].sent_at is None,
        url=f"{URL}/{one.activity.key}",
        law=f"{rules.terms().law} {words.UNVERIFIED}",
        crumbs=(*crumbs(TITLE)[:1], Crumb(label=TITLE, url=URL), Crumb(label=one.activity.name)),
        errors=errors,
    )


def _said(one: Standing) -> str:
    owed = [f"{CAUSES[o.cause]}: gửi A05 trước {dates.day(o.due_on)}." for o in one.owed]
    if one.stale:
        owed.append("Trường, nơi nhận hoặc thời hạn giữ đã đổi từ lần ký trước.")
    return " ".join(owed)


def _risk(risk: Risk, request: HttpRequest) -> RiskRow:
    typed = request.POST
    return RiskRow(
        key=risk.key,
        name=risk.name,
        harm=risk.harm,
        likelihood=typed.get(f"likelihood-{risk.key}", risk.likelihood),
        severity=typed.get(f"severity-{risk.key}", risk.severity),
        measures=typed.get(f"measures-{risk.key}", risk.measures),
    )


def _version(one: Signed) -> FileRow:
    sent = "chưa gửi"
    if one.sent_at is not None and one.answer_due is not None:
        until = dates.day(one.answer_due)
        sent = f"gửi {words.day(one.sent_at)}, {one.proof}; A05 xem xét đến {until}"
    signed = f"ký {dates.city_moment(one.signed_at)} {one.signer}".strip()
    return FileRow(name=f"Lần {one.version}", url=one.url, note=f"{signed}; {sent}")


@never_cache
@require_POST
@route(GUARDS)
def sign(request: HttpRequest, activity_key: str) -> HttpResponseBase:
    """Sign what was read and weighed. Raises: ImpactNotFound."""
    queries.activity(activity_key)
    try:
        actions.sign(_command(request, activity_key), actor=actor_of(request), now=clock.now())
    except (Invalid, Conflict) as refusal:
        return _show(request, activity_key, refusal)
    messages.success(request, "Đã ký. Bạn tải bản PDF và gửi A05.")
    return redirect_after(f"{URL}/{activity_key}")


def _command(request: HttpRequest, key: str) -> SignImpact:
    """Raises: ImpactMalformed."""
    return SignImpact(
        activity=key,
        risks=tuple(_weighed(risk, request) for risk in rules.risks_of(queries.activity(key))),
        conclusion=request.POST.get("conclusion", ""),
        seen_print=request.POST.get("print", ""),
    )


def _weighed(risk: Risk, request: HttpRequest) -> Weighed:
    return Weighed(
        key=risk.key,
        likelihood=_level(request, f"likelihood-{risk.key}"),
        severity=_level(request, f"severity-{risk.key}"),
        measures=request.POST.get(f"measures-{risk.key}", ""),
    )


def _level(request: HttpRequest, name: str) -> Level:
    typed = request.POST.get(name, "")
    if typed not in LEVELS:
        raise ImpactMalformed(field=name)
    return Level(typed)


@never_cache
@require_POST
@route(GUARDS)
def sent(request: HttpRequest, activity_key: str) -> HttpResponseBase:
    """The authority has it. Raises: ImpactNotFound."""
    proof = request.POST.get("proof", "")
    queries.activity(activity_key)
    try:
        actions.mark_sent(activity_key, proof=proof, actor=actor_of(request), now=clock.now())
    except (Invalid, Conflict) as refusal:
        return _show(request, activity_key, refusal)
    messages.success(request, "Đã ghi việc gửi A05.")
    return redirect_after(f"{URL}/{activity_key}")
