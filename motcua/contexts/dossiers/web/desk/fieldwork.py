"""Xác minh thực địa: today's visits, and the page that an officer fills in at the place.

Everything works with plain forms; a script adds the place of the device and the drawn signature.
Without a network the page of `counters` takes notes that come here once (`actions/at_the_place`).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import PictureWanted
from motcua.contexts.dossiers.actions import at_the_place
from motcua.contexts.dossiers.actions import fieldwork as planning
from motcua.contexts.dossiers.contracts import DeskView
from motcua.contexts.dossiers.contracts.fieldwork import (
    FieldVisitNotFound,
    FieldVisitView,
    SiteMark,
    SiteNoteAnswer,
    SiteNoteKind,
    SiteNoteMalformed,
    SiteNoteView,
    Spot,
    TakeSiteNote,
)
from motcua.contexts.dossiers.models import FieldVisit
from motcua.contexts.dossiers.queries import fieldwork as visits
from motcua.contexts.dossiers.web.desk import fieldwork_pages as pages
from motcua.contexts.dossiers.web.desk import working
from motcua.contexts.dossiers.web.desk.fieldwork_forms import open_visit, visit_typed
from motcua.contexts.dossiers.web.signing import picture_drawn
from motcua.kernel import clock, idempotency
from motcua.kernel.access import officers, roles, route
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.errors import DomainError, Invalid
from motcua.kernel.text import whole
from motcua.kernel.web import actor_of, may_locate, page, redirect_after, uuid_of

goers = roles(*visits.GOES)
LIST = "/ban/thuc-dia"


class PhotoNeeded(Invalid):
    sentence = "Bạn chụp hoặc chọn một ảnh trước khi gửi."


class NobodyNamed(Invalid):
    sentence = "Bạn ghi họ tên người có mặt."


class AnswerNeeded(Invalid):
    sentence = "Bạn chọn kết quả cho ít nhất một điều cần xem."


class ChoiceOfNote(Invalid):
    sentence = "Bạn chọn giữ bản nào."


@never_cache
@require_safe
@route(goers)
def listed(request: HttpRequest) -> HttpResponseBase:
    """What is planned, in its order; what was closed this week."""
    found = visits.own_visits(actor_of(request), now=clock.now())
    return page(request, "dossiers/desk/visits.html", pages.visits_page(found, now=clock.now()))


@require_http_methods(["GET", "HEAD", "POST"])
@route(officers)
def plan(request: HttpRequest, code: str) -> HttpResponseBase:
    """Plan a visit for the dossier, or move the open one."""
    return working.asked_then_done(request, code, "thuc-dia", _plan)


def _plan(request: HttpRequest, view: DeskView) -> str:
    command, before = visit_typed(view.dossier.code, request.POST), open_visit(view)
    actor, now = actor_of(request), clock.now()
    if before is None:
        planning.plan_visit(command, actor=actor, now=now)
        return f"Đã hẹn xác minh hồ sơ {view.dossier.code} và báo người nộp."
    planning.change_visit(before.id, command, actor=actor, now=now)
    return f"Đã đổi buổi xác minh hồ sơ {view.dossier.code} và báo người nộp."


@never_cache
@require_safe
@route(officers)
def show(request: HttpRequest, visit_id: UUID) -> HttpResponseBase:
    """The page at the place; for whoever does not go, what was noted there."""
    return _shown(request, visit_id)


def _shown(
    request: HttpRequest,
    visit_id: UUID,
    refusal: DomainError | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponseBase:
    actor, now = actor_of(request), clock.now()
    row = visits.visit_row(visit_id, actor, now=now)
    if not actor.is_officer:
        raise FieldVisitNotFound
    notes = visits.notes_of(row.id)
    model = pages.visit_page(
        visits.view_of(row),
        notes,
        files=documents.files_by_id([one.file_id for one in notes if one.file_id]),
        may_note=visits.goes(row, actor, now=now),
        typed=typed or {},
        refusal=refusal,
    )
    status = int(refusal.kind) if refusal else 200
    return may_locate(page(request, "dossiers/desk/visit.html", model, status=status))


def _done(
    request: HttpRequest, visit_id: UUID, do: Callable[[FieldVisit], str], *, to: str = ""
) -> HttpResponseBase:
    """Do it and show the page again; a refusal comes back with what was typed."""
    row = visits.visit_row(visit_id, actor_of(request), now=clock.now())
    try:
        said = do(row)
    except FieldVisitNotFound:
        raise
    except DomainError as refusal:
        typed = {name: str(value) for name, value in request.POST.items()}
        return _shown(request, visit_id, refusal, typed)
    messages.success(request, said)
    return redirect_after(f"{LIST}/{visit_id}{to}")


@require_POST
@route(goers)
def answer(request: HttpRequest, visit_id: UUID) -> HttpResponseBase:
    """All lines of the checklist that were marked; what stands already comes as it was."""
    return _done(request, visit_id, lambda row: _answers(request, row), to="#can-xem")


def _answers(request: HttpRequest, row: FieldVisit) -> str:
    stand = {one.key: one for one in visits.standing(visits.notes_of(row.id), SiteNoteKind.ANSWER)}
    commands = [
        one
        for line in visits.lines_in(row)
        if (one := _answer_to(request.POST, row.id, line.key, stand.get(line.key)))
    ]
    if not commands:
        raise AnswerNeeded
    answers = [_taken(request, one) for one in commands]
    odd = [one for one in answers if one.state == "WAITING"]
    if odd:
        return f"Đã ghi {len(answers) - len(odd)} mục; {len(odd)} mục khác bản đồng nghiệp ghi."
    return f"Đã ghi {len(answers)} mục."


def _answer_to(
    typed: QueryDict, visit_id: UUID, key: str, stands: SiteNoteView | None
) -> TakeSiteNote | None:
    """None for what was not marked, or is as it stands already."""
    mark, text = typed.get(f"mark.{key}", ""), typed.get(f"text.{key}", "").strip()
    note_id = uuid_of(typed.get(f"id.{key}", ""))
    if mark not in set(SiteMark) or note_id is None:
        return None
    if stands and (stands.mark, stands.text) == (mark, text):
        return None
    return TakeSiteNote(
        id=note_id,
        visit_id=visit_id,
        kind=SiteNoteKind.ANSWER,
        key=key,
        base=uuid_of(typed.get(f"base.{key}", "")),
        mark=SiteMark(mark),
        text=text,
        happened_at=clock.now(),
    )


@require_POST
@route(goers)
def photo(request: HttpRequest, visit_id: UUID) -> HttpResponseBase:
    """A picture of the place, with where and when it was taken."""
    return _done(request, visit_id, lambda row: _photo(request, row), to="#anh")


def _photo(request: HttpRequest, row: FieldVisit) -> str:
    upload = request.FILES.get("photo")
    if upload is None:
        raise PhotoNeeded(field="photo")
    at_the_place.check_may_note(row, actor_of(request), now=clock.now())
    with idempotency.using(""):
        kept = documents.keep_upload(
            upload,
            filename=upload.name or "anh.jpg",
            by=actor_of(request),
            now=clock.now(),
            owner_person_id=row.dossier.applicant_person_id,
        )
    if not kept.is_picture:
        raise PictureWanted(field="photo")
    note = TakeSiteNote(
        id=_id(request.POST),
        visit_id=row.id,
        kind=SiteNoteKind.PHOTO,
        text=request.POST.get("text", ""),
        spot=spot_typed(request.POST),
        file_id=kept.id,
        happened_at=_moment(request.POST.get("at", "")),
        digest=kept.sha256,
    )
    _taken(request, note)
    return "Đã lưu ảnh."


@require_POST
@route(goers)
def person(request: HttpRequest, visit_id: UUID) -> HttpResponseBase:
    """Who was there, with their drawn signature if they wish."""
    return _done(request, visit_id, lambda row: _person(request, row), to="#nguoi")


def _person(request: HttpRequest, row: FieldVisit) -> str:
    name = request.POST.get("name", "").strip()
    if not name:
        raise NobodyNamed(field="name")
    at_the_place.check_may_note(row, actor_of(request), now=clock.now())
    picture, kept = picture_drawn(request.POST.get("drawn", "")), None
    if picture is not None:
        with idempotency.using(""):
            kept = documents.keep_upload(
                BytesIO(picture),
                filename="chu-ky.png",
                by=actor_of(request),
                now=clock.now(),
                owner_person_id=row.dossier.applicant_person_id,
            )
    note = TakeSiteNote(
        id=_id(request.POST),
        visit_id=row.id,
        kind=SiteNoteKind.PERSON,
        name=name,
        capacity=request.POST.get("capacity", ""),
        file_id=kept.id if kept else None,
        happened_at=clock.now(),
    )
    _taken(request, note)
    return f"Đã ghi {name} có mặt."


@require_POST
@route(goers)
def settle(request: HttpRequest, visit_id: UUID) -> HttpResponseBase:
    """Of two that do not agree, one is chosen; the other stays readable."""
    return _done(request, visit_id, lambda row: _settled(request), to="#doi-chieu")


def _settled(request: HttpRequest) -> str:
    choice, note_id = request.POST.get("choice", ""), uuid_of(request.POST.get("note", ""))
    if choice not in ("take", "leave") or note_id is None:
        raise ChoiceOfNote
    takes = choice == "take"
    return at_the_place.settle_note(
        note_id, takes=takes, actor=actor_of(request), now=clock.now()
    ).sentence


@require_POST
@route(goers)
def close(request: HttpRequest, visit_id: UUID) -> HttpResponseBase:
    """Chốt biên bản."""
    return _done(request, visit_id, lambda row: _closed(request, row), to="#bien-ban")


def _closed(request: HttpRequest, row: FieldVisit) -> str:
    finding = request.POST.get("finding", "")
    done: FieldVisitView = at_the_place.close_visit(
        row.id, finding, actor=actor_of(request), now=clock.now()
    )
    return f"Biên bản đã ký, mã xác minh {done.minutes[-1]}."


@require_POST
@route(goers)
def cancel(request: HttpRequest, visit_id: UUID) -> HttpResponseBase:
    """Nobody goes; the applicant reads why."""
    return _done(request, visit_id, lambda row: _cancelled(request, row))


def _cancelled(request: HttpRequest, row: FieldVisit) -> str:
    reason = request.POST.get("reason", "")
    planning.cancel_visit(row.id, reason, actor=actor_of(request), now=clock.now())
    return "Đã hủy buổi xác minh và báo người nộp."


def _taken(request: HttpRequest, note: TakeSiteNote) -> SiteNoteAnswer:
    """Each note bears an id of its own: sent again, it is answered again."""
    with idempotency.using(""):
        return at_the_place.take_note(note, actor=actor_of(request), now=clock.now())


def _id(typed: QueryDict) -> UUID:
    """Raises: SiteNoteMalformed."""
    found = uuid_of(typed.get("id", ""))
    if found is None:
        raise SiteNoteMalformed
    return found


def spot_typed(typed: QueryDict) -> Spot:
    """Where the device says it is, if it says so, and what was typed."""
    lat, lng = _number(typed.get("lat", "")), _number(typed.get("lng", ""))
    return Spot(
        lat=lat,
        lng=lng,
        accuracy_m=whole(typed.get("accuracy", "")),
        words=typed.get("place", ""),
    )


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) <= 180 else None  # also no infinity and nothing that is no number


def _moment(text: str) -> datetime:
    """When the picture was chosen, as the device's clock says; now without a script."""
    now = clock.now()
    try:
        at = datetime.fromisoformat(text).astimezone(CITY_TZ)
    except (ValueError, OverflowError):
        return now
    return at if now - at_the_place.LATE_AT_MOST < at <= now else now
