"""Vắng mặt, làm thay: who is away, who acts meanwhile, arranged by the head of the unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST

from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import (
    NobodyTakesOver,
    OfficerView,
    SubstitutionView,
    WrongDates,
)
from motcua.kernel import clock
from motcua.kernel.access import officers, route
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.errors import DomainError
from motcua.kernel.forms.dates import day_of_parts
from motcua.kernel.purpose import Purpose
from motcua.kernel.web import actor_of, page, redirect_after, uuid_of
from motcua.portals.desk.places import open_tasks_words
from motcua.ui import dates
from motcua.ui.parts import FieldError, Option, QuestionView

URL = "/ban/vang-mat"
AHEAD = timedelta(days=180)
NOTHING = QueryDict()


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRow:
    who: str
    when: str
    substitute: str
    reason: str
    end_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsencePage:
    """`questions` are empty for whoever is not a head; `arrangers` then says whom to ask."""

    rows: tuple[AbsenceRow, ...]
    questions: tuple[QuestionView, ...]
    arrangers: str
    errors: tuple[FieldError, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
@route(officers, purpose=Purpose.ARRANGE_WORK)
def absences(request: HttpRequest) -> HttpResponseBase:
    """See absences of one's unit; a head arranges one."""
    actor = actor_of(request)
    if request.method != "POST":
        return page(request, "desk/absence.html", _page(actor, NOTHING))
    try:
        _grant(request.POST, actor)
    except DomainError as refusal:
        errors = {refusal.field or "absent_id": _words(refusal)}
        model = _page(actor, request.POST, errors)
        return page(request, "desk/absence.html", model, status=int(refusal.kind))
    messages.success(request, "Đã ghi. Người làm thay thấy việc của người vắng từ ngày đầu.")
    return redirect_after(URL)


def _words(refusal: DomainError) -> str:
    """With the tasks that would be left alone, where it is refused for them."""
    if not isinstance(refusal, NobodyTakesOver):
        return refusal.message
    left = open_tasks_words(str(refusal.facts["unit_id"]), str(refusal.facts["role"]))
    return " ".join(filter(None, (refusal.message, left)))


class DateUnread(WrongDates):
    sentence = "Bạn ghi ngày theo thứ tự ngày, tháng, năm."


class WhoIsAway(WrongDates):
    sentence = "Bạn chọn người vắng mặt."


def _grant(typed: QueryDict, actor: Actor) -> None:
    absent = uuid_of(typed.get("absent_id", ""))
    if absent is None:
        raise WhoIsAway(field="absent_id")
    organisations.grant_substitution(
        absent_id=absent,
        substitute_id=uuid_of(typed.get("substitute_id", "")),
        first_on=_day(typed, "first_on"),
        back_on=_day(typed, "back_on"),
        reason=typed.get("reason", "").strip(),
        actor=actor,
        now=clock.now(),
    )


@require_POST
@route(officers, purpose=Purpose.ARRANGE_WORK)
def end(request: HttpRequest, substitution_id: UUID) -> HttpResponseBase:
    """Back sooner than arranged."""
    now = clock.now()
    organisations.end_substitution(
        substitution_id, back_on=city_date(now), actor=actor_of(request), now=now
    )
    messages.success(request, "Đã kết thúc. Người vắng mặt làm việc lại từ hôm nay.")
    return redirect_after(URL)


def _day(typed: QueryDict, name: str) -> date:
    found = day_of_parts(typed, name)
    if found is None:
        raise DateUnread(field=name)
    return found


def _page(actor: Actor, typed: QueryDict, errors: Mapping[str, str] | None = None) -> AbsencePage:
    today = city_date(clock.now())
    staff = organisations.officers_arranged_by(actor, today)
    mine = organisations.units_arranged_by(actor, today)
    rows = tuple(
        _row(found, may_end=_works_in(found.absent_id, mine, today))
        for found in organisations.substitutions(today, today + AHEAD)
        if actor.officer_id in {found.absent_id, found.substitute_id}
        or _works_in(found.absent_id, mine, today)
    )
    return AbsencePage(
        rows=rows,
        questions=_questions(staff, typed, errors or {}) if staff else (),
        arrangers="" if staff else _arrangers(actor, today),
        errors=tuple(FieldError(text=text, field=name) for name, text in (errors or {}).items()),
    )


def _works_in(officer_id: UUID, units: frozenset[UUID], today: date) -> bool:
    return any(post.unit_id in units for post in organisations.posts_of(officer_id, today))


def _row(found: SubstitutionView, *, may_end: bool) -> AbsenceRow:
    last = found.valid_to - timedelta(days=1)
    return AbsenceRow(
        who=found.absent_name,
        when=f"{dates.day(found.valid_from)} đến hết {dates.day(last)}",
        substitute=found.substitute_name or "Người đứng đầu đơn vị",
        reason=found.reason,
        end_url=f"{URL}/{found.id}/ket-thuc" if may_end else "",
    )


def _questions(
    staff: tuple[OfficerView, ...], typed: QueryDict, wrong: Mapping[str, str]
) -> tuple[QuestionView, ...]:
    people = tuple(Option(value=str(o.id), label=_label(o)) for o in staff)
    return (
        _choice("absent_id", "Ai vắng mặt", people, typed, wrong),
        _choice(
            "substitute_id",
            "Ai làm thay",
            people,
            typed,
            wrong,
            required=False,
            help_="Để trống thì người đứng đầu đơn vị làm thay.",
        ),
        _date("first_on", "Vắng từ ngày", typed, wrong),
        _date("back_on", "Làm việc lại từ ngày", typed, wrong),
        QuestionView(
            key="reason",
            label="Lý do",
            value=typed.get("reason", ""),
            example="Nghỉ phép năm",
            error=wrong.get("reason", ""),
            required=False,
        ),
    )


def _label(officer: OfficerView) -> str:
    return f"{officer.full_name}, {officer.title}" if officer.title else officer.full_name


def _choice(
    key: str,
    label: str,
    options: tuple[Option, ...],
    typed: QueryDict,
    wrong: Mapping[str, str],
    *,
    required: bool = True,
    help_: str = "",
) -> QuestionView:
    return QuestionView(
        key=key,
        label=label,
        type="choice",
        value=typed.get(key, ""),
        options=options,
        required=required,
        help=help_,
        error=wrong.get(key, ""),
    )


def _date(key: str, label: str, typed: QueryDict, wrong: Mapping[str, str]) -> QuestionView:
    parts = tuple((part, typed.get(f"{key}.{part}", "")) for part in ("day", "month", "year"))
    return QuestionView(key=key, label=label, type="date", parts=parts, error=wrong.get(key, ""))


def _arrangers(actor: Actor, today: date) -> str:
    """Who arranges an absence for this officer: holders of the headship here or above."""
    for post in actor.posts:
        for unit in (post.unit_id, *(u.id for u in organisations.units_above(post.unit_id))):
            for role in (Role.DIVISION_HEAD, Role.SIGNER):
                names = [h.full_name for h in organisations.holders_of(unit, role, today)]
                if names:
                    return ", ".join(dict.fromkeys(names))
    return "quản trị viên"
