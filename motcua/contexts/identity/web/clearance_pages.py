"""View models of the pages about clearance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import QueryDict

from motcua.contexts.identity.contracts.clearance import Clearance, CommitmentText
from motcua.contexts.identity.queries import clearance as queries
from motcua.contexts.identity.rules.clearance import WARNED_BEFORE, text_to_sign
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import OfficerView
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.errors import DomainError
from motcua.kernel.period import Period
from motcua.kernel.privacy import CLASS_NAMES, DataClass
from motcua.kernel.text import sort_key
from motcua.ui import dates
from motcua.ui.parts import (
    Cell,
    Chip,
    Empty,
    Fact,
    FieldError,
    Option,
    QuestionView,
    Table,
    Tone,
)

SOON = timedelta(days=max(WARNED_BEFORE))
NEVER = "Chưa có"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassCard:
    """One class of data: how I stand, the text to sign. may_sign False: signed for long enough."""

    data_class: str
    title: str
    chip: Chip
    next_step: str
    facts: tuple[Fact, ...]
    text: CommitmentText
    may_sign: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    cards: tuple[ClassCard, ...]
    arrangers: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A training that can be taken back."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerCard:
    """A row on a phone: how one officer stands in each class."""

    name: str
    staff_no: str
    held: tuple[tuple[str, Chip], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage:
    note: str
    table: Table
    cards: tuple[OfficerCard, ...]
    questions: tuple[QuestionView, ...]
    mistakes: tuple[Mistake, ...]
    errors: tuple[FieldError, ...] = ()


def own_page(actor: Actor, *, now: datetime, problem: DomainError | None = None) -> OwnPage:
    today = city_date(now)
    heads = organisations.arrangers_of(actor.officer_id, today) if actor.officer_id else ()
    return OwnPage(
        cards=tuple(_card(one, today) for one in queries.own_standing(actor, now=now)),
        arrangers=", ".join(dict.fromkeys(head.full_name for head in heads)) or "quản trị viên",
        errors=_errors(problem),
    )


def _errors(problem: DomainError | None) -> tuple[FieldError, ...]:
    return (FieldError(text=problem.message, field=problem.field or ""),) if problem else ()


def _card(one: Clearance, today: date) -> ClassCard:
    signed_until = one.committed.end if one.committed else None
    return ClassCard(
        data_class=one.data_class.value,
        title=_named(one.data_class),
        chip=chip_of(one, today),
        next_step=_next_step(one, today),
        facts=(
            Fact(label="Tập huấn", value=_days(one.trained)),
            Fact(label="Cam kết", value=_days(one.committed)),
        ),
        text=text_to_sign(one.data_class),
        may_sign=signed_until is None or signed_until <= today + SOON,
    )


def _named(data_class: DataClass) -> str:
    name = CLASS_NAMES[data_class]
    return name[0].upper() + name[1:]


def _days(period: Period | None) -> str:
    if period is None or period.start is None or period.end is None:
        return NEVER
    last = period.end - timedelta(days=1)
    return f"{dates.day(period.start)} đến hết {dates.day(last)}"


def chip_of(one: Clearance, today: date) -> Chip:
    if one.until is None:
        return Chip(label="Chưa được xem", tone=Tone.LATE, icon="lock")
    last = dates.day(one.until - timedelta(days=1))
    if one.until <= today + SOON:
        return Chip(label=f"Sắp hết: {last}", tone=Tone.TURN, icon="clock")
    return Chip(label=f"Được xem đến hết {last}", tone=Tone.OK, icon="circle-check")


def _next_step(one: Clearance, today: date) -> str:
    """What is missing, in one sentence; nothing when all holds for long enough."""
    lacking = [
        name
        for name, period in (("tập huấn", one.trained), ("ký cam kết", one.committed))
        if period is None or period.end is None or period.end <= today
    ]
    if lacking:
        return f"Bạn còn thiếu: {' và '.join(lacking)}."
    if one.until and one.until <= today + SOON:
        return f"Từ {dates.day(one.until)} bạn không xem được nữa. Bạn gia hạn trước ngày đó."
    return ""


def unit_page(
    actor: Actor, typed: QueryDict, now: datetime, *, problem: DomainError | None = None
) -> UnitPage:
    """A head sees everybody they arrange; whoever watches the city, those who lapse."""
    today = city_date(now)
    arranged = organisations.officers_arranged_by(actor, today)
    watches = not arranged
    lapsing = queries.officers_lapsing(actor, now=now) if watches else ()
    staff = organisations.officers_by_id(lapsing) if watches else {o.id: o for o in arranged}
    standing = queries.standing_of(list(staff), actor, now=now)
    return UnitPage(
        note="Cán bộ có tập huấn hoặc cam kết hết hạn trong 30 ngày trước và sau hôm nay."
        if watches
        else "Cán bộ ở đơn vị bạn phụ trách. Hết hạn thì tự hết quyền xem trong ngày đó.",
        table=_table(staff, standing, today),
        cards=tuple(_cards(staff, standing, today)),
        questions=_questions(typed, problem),
        mistakes=tuple(_mistakes(staff, actor, now)),
        errors=_errors(problem),
    )


def _table(staff: dict[UUID, OfficerView], standing: queries.Standing, today: date) -> Table:
    return Table(
        caption="Quyền xem dữ liệu nhạy cảm",
        heads=(
            ("Cán bộ", False),
            ("Số hiệu", False),
            *((_named(one), False) for one in queries.CLASSES),
        ),
        rows=tuple(
            (
                Cell(text=one.full_name),
                Cell(text=one.staff_no),
                *(Cell(text="", chip=chip_of(held, today)) for held in standing[one.id]),
            )
            for one in _ordered(staff)
        ),
        empty=Empty(title="Không có ai sắp hết hạn", icon="circle-check"),
    )


def _ordered(staff: dict[UUID, OfficerView]) -> list[OfficerView]:
    return sorted(staff.values(), key=lambda one: sort_key(one.full_name))


def _cards(
    staff: dict[UUID, OfficerView], standing: queries.Standing, today: date
) -> Iterator[OfficerCard]:
    for one in _ordered(staff):
        yield OfficerCard(
            name=one.full_name,
            staff_no=one.staff_no,
            held=tuple(
                (_named(held.data_class), chip_of(held, today)) for held in standing[one.id]
            ),
        )


def _mistakes(staff: dict[UUID, OfficerView], actor: Actor, now: datetime) -> Iterator[Mistake]:
    for row in queries.trainings_seen(list(staff), actor, now=now):
        if row.officer_id != actor.officer_id:
            name = staff[row.officer_id].full_name
            what = CLASS_NAMES[DataClass(row.data_class)]
            yield Mistake(
                title=f"{name}, {what}, giấy {row.certificate}, {dates.day(row.valid_from)}",
                url=f"/ban/cam-ket/{row.id}/huy",
            )


def _questions(typed: QueryDict, problem: DomainError | None) -> tuple[QuestionView, ...]:
    wrong = {problem.field: problem.message} if problem else {}
    classes = tuple(Option(value=one.value, label=_named(one)) for one in queries.CLASSES)
    parts = ("day", "month", "year")
    return (
        QuestionView(
            key="staff_no", label="Số hiệu cán bộ", value=typed.get("staff_no", ""),
            example="26740.2-cv2", error=wrong.get("staff_no", wrong.get("officer_id", "")),
        ),
        QuestionView(
            key="data_class", label="Tập huấn về", type="choice", options=classes,
            value=typed.get("data_class", ""), error=wrong.get("data_class", ""),
        ),
        QuestionView(
            key="certificate", label="Số giấy chứng nhận", example="12/GCN-TH",
            value=typed.get("certificate", ""), error=wrong.get("certificate", ""),
        ),
        QuestionView(
            key="completed_on", label="Ngày hoàn thành", type="date",
            parts=tuple((part, typed.get(f"completed_on.{part}", "")) for part in parts),
            error=wrong.get("completed_on", ""),
        ),
    )  # fmt: skip
