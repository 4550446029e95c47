"""Trang trực cảnh báo: one officer writes, another reads it all and releases."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.alerts.actions import drafting, releasing
from motcua.contexts.alerts.contracts import (
    LANGUAGES,
    AlertMalformed,
    AlertView,
    Certainty,
    DraftAlert,
    Kind,
    OwnDraft,
    Severity,
    State,
    Status,
    Urgency,
)
from motcua.contexts.alerts.policies import RELEASERS, WRITERS, may_release_for, may_write_for
from motcua.contexts.alerts.queries import alerts, life
from motcua.contexts.alerts.rules.templates import TEXTS, Template, templates
from motcua.contexts.alerts.web import office, saying
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.access import actor_of, roles, route
from motcua.kernel.actors import Actor
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.errors import Conflict, DomainError, Forbidden, Invalid
from motcua.kernel.limits import SIGN_INS
from motcua.kernel.text import whole
from motcua.kernel.web import page, redirect_after, uuid_of
from motcua.ui.parts import FieldError

T = TypeVar("T")
WATCH = roles(*WRITERS)
REFUSED = (Invalid, Conflict, Forbidden)


@never_cache
@require_safe
@route(WATCH)
def listed(request: HttpRequest) -> HttpResponseBase:
    """What waits for a second person first."""
    actor, now = actor_of(request), clock.now()
    drafts = alerts.drafts(actor, now=now)
    released = alerts.released(actor, now=now)[: alerts.PAGE]
    return page(request, "alerts/watch.html", office.watch_page(drafts, released, now=now))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(WATCH)
def write(request: HttpRequest) -> HttpResponseBase:
    """From a template, or `?cap-nhat=`, `?huy=` of a released alert. Raises: AlertNotFound."""
    actor, now = actor_of(request), clock.now()
    if request.method != "POST":
        typed, wards = _beginning(request, actor, now)
        return _form(request, typed, wards)
    try:
        code = drafting.draft(_command(request), actor=actor, now=now).code
    except REFUSED as refusal:
        return _form(request, _typed(request), request.POST.getlist("wards"), refusal)
    messages.success(request, "Đã lưu. Người khác có quyền phát kiểm tra rồi phát.")
    return redirect_after(f"{office.HERE}/{code}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(WATCH)
def rewrite(request: HttpRequest, alert_code: str) -> HttpResponseBase:
    """Change a draft. Raises: AlertNotFound."""
    actor, now = actor_of(request), clock.now()
    one = alerts.one(alert_code, actor, now=now)
    if request.method != "POST":
        typed = {**office.typed_of(one), "version": str(one.version), "kind": one.kind.value}
        return _form(request, typed, one.wards, url=f"{office.HERE}/{one.code}/sua")
    try:
        command, version = _command(request), _version(request)
        drafting.revise(one.code, command, seen_version=version, actor=actor, now=now)
    except REFUSED as refusal:
        typed, wards = _typed(request), request.POST.getlist("wards")
        return _form(request, typed, wards, refusal, url=f"{office.HERE}/{one.code}/sua")
    return redirect_after(f"{office.HERE}/{one.code}")


@never_cache
@require_safe
@route(WATCH)
def review(request: HttpRequest, alert_code: str) -> HttpResponseBase:
    """The whole message, who did what with it, and the way on. Raises: AlertNotFound."""
    return _review(request, alert_code)


@never_cache
@sensitive_post_parameters("code")
@require_POST
@route(WATCH, limit=SIGN_INS)
def release(request: HttpRequest, alert_code: str) -> HttpResponseBase:
    """The second person proves who they are, and the alert is public. Raises: AlertNotFound."""
    actor, now = actor_of(request), clock.now()
    try:
        _check_may_release(alerts.one(alert_code, actor, now=now), actor, now)
        proven = identity.proved_anew(request, now=now)
        version = _version(request)
        releasing.release(alert_code, seen_version=version, actor=proven, now=now)
    except DomainError as refusal:
        return _review(request, alert_code, refusal)
    messages.success(request, "Đã phát. Mọi trang hiện cảnh báo trong một giây.")
    return redirect_after(f"{office.HERE}/{alert_code}")


@require_POST
@route(WATCH)
def discard(request: HttpRequest, alert_code: str) -> HttpResponseBase:
    """Throw the draft away. Raises: AlertNotFound, AlertChanged."""
    version = _version(request)
    drafting.discard(alert_code, seen_version=version, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã bỏ bản soạn.")
    return redirect_after(office.HERE)


def _review(
    request: HttpRequest, code: str, refusal: DomainError | None = None
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    one = alerts.one(code, actor, now=now)
    errors = (FieldError(text=refusal.message, field="code"),) if refusal else ()
    why_not = _why_not(one, actor, now)
    may_release = one.state is State.DRAFT and not why_not
    model = office.review_page(
        one,
        life.of(one.code, actor, now=now),
        *errors,
        why_not=why_not,
        proof=identity.ways_to_prove(request) if may_release else None,
        may_change=may_write_for(actor, one.wards),
        now=now,
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "alerts/review.html", model, status=status)


def _check_may_release(one: AlertView, actor: Actor, now: datetime) -> None:
    """Before a code is used up. Raises: OwnDraft, Forbidden."""
    reason = _why_not(one, actor, now)
    if reason:
        raise Forbidden(reason)


def _why_not(one: AlertView, actor: Actor, now: datetime) -> str:
    """Why this officer does not release this draft; empty when they may."""
    if life.wrote(one.code, actor, now=now):
        return str(OwnDraft.sentence)
    if not actor.has(*RELEASERS) or not may_release_for(actor, one.wards):
        return "Lãnh đạo ký của phường phát cho phường mình, lãnh đạo Thành phố phát cho mọi nơi."
    return ""


# The form


def _beginning(
    request: HttpRequest, actor: Actor, now: datetime
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Raises: AlertNotFound."""
    for name, kind in (("cap-nhat", Kind.UPDATE), ("huy", Kind.CANCEL)):
        code = request.GET.get(name, "")
        if code:
            one = alerts.public_one(code, actor, now=now)
            typed = office.cancelling(one) if kind is Kind.CANCEL else office.typed_of(one)
            return {**typed, "kind": kind.value, "replaces": code}, one.wards
    wanted = templates().get(request.GET.get("mau", ""), next(iter(templates().values())))
    own = [code for code, _name in _wards(actor)]
    units = _units(actor)
    unit = {"unit": units[0][0]} if len(units) == 1 else {}
    return {**_of_template(wanted), **unit}, tuple(own) if len(own) == 1 else ()


def _of_template(one: Template) -> dict[str, str]:
    texts = {f"{name}_{said}": one.texts[said][name] for said in LANGUAGES for name in TEXTS}
    return {
        **texts,
        "template": one.key,
        "status": Status.ACTUAL.value,
        "urgency": one.urgency.value,
        "severity": one.severity.value,
        "certainty": one.certainty.value,
        "hours": str(one.hours),
        "contact": "1022",
    }


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.POST.items() if name != "wards"}


def _form(
    request: HttpRequest,
    typed: dict[str, str],
    chosen: tuple[str, ...] | list[str],
    refusal: DomainError | None = None,
    *,
    url: str = f"{office.HERE}/soan",
) -> HttpResponseBase:
    actor = actor_of(request)
    errors = (FieldError(text=refusal.message, field=refusal.field or ""),) if refusal else ()
    kind = Kind(typed.get("kind") or Kind.ALERT) if typed.get("kind") in set(Kind) else Kind.ALERT
    model = office.draft_page(
        saying.KINDS[kind],
        url,
        typed,
        chosen,
        *errors,
        wards=_wards(actor),
        units=_units(actor),
        follows=kind is not Kind.ALERT,
    )
    status = int(refusal.kind) if refusal else 200
    return page(request, "alerts/draft.html", model, status=status)


def _wards(actor: Actor) -> list[tuple[str, str]]:
    """What the writer may warn: a ward its own, city offices every ward."""
    names = saying.ward_names().items()
    if may_write_for(actor, ("", "")):
        return list(names)
    return [(code, name) for code, name in names if may_write_for(actor, (code,))]


def _units(actor: Actor) -> list[tuple[str, str]]:
    found = organisations.units_by_id(sorted(actor.unit_ids(*WRITERS)))
    return [(str(unit.id), unit.name) for unit in found.values()]


def _version(request: HttpRequest) -> int:
    return whole(request.POST.get("version", "")) or 0


def _command(request: HttpRequest) -> DraftAlert:
    """Raises: AlertMalformed."""
    said = request.POST
    texts = {one: {name: said.get(f"{name}_{one}", "") for name in TEXTS} for one in LANGUAGES}
    return DraftAlert(
        template=said.get("template", ""),
        status=_chosen(Status, said.get("status") or Status.ACTUAL.value, "status"),
        texts=texts,
        urgency=_chosen(Urgency, said.get("urgency", ""), "urgency"),
        severity=_chosen(Severity, said.get("severity", ""), "severity"),
        certainty=_chosen(Certainty, said.get("certainty", ""), "certainty"),
        wards=tuple(dict.fromkeys(said.getlist("wards"))),
        area=said.get("area", ""),
        contact=said.get("contact", ""),
        hours=whole(said.get("hours", ""), digits=4) or 0,
        unit_id=_unit(said.get("unit", "")),
        onset_at=_onset(said.get("onset_at", "")),
        kind=_chosen(Kind, said.get("kind") or Kind.ALERT.value, "kind"),
        replaces=said.get("replaces", ""),
    )


def _chosen(kind: Callable[[str], T], said: str, field: str) -> T:
    try:
        return kind(said)
    except ValueError as wrong:
        raise AlertMalformed("Bạn chọn một mục.", field=field) from wrong


def _unit(said: str) -> UUID:
    found = uuid_of(said)
    if found is None:
        raise AlertMalformed("Bạn chọn đơn vị phát.", field="unit")
    return found


def _onset(said: str) -> datetime | None:
    if not said:
        return None
    try:
        return datetime.fromisoformat(said).replace(tzinfo=CITY_TZ)
    except ValueError as wrong:
        raise AlertMalformed("Giờ bắt đầu chưa đúng.", field="onset_at") from wrong
