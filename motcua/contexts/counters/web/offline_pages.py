"""Mô hình trang nhận khi mất mạng: the window, what waits, one entry field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.contexts.counters.contracts.offline import Account, Choice, Difference, Odd
from motcua.contexts.counters.models import CounterDevice, OfflineEntry
from motcua.contexts.counters.queries import offline as queries
from motcua.contexts.counters.rules.offline import read_entry
from motcua.contexts.procedures import public as procedures
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.codes import PersonalNumber
from motcua.kernel.errors import DomainError
from motcua.ui import dates
from motcua.ui.parts import Fact, FieldError

ODD_NAMES = {
    Odd.NAME: "Họ và tên",
    Odd.BORN: "Ngày sinh",
    Odd.VERSION: "Phiên bản thủ tục",
    Odd.FEE: "Phí, lệ phí",
    Odd.DUE: "Ngày hẹn trả",
    Odd.SAME: "Hồ sơ trùng",
    Odd.RANGE: "Dải số",
    Odd.CLOCK: "Giờ nhận",
    Odd.REFUSED: "Điều kiện nhận",
}
# What a choice means for this very thing; who receives reads it before choosing.
CHOICE_WORDS = {
    (Odd.NAME, Choice.OURS): "Giữ như đã ghi ở quầy",
    (Odd.NAME, Choice.CITY): "Lấy theo dữ liệu Thành phố",
    (Odd.BORN, Choice.OURS): "Giữ như đã ghi ở quầy",
    (Odd.BORN, Choice.CITY): "Lấy theo dữ liệu Thành phố",
    (Odd.VERSION, Choice.CITY): "Giải quyết theo bản có hiệu lực lúc nhận",
    (Odd.FEE, Choice.CITY): "Thu theo mức đúng, báo người nộp",
    (Odd.DUE, Choice.CITY): "Hẹn theo ngày tính lại, báo người nộp",
    (Odd.SAME, Choice.OURS): "Đây là hồ sơ khác, vẫn nhận",
    (Odd.RANGE, Choice.OURS): "Đã thấy giấy hẹn thật, vẫn nhận",
    (Odd.CLOCK, Choice.CITY): "Ghi giờ nhận đúng ở ô bên dưới",
    (Odd.REFUSED, Choice.GUIDE): "Nhận, gửi phiếu hướng dẫn bổ sung",
}
GIVE_UP = "Bỏ số này, không thành hồ sơ"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    title: str
    note: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineLine:
    name: str
    note: str
    revoke_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeLine:
    numbers: str
    until: str
    state: str
    received: int
    waiting: int
    void: int
    returned: int
    out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPage:
    waiting: tuple[WaitingLine, ...]
    machines: tuple[MachineLine, ...]
    ranges: tuple[RangeLine, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OddRow:
    key: str
    name: str
    ours: str
    city: str
    ways: tuple[Way, ...]
    asks_hour: bool
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    code: str
    facts: tuple[Fact, ...]
    rows: tuple[OddRow, ...]
    hour: str
    over: str  # a sentence, when it is settled already
    back_url: str
    errors: tuple[FieldError, ...] = ()


def listed_page(
    waiting: Sequence[OfflineEntry],
    devices: Sequence[CounterDevice],
    accounts: Sequence[Account],
) -> ListedPage:
    return ListedPage(
        waiting=tuple(_waiting(row) for row in waiting),
        machines=tuple(_machine(row) for row in devices),
        ranges=tuple(_range(one) for one in accounts),
    )


def _waiting(row: OfflineEntry) -> WaitingLine:
    names = ", ".join(ODD_NAMES[one.odd] for one in queries.differences_of(row))
    return WaitingLine(
        title=row.code,
        note=f"nhận {dates.city_moment(row.happened_at)} · khác: {names}",
        url=f"/quay/mat-mang/doi-chieu/{row.id}",
    )


def _machine(row: CounterDevice) -> MachineLine:
    if row.revoked_at:
        return MachineLine(
            name=row.name, note=f"thu hồi {dates.city_moment(row.revoked_at)}", revoke_url=""
        )
    return MachineLine(
        name=row.name,
        note=f"có mạng lần cuối {dates.city_moment(row.seen_at)}",
        revoke_url=f"/quay/mat-mang/may/{row.id}/thu-hoi",
    )


def _range(one: Account) -> RangeLine:
    state = "Đang dùng"
    if one.range.revoked:
        state = "Đã thu hồi"
    elif one.range.returned_from is not None:
        state = "Đã trả"
    return RangeLine(
        numbers=f"{one.range.first:07d} – {one.range.last:07d}",
        until=dates.city_moment(one.range.valid_until),
        state=state,
        received=one.received,
        waiting=one.waiting,
        void=one.void,
        returned=one.returned,
        out=one.out,
    )


def entry_page(row: OfflineEntry, wrong: Mapping[str, str], typed: Mapping[str, str]) -> EntryPage:
    facts, over = _facts(row), ""
    if row.body is None:
        over = f"Lượt này đã xử lý xong. {queries.answer_of(row).sentence}"
    return EntryPage(
        code=row.code,
        facts=facts,
        rows=tuple(_odd(one, wrong, typed) for one in queries.differences_of(row)),
        hour=typed.get("at", f"{city_time(row.happened_at):%Y-%m-%dT%H:%M}"),
        over=over,
        back_url="/quay/mat-mang/doi-chieu",
        errors=tuple(FieldError(text=text, field=_place(name)) for name, text in wrong.items()),
    )


def _facts(row: OfflineEntry) -> tuple[Fact, ...]:
    facts = [
        Fact(label="Nhận tại quầy", value=dates.city_moment(row.happened_at)),
        Fact(label="Đồng bộ", value=dates.city_moment(row.synced_at)),
    ]
    if row.body is None:
        return tuple(facts)
    told = read_entry(row.body)
    return (
        Fact(label="Người nộp", value=told.full_name),
        Fact(label="Số định danh", value=PersonalNumber(told.personal_number).masked),
        Fact(label="Thủ tục", value=_procedure(told.procedure_code, row)),
        *facts,
    )


def _procedure(code: str, row: OfflineEntry) -> str:
    """Its name; of one that is not open, or that nobody knows, the code."""
    try:
        return procedures.open_version(code, city_date(row.synced_at)).name
    except DomainError:
        return code


def _odd(one: Difference, wrong: Mapping[str, str], typed: Mapping[str, str]) -> OddRow:
    return OddRow(
        key=one.odd,
        name=ODD_NAMES[one.odd],
        ours=one.ours,
        city=one.city,
        ways=tuple(
            Way(
                value=choice,
                label=CHOICE_WORDS.get((one.odd, choice), GIVE_UP),
                chosen=typed.get(one.odd) == choice,
            )
            for choice in one.choices
        ),
        asks_hour=one.odd is Odd.CLOCK,
        error=wrong.get(one.odd, ""),
    )


def _place(name: str) -> str:
    return f"{name}-0" if name in set(Odd) else name
