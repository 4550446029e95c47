"""Cam kết của tôi; tập huấn, cam kết của đơn vị: who may read sensitive data, until when."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.contexts.identity.actions.clearance import (
    cancel_training,
    record_training,
    sign_commitment,
)
from motcua.contexts.identity.contracts.clearance import TrainingInFuture
from motcua.contexts.identity.web import clearance_pages as pages
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import OfficerNotFound
from motcua.kernel import clock
from motcua.kernel.access import actor_of, officers, roles, route
from motcua.kernel.actors import Role
from motcua.kernel.errors import Conflict, Invalid, NotFound
from motcua.kernel.purpose import Purpose
from motcua.kernel.web import page, redirect_after

MINE, UNIT = "/toi/cam-ket", "/ban/cam-ket"
ARRANGERS = roles(
    Role.DIVISION_HEAD, Role.SIGNER, Role.LEADER, Role.ADMINISTRATOR, Role.DATA_PROTECTION
)


class DayUnread(TrainingInFuture):
    sentence = "Bạn ghi ngày hoàn thành theo thứ tự ngày, tháng, năm."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(officers, purpose=Purpose.OWN_DATA)
def mine(request: HttpRequest) -> HttpResponseBase:
    """What I may read, until when, and what is missing; signing is here."""
    actor, now = actor_of(request), clock.now()
    if request.method != "POST":
        return page(request, "identity/commitment.html", pages.own_page(actor, now=now))
    try:
        sign_commitment(
            request.POST.get("data_class", ""),
            version=request.POST.get("version", ""),
            agreed=bool(request.POST.get("agreed")),
            actor=actor,
            now=now,
        )
    except (Invalid, Conflict) as problem:
        model = pages.own_page(actor, now=now, problem=problem)
        return page(request, "identity/commitment.html", model, status=int(problem.kind))
    messages.success(request, "Đã ký. Cam kết có hiệu lực từ hôm nay.")
    return redirect_after(MINE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(ARRANGERS, purpose=Purpose.ARRANGE_WORK)
def of_unit(request: HttpRequest) -> HttpResponseBase:
    """Who is cleared, whose clearance ends when; a training is recorded here."""
    actor, now = actor_of(request), clock.now()
    if request.method != "POST":
        return page(request, "identity/clearances.html", pages.unit_page(actor, QueryDict(), now))
    typed = request.POST
    try:
        record_training(
            _officer(typed),
            typed.get("data_class", ""),
            certificate=typed.get("certificate", "").strip(),
            completed_on=_day(typed),
            actor=actor,
            now=now,
        )
    except (Invalid, NotFound) as problem:
        model = pages.unit_page(actor, typed, now, problem=problem)
        return page(request, "identity/clearances.html", model, status=422)
    messages.success(request, "Đã ghi tập huấn. Cán bộ ký cam kết ở trang của mình.")
    return redirect_after(UNIT)


@require_POST
@route(ARRANGERS, purpose=Purpose.ARRANGE_WORK)
def cancel(request: HttpRequest, training_id: UUID) -> HttpResponseBase:
    """It was recorded by mistake."""
    cancel_training(training_id, actor=actor_of(request), now=clock.now())
    messages.success(request, "Đã hủy lần tập huấn ghi nhầm.")
    return redirect_after(UNIT)


def _officer(typed: QueryDict) -> UUID:
    """The officer whose staff number was typed. Raises: OfficerNotFound."""
    try:
        return organisations.officer_by_staff_no(typed.get("staff_no", "").strip()).id
    except OfficerNotFound:
        raise OfficerNotFound(field="staff_no") from None


def _day(typed: QueryDict) -> date:
    parts = ("year", "month", "day")
    try:
        return date(*(int(typed.get(f"completed_on.{part}", "")) for part in parts))
    except (ValueError, OverflowError):
        raise DayUnread(field="completed_on") from None
