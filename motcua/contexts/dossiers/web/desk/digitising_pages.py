"""Mô hình trang số hóa: bring a paper in, then decide on what a machine read on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import FileView
from motcua.contexts.documents.contracts.digitised import (
    ArrivalView,
    EvidenceView,
    HandoffView,
    ReadDecision,
    ReadingState,
    ReadingView,
    ReadValueView,
)
from motcua.contexts.dossiers.web.scanning import scan_state
from motcua.contexts.organisations import public as organisations
from motcua.kernel.clock import city_time
from motcua.ui import dates, words
from motcua.ui.parts import Chip, Crumb, FieldError, Tone

CLEAR, FAIR = 90, 70
A4 = 1414  # how high a sheet is that is a thousand wide
TROUBLES = {
    "ABSENT": (
        "Máy chủ này chưa có chương trình đọc chữ. Bạn xem giấy và nhập bằng tay; "
        "quản trị viên cài theo hướng dẫn ở trang Tình trạng."
    ),
    "SLOW": "Máy đọc giấy này quá lâu nên đã dừng. Bạn nhập bằng tay, hoặc quét lại rõ hơn.",
    "FAILED": "Máy không đọc được giấy này. Bạn nhập bằng tay, hoặc quét lại rõ hơn.",
    "NO_PICTURE": "Tệp này không mở được thành ảnh. Bạn quét lại thành PDF, JPG hoặc PNG.",
}
DECISIONS = {
    ReadDecision.OPEN: Chip(label="Chưa quyết định"),
    ReadDecision.CONFIRMED: Chip(label="Đã xác nhận", tone=Tone.OK, icon="check"),
    ReadDecision.CORRECTED: Chip(label="Đã sửa", tone=Tone.OK, icon="pencil"),
    ReadDecision.DISMISSED: Chip(label="Đã bỏ", icon="x"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """The paper in hand, of a draft or of a dossier. base: its address; asked: what follows «?»."""

    subject: str
    key: str
    paper: str
    component_key: str
    procedure: str
    base: str
    asked: str
    back: Crumb
    owner_person_id: UUID | None
    files: tuple[FileView, ...]

    def url(self, what: str = "", **more: str) -> str:
        path = f"{self.base}/{what}" if what else self.base
        query = "&".join(filter(None, (self.asked, urlencode(more))))
        return f"{path}?{query}" if query else path


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file of the paper. read_url: to let it be read; reading_url: where that is shown."""

    name: str
    note: str
    url: str
    state: Chip | None
    read_url: str
    reading_url: str
    kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalLine:
    name: str
    note: str
    url: str
    take_url: str
    drop_url: str
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneBox:
    """qr: the address for the phone, while it may be opened. waits: the page asks again."""

    offer_url: str
    qr: str
    said: str
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BringPage:
    title: str
    crumbs: tuple[Crumb, ...]
    url: str
    files: tuple[FileLine, ...]
    readable: str
    phone: PhoneBox
    arrivals: tuple[ArrivalLine, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerPage:
    arrivals: tuple[ArrivalLine, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place on the page, drawn over it."""

    x: int
    y: int
    width: int
    height: int
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLine:
    """One field. sure: how well it was read, in words. declared: what the form says."""

    key: str
    label: str
    said: str
    typed: str
    sure: Chip | None
    where: str
    where_url: str
    declared: str
    differs: bool
    decision: Chip
    decided: bool
    current: bool
    open: bool
    may_confirm: bool
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPage:
    title: str
    crumbs: tuple[Crumb, ...]
    url: str
    waiting: bool
    trouble: str
    again_url: str
    picture_url: str
    picture_label: str
    high: int
    marks: tuple[Mark, ...]
    pages: tuple[PageLink, ...]
    values: tuple[ValueLine, ...]
    said: str
    open: bool
    keep_url: str
    errors: tuple[FieldError, ...] = ()


def bring_page(
    matter: Matter,
    handoff: HandoffView | None,
    arrivals: tuple[ArrivalView, ...],
    *,
    now: datetime,
    errors: tuple[FieldError, ...] = (),
) -> BringPage:
    kind = documents.paper_kind_for(matter.component_key, matter.procedure)
    ids = [file.id for file in matter.files]
    readings, kept = documents.readings_of(ids), documents.evidence_of_files(ids)
    return BringPage(
        title=f"Số hóa: {matter.paper}",
        crumbs=(matter.back, Crumb(label="Số hóa giấy tờ")),
        url=matter.url(),
        files=tuple(
            _file(matter, file, readings.get(file.id), kept.get(file.id), readable=kind is not None)
            for file in matter.files
        ),
        readable=f"Máy biết đọc: {kind.name}." if kind else "Chưa có mẫu đọc cho loại giấy này.",
        phone=_phone(matter, handoff, now),
        arrivals=tuple(arrival_line(one, take_url=_take_url(matter, one)) for one in arrivals),
        errors=errors,
    )


def _file(
    matter: Matter,
    file: FileView,
    reading_id: UUID | None,
    kept: EvidenceView | None,
    *,
    readable: bool,
) -> FileLine:
    pages = f", {file.pages} trang" if file.pages else ""
    return FileLine(
        name=file.filename,
        note=f"{words.file_size(file.size)}{pages} · {dates.city_moment(file.created_at)}",
        url=f"{file.url}?xem=1",
        state=scan_state(file),
        read_url=matter.url("doc", tep=str(file.id)) if readable and not reading_id else "",
        reading_url=reading_url(reading_id) if reading_id else "",
        kept=kept_words(kept) if kept else "",
    )


def kept_words(kept: EvidenceView) -> str:
    """«Cán bộ xác nhận 12/11/2026 tại Phường Sài Gòn, dùng lại được đến hết 12/11/2027»."""
    unit = organisations.units_by_id([kept.unit_id]).get(kept.unit_id) if kept.unit_id else None
    place = f" tại {unit.name}" if unit else ""
    on = dates.day(city_time(kept.confirmed_at))
    return f"Cán bộ xác nhận {on}{place}, dùng lại được đến hết {dates.day(kept.last_day)}."


def reading_url(reading_id: UUID) -> str:
    return f"/ban/bai-doc/{reading_id}"


def _take_url(matter: Matter, one: ArrivalView) -> str:
    return matter.url("may-quet", ban=str(one.id)) if one.file else ""


def arrival_line(one: ArrivalView, *, take_url: str = "") -> ArrivalLine:
    return ArrivalLine(
        name=one.name,
        note=f"quét {dates.city_moment(one.arrived_at)}",
        url=f"{one.file.url}?xem=1" if one.file else "",
        take_url=take_url,
        drop_url=f"/ban/may-quet/{one.id}/bo",
        refusal=one.refusal,
    )


def _phone(matter: Matter, handoff: HandoffView | None, now: datetime) -> PhoneBox:
    offer_url = matter.url("dien-thoai")
    if handoff is None:
        return PhoneBox(offer_url=offer_url, qr="", said="", waits=False)
    waits = handoff.done_at is None and handoff.ends_at > now
    return PhoneBox(
        offer_url=offer_url, qr=handoff.url, said=_phone_words(handoff, now), waits=waits
    )


def _phone_words(handoff: HandoffView, now: datetime) -> str:
    if handoff.done_at:
        return f"Điện thoại đã gửi lúc {dates.hour(handoff.done_at)}."
    if handoff.ends_at <= now:
        return "Mã đã hết hạn. Bạn tạo mã mới."
    if handoff.opened_at:
        return f"Điện thoại đang chụp: {handoff.pages} trang."
    return f"Quét mã bằng điện thoại bất kỳ. Mã dùng một lần, đến {dates.hour(handoff.ends_at)}."


def reading_page(
    reading: ReadingView,
    declared: Mapping[str, object],
    back: Crumb,
    *,
    wanted: str,
    page: int,
    errors: Mapping[str, str],
    typed: str = "",
) -> ReadingPage:
    """wanted: the field in hand, else the first that waits. page: 0 for that of the field."""
    current = _current(reading, wanted)
    shown = page or (current.region.page if current and current.region else 1)
    url, waiting = reading_url(reading.id), reading.state is ReadingState.ASKED
    is_open = reading.state in (ReadingState.READ, ReadingState.FAILED)
    high = reading.shapes[shown - 1] if 0 < shown <= len(reading.shapes) else A4
    lines = tuple(
        _value(reading, one, declared, one is current, is_open, errors.get(one.key, ""), typed)
        for one in reading.values
    )
    return ReadingPage(
        title=f"Đọc giấy: {reading.kind_name}",
        crumbs=(back, Crumb(label="Đọc giấy")),
        url=url,
        waiting=waiting,
        trouble=TROUBLES.get(reading.trouble, ""),
        again_url=f"{url}/lai" if reading.state is ReadingState.FAILED else "",
        picture_url=f"{url}/trang/{shown}",
        picture_label=f"Trang {shown} của {reading.file.filename}",
        high=high,
        marks=tuple(
            _mark(one, high, current=one is current)
            for one in reading.values
            if _stands(one, shown)
        ),
        pages=tuple(
            PageLink(label=f"Trang {n}", url=f"{url}?trang={n}", current=n == shown)
            for n in range(1, (reading.file.pages or 1) + 1)
        ),
        values=lines,
        said=_state_words(reading),
        open=is_open,
        keep_url=f"{url}/luu" if is_open else "",
        errors=tuple(FieldError(text=text, field=key) for key, text in errors.items()),
    )


def _current(reading: ReadingView, wanted: str) -> ReadValueView | None:
    named = next((one for one in reading.values if one.key == wanted), None)
    waits = (one for one in reading.values if one.decision is ReadDecision.OPEN and one.proposed)
    return named or next(waits, None)


def _stands(one: ReadValueView, page: int) -> bool:
    return one.region is not None and one.region.page == page


def _mark(one: ReadValueView, high: int, *, current: bool) -> Mark:
    """Thousandths of the page, on a sheet a thousand wide, with some air."""
    assert one.region is not None
    place, air = one.region, 4
    return Mark(
        x=place.left - air,
        y=place.top * high // 1000 - air,
        width=place.width + 2 * air,
        height=place.height * high // 1000 + 2 * air,
        current=current,
    )


def _value(
    reading: ReadingView,
    one: ReadValueView,
    declared: Mapping[str, object],
    current: bool,
    is_open: bool,
    error: str,
    typed: str,
) -> ValueLine:
    answered = next((declared[key] for key in one.answers if key in declared), None)
    value = one.value if one.decision is not ReadDecision.OPEN else one.proposed
    url = reading_url(reading.id)
    return ValueLine(
        key=one.key,
        label=one.label,
        said=_said(one.kind, value) if value else "",
        typed=typed if error else _said(one.kind, value or ""),
        sure=_sure(one) if one.proposed else None,
        where=f"trang {one.region.page}" if one.region else "",
        where_url=f"{url}?o={one.key}#o-{one.key}" if one.region else "",
        declared=_said(one.kind, str(answered)) if answered is not None else "",
        differs=answered is not None and value is not None and str(answered) != value,
        decision=DECISIONS[one.decision],
        decided=one.decision is not ReadDecision.OPEN,
        current=current,
        open=is_open,
        may_confirm=one.proposed is not None,
        error=error,
    )


def _sure(one: ReadValueView) -> Chip:
    if one.doubtful:
        return Chip(label="Không đúng quy tắc của số", tone=Tone.LATE, icon="triangle-alert")
    if one.sure >= CLEAR:
        return Chip(label="Đọc rõ", tone=Tone.OK, icon="eye")
    if one.sure >= FAIR:
        return Chip(label="Nên xem lại", tone=Tone.GO, icon="eye")
    return Chip(label="Khó đọc", tone=Tone.LATE, icon="triangle-alert")


def _said(kind: str, value: str) -> str:
    """As an officer writes it."""
    if kind == "DATE" and len(value) == len("2026-11-10"):
        return dates.day(date.fromisoformat(value))
    if kind == "SEX":
        return {"nam": "Nam", "nu": "Nữ"}.get(value, value)
    return value.replace(".", ",") if kind == "NUMBER" else value


def _state_words(reading: ReadingView) -> str:
    if reading.state is ReadingState.ASKED:
        return "Máy đang đọc, thường xong trong nửa phút."
    if reading.state is ReadingState.CLOSED:
        return "Đã lưu những ô được xác nhận vào kho giấy tờ của người nộp."
    found = sum(one.proposed is not None for one in reading.values)
    if reading.state is ReadingState.FAILED:
        return ""
    return f"Máy đề xuất {found} ô, còn {reading.waits} ô chờ bạn quyết định. Chưa ô nào được lưu."


def next_open(reading: ReadingView, after: str) -> str:
    """The field behind this one that waits for a decision; "" when none does."""
    keys = [one.key for one in reading.values]
    at = keys.index(after) + 1 if after in keys else 0
    in_turn = [*reading.values[at:], *reading.values[:at]]
    waits = (one.key for one in in_turn if one.decision is ReadDecision.OPEN and one.proposed)
    return next(waits, "")
