"""Mô hình trang xác minh thực địa: the list of visits, and one visit at the place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.documents.contracts import FileView
from motcua.contexts.dossiers.actions.minutes import MARKS, spot_words
from motcua.contexts.dossiers.contracts.fieldwork import (
    FieldVisitState,
    FieldVisitView,
    SiteMark,
    SiteNoteKind,
    SiteNoteState,
    SiteNoteView,
    SiteOdd,
)
from motcua.contexts.dossiers.queries import fieldwork as visits
from motcua.contexts.dossiers.web.desk.asking import BAN
from motcua.kernel.clock import city_date
from motcua.kernel.db import uuid7
from motcua.kernel.errors import DomainError
from motcua.ui import dates
from motcua.ui.parts import Alert, Cell, Chip, Crumb, Empty, Fact, FieldError, FileRow, Table, Tone

LIST = f"{BAN}/thuc-dia"
TITLE = "Xác minh thực địa"
HEADS = ("Giờ đến", "Nơi đến", "Hồ sơ", "Người đi", "Trạng thái")
STATES = {
    FieldVisitState.PLANNED: Chip(label="Đã hẹn", tone=Tone.GO, icon="calendar"),
    FieldVisitState.CANCELLED: Chip(label="Đã hủy"),
    FieldVisitState.CLOSED: Chip(label="Đã chốt biên bản", tone=Tone.OK, icon="check"),
}
UNSUITED = Chip(label="Người nộp không tiện", tone=Tone.TURN, icon="hand")
TODAY = Chip(label="Hôm nay", tone=Tone.TURN, icon="clock")
CLOSED_MEANWHILE = "Biên bản đã ký khi ghi chép này tới."
NOTHING = "Chưa ghi"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsPage:
    title: str
    table: Table
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """One line of the checklist. note_id: of the answer that this page may send."""

    key: str
    text: str
    note_id: UUID
    base: str
    mark: str
    said: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    name: str
    capacity: str
    drawing_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OddRow:
    """Two that do not agree: field by field, what was noted and what the city has."""

    note_id: UUID
    what: str
    why: str
    fields: tuple[tuple[str, str, str], ...]
    take: str
    leave: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPage:
    """minutes: the papers that were signed. new: ids for what is noted next."""

    url: str
    code: str
    title: str
    chips: tuple[Chip, ...]
    facts: tuple[Fact, ...]
    unsuited: Alert | None
    may_note: bool
    is_open: bool
    lines: tuple[LineRow, ...]
    marks: tuple[tuple[str, str], ...]
    photos: tuple[FileRow, ...]
    people: tuple[PersonRow, ...]
    odd: tuple[OddRow, ...]
    aside: tuple[str, ...]
    minutes: tuple[str, ...]
    photo_id: UUID
    person_id: UUID
    typed: Mapping[str, str]
    dossier_url: str
    change_url: str
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...] = ()


def visits_page(found: Sequence[FieldVisitView], *, now: datetime) -> VisitsPage:
    return VisitsPage(
        title=TITLE,
        table=Table(
            caption=TITLE,
            heads=tuple((head, False) for head in HEADS),
            rows=tuple(_row(one, now) for one in found),
            empty=Empty(
                title="Chưa hẹn buổi xác minh nào",
                text="Bạn mở hồ sơ đang giữ, bấm «Hẹn xác minh thực địa».",
                icon="map-pin",
            ),
        ),
        crumbs=(Crumb(label="Việc của tôi", url=BAN), Crumb(label=TITLE)),
    )


def _row(one: FieldVisitView, now: datetime) -> tuple[Cell, ...]:
    return (
        Cell(text=dates.city_moment(one.starts_at), url=f"{LIST}/{one.id}"),
        Cell(text=one.place),
        Cell(text=one.code, url=f"{BAN}/ho-so/{one.code}"),
        Cell(text=", ".join(one.visitors)),
        Cell(text=" · ".join(chip.label for chip in _chips(one, now))),
    )


def _chips(one: FieldVisitView, now: datetime | None = None) -> Iterator[Chip]:
    yield STATES[one.state]
    if one.state is FieldVisitState.PLANNED:
        if now and city_date(one.starts_at) == city_date(now):
            yield TODAY
        if one.unsuited:
            yield UNSUITED


def visit_page(
    visit: FieldVisitView,
    notes: Sequence[SiteNoteView],
    *,
    files: Mapping[UUID, FileView],
    may_note: bool,
    typed: Mapping[str, str],
    refusal: DomainError | None,
) -> VisitPage:
    is_open = visit.state is FieldVisitState.PLANNED
    answers = {one.key: one for one in visits.standing(notes, SiteNoteKind.ANSWER)}
    texts = {line.key: line.text for line in visit.lines}
    return VisitPage(
        url=f"{LIST}/{visit.id}",
        code=visit.code,
        title=f"Xác minh: {visit.place}",
        chips=tuple(_chips(visit)),
        facts=tuple(_facts(visit)),
        unsuited=_unsuited(visit),
        may_note=may_note and visit.state is not FieldVisitState.CANCELLED,
        is_open=is_open,
        lines=tuple(_line(line.key, line.text, answers, typed) for line in visit.lines),
        marks=tuple((mark.value, label) for mark, label in MARKS.items()),
        photos=tuple(_photos(notes, files)),
        people=tuple(
            PersonRow(
                name=one.name,
                capacity=one.capacity,
                drawing_url=files[one.file_id].url if one.file_id and one.file_id in files else "",
            )
            for one in visits.standing(notes, SiteNoteKind.PERSON)
        ),
        odd=tuple(_odd(one, texts, answers) for one in visits.waiting(notes)),
        aside=tuple(_aside(notes, texts)),
        minutes=visit.minutes,
        photo_id=uuid7(),
        person_id=uuid7(),
        typed=typed,
        dossier_url=f"{BAN}/ho-so/{visit.code}",
        change_url=f"{BAN}/ho-so/{visit.code}/thuc-dia" if is_open and may_note else "",
        crumbs=(
            Crumb(label="Việc của tôi", url=BAN),
            Crumb(label=TITLE, url=LIST),
            Crumb(label=visit.code),
        ),
        errors=(FieldError(text=refusal.message, field=refusal.field or ""),) if refusal else (),
    )


def _unsuited(visit: FieldVisitView) -> Alert | None:
    if not visit.unsuited or visit.state is not FieldVisitState.PLANNED:
        return None
    return Alert(
        title="Người nộp báo giờ này không tiện.", text=visit.unsuited, tone=Tone.TURN, icon="hand"
    )


def _facts(visit: FieldVisitView) -> Iterator[Fact]:
    yield Fact(label="Hồ sơ", value=visit.code, url=f"{BAN}/ho-so/{visit.code}")
    yield Fact(label="Giờ đến", value=dates.city_moment(visit.starts_at))
    yield Fact(label="Nơi đến", value=visit.place)
    yield Fact(label="Người đi", value=", ".join(visit.visitors))
    if visit.companions:
        yield Fact(label="Cùng đi", value=visit.companions)
    if visit.reason:
        yield Fact(label="Lý do hủy", value=visit.reason)
    if visit.finding:
        yield Fact(label="Kết luận", value=visit.finding)
    if visit.closed_at and visit.closed_by:
        when = dates.city_moment(visit.closed_at)
        yield Fact(label="Kết thúc", value=f"{visit.closed_by}, {when}")


def _line(
    key: str, text: str, answers: Mapping[str, SiteNoteView], typed: Mapping[str, str]
) -> LineRow:
    stands = answers.get(key)
    mark = stands.mark.value if stands and stands.mark else ""
    said = stands.text if stands else ""
    by = f"{stands.by_name}, {dates.city_moment(stands.happened_at)}" if stands else ""
    return LineRow(
        key=key,
        text=text,
        note_id=uuid7(),
        base=str(stands.id) if stands else "",
        mark=typed.get(f"mark.{key}", mark),
        said=typed.get(f"text.{key}", said),
        by=by,
    )


def _photos(notes: Sequence[SiteNoteView], files: Mapping[UUID, FileView]) -> Iterator[FileRow]:
    for one in visits.standing(notes, SiteNoteKind.PHOTO):
        file = files.get(one.file_id) if one.file_id else None
        if file is not None:
            where = spot_words(one.spot) or "không ghi vị trí"
            yield FileRow(
                name=one.text or file.filename,
                url=file.url,
                note=f"{dates.city_moment(one.happened_at)} · {where}",
            )


def _odd(
    note: SiteNoteView, texts: Mapping[str, str], answers: Mapping[str, SiteNoteView]
) -> OddRow:
    stands = answers.get(note.key)
    closed = note.odd is SiteOdd.CLOSED
    why = CLOSED_MEANWHILE
    if not closed:
        who = stands.by_name if stands else ""
        why = f"{who or 'Đồng nghiệp'} đã ghi mục này trước."
    return OddRow(
        note_id=note.id,
        what=texts.get(note.key) or ("Ảnh" if note.kind is SiteNoteKind.PHOTO else note.name),
        why=why,
        fields=tuple(_compared(note, stands)),
        take="Ghi vào biên bản bổ sung" if closed else "Dùng bản vừa tới",
        leave="Không ghi, chỉ lưu lại" if closed else "Giữ bản ở máy chủ",
    )


def _compared(note: SiteNoteView, stands: SiteNoteView | None) -> Iterator[tuple[str, str, str]]:
    """Field, as it came, as it stands."""
    if note.kind is SiteNoteKind.ANSWER:
        theirs = _mark(stands.mark) if stands else NOTHING
        yield "Kết quả", _mark(note.mark), theirs
    for label, ours, city in (
        ("Ghi chú", note.text, stands.text if stands else ""),
        ("Người có mặt", note.name, stands.name if stands else ""),
        ("Vị trí", spot_words(note.spot), spot_words(stands.spot) if stands else ""),
    ):
        if ours or city:
            yield label, ours or NOTHING, city or NOTHING
    when = dates.city_moment(note.happened_at)
    yield "Lúc ghi", f"{when}, {note.by_name}", _when(stands)


def _mark(mark: SiteMark | None) -> str:
    return MARKS[mark] if mark else NOTHING


def _when(stands: SiteNoteView | None) -> str:
    return f"{dates.city_moment(stands.happened_at)}, {stands.by_name}" if stands else NOTHING


def _aside(notes: Sequence[SiteNoteView], texts: Mapping[str, str]) -> Iterator[str]:
    """What does not stand, still to be read."""
    for one in notes:
        if one.state in {SiteNoteState.ASIDE, SiteNoteState.ADDED}:
            said = " · ".join(
                filter(None, (texts.get(one.key, ""), _mark(one.mark) if one.mark else "",
                              one.text, one.name))
            )  # fmt: skip
            added = " (ghi ở biên bản bổ sung)" if one.state is SiteNoteState.ADDED else ""
            yield f"{one.by_name}, {dates.city_moment(one.happened_at)}: {said}{added}"
