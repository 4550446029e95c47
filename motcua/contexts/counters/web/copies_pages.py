"""Mô hình trang quầy bản sao: papers with their fee, receipts, the words of certification."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from motcua.contexts.counters.contracts.copies import MOST_KINDS, PROCEDURE, CopyView
from motcua.contexts.counters.contracts.queue import NotAtThisDesk
from motcua.contexts.counters.queries import cash
from motcua.contexts.counters.web.intake_pages import (
    Calling,
    calling_at,
    ward_of,
)
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations.contracts import UnitView
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.errors import DomainError
from motcua.ui import dates
from motcua.ui.parts import Cell, Empty, Fact, FieldError, Table
from motcua.ui.words import count, vnd

FIELDS = ("paper", "issuer", "pages", "copies")
HERE = "/quay/sao"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of paper, as typed; fee: in words, when it can be reckoned."""

    number: int
    values: tuple[tuple[str, str], ...]
    fee: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LanePage:
    person: str
    facts: tuple[Fact, ...]
    kinds: tuple[Kind, ...]
    more: bool
    total: str
    due: str
    rule: str
    answers_for: bool
    answers_for_error: str
    calling: Calling | None
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Lời chứng, once for each copy. number: as the agency's book has it; "" while unsigned."""

    code: str
    paper: str
    number: str
    book: str
    day: str
    agency: str
    signer: str
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    code: str
    paper: str
    said: str
    fee: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenPage:
    """collect_url: "" when all is paid or the reader keeps no till; till: what they do instead."""

    requester: str
    unit: str
    officer: str
    moment: str
    lines: tuple[Line, ...]
    total: str
    collect_url: str
    till: str
    stamps: tuple[Stamp, ...]
    waiting: str
    qr: str
    calling: Calling | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPage:
    title: str
    facts: tuple[Fact, ...]
    table: Table
    before_url: str
    after_url: str


def taken_url(codes: Iterable[str]) -> str:
    return f"{HERE}/da-nhan?{urlencode([('ma', code) for code in codes])}"


def till_of(actor: Actor) -> UUID:
    """The desk whose money one takes. Raises: NotAtThisDesk."""
    units = sorted(actor.unit_ids(Role.FEE_COLLECTOR), key=str)
    if not units:
        raise NotAtThisDesk
    return units[0]


def lane_page(
    person_id: UUID,
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
    actor: Actor,
    *,
    now: datetime,
) -> LanePage:
    person = identity.person(person_id)
    kinds = tuple(_kind(n, typed, wrong, actor, now) for n in range(MOST_KINDS))
    quote = dossiers.quote(PROCEDURE, {}, ward_code=ward_of(actor), at=now)
    fee = quote.version.fees[0]
    mark = "" if fee.verified else " (chưa kiểm chứng)"
    due = city_time(quote.due_at) if quote.due_at else None
    return LanePage(
        person=person.full_name,
        facts=(Fact(label="Số định danh", value=person.personal_number_masked),),
        kinds=kinds,
        more=any(value for one in kinds[1:] for _name, value in one.values),
        total=vnd(sum(_fee(n, typed, actor, now) or 0 for n in range(MOST_KINDS))),
        due=f"{dates.hour(due)}, {dates.long_day(due)}" if due else "",
        rule=f"{fee.text}{mark}",
        answers_for=typed.get("answers_for") == "yes",
        answers_for_error=wrong.get("answers_for", ""),
        calling=calling_at(actor, now=now),
        errors=tuple(FieldError(text=text, field=_place(key)) for key, text in wrong.items()),
    )


def _place(key: str) -> str:
    known = {f"{name}{n}" for name in FIELDS for n in range(MOST_KINDS)}
    return key if key in known | {"answers_for"} else "paper0"


def _kind(
    n: int, typed: Mapping[str, str], wrong: Mapping[str, str], actor: Actor, now: datetime
) -> Kind:
    dong = _fee(n, typed, actor, now)
    return Kind(
        number=n,
        values=tuple((name, typed.get(f"{name}{n}", "")) for name in FIELDS),
        fee=vnd(dong) if dong is not None else "",
        error=next((wrong[f"{f}{n}"] for f in FIELDS if f"{f}{n}" in wrong), ""),
    )


def _fee(n: int, typed: Mapping[str, str], actor: Actor, now: datetime) -> int | None:
    """As the version says, with its caps; None while pages or copies are not numbers."""
    counts = {name: typed.get(f"{name}{n}", "").strip() for name in ("pages", "copies")}
    if not all(one.isdecimal() and len(one) < 5 for one in counts.values()):
        return None
    try:
        return dossiers.quote(PROCEDURE, counts, ward_code=ward_of(actor), at=now).fee_dong
    except DomainError:
        return None


def totals(typed: Mapping[str, str], actor: Actor, *, now: datetime) -> dict[str, str]:
    """The fee of each kind and of all, by the place where the page says it."""
    fees = [_fee(n, typed, actor, now) for n in range(MOST_KINDS)]
    told = {f"fee{n}": vnd(dong) if dong is not None else "" for n, dong in enumerate(fees)}
    return told | {"total": vnd(sum(dong or 0 for dong in fees))}


def taken_page(found: Sequence[CopyView], actor: Actor, *, now: datetime) -> TakenPage:
    owed = sum(one.fee_dong for one in found if not one.paid)
    shift = cash.open_shift(actor)
    open_today = shift is not None and shift.day == city_date(now)
    address = taken_url(one.code for one in found)
    return TakenPage(
        requester=found[0].requester if found else "",
        unit=found[0].agency if found else "",
        officer=actor.name,
        moment=dates.city_moment(found[0].received_at) if found else "",
        lines=tuple(_line(one) for one in found),
        total=vnd(sum(one.fee_dong for one in found)),
        collect_url=address.replace("/da-nhan?", "/thu?") if owed and open_today else "",
        till=_till(owed, open_today=open_today),
        stamps=tuple(_stamp(one) for one in found if one.number),
        waiting=_waiting(found),
        qr=dossiers.track_url(found[0].code) if found else "",
        calling=calling_at(actor, now=now),
    )


def _till(owed: int, *, open_today: bool) -> str:
    if not owed:
        return "Đã thu đủ."
    if open_today:
        return f"Còn phải thu {vnd(owed)}."
    return f"Còn phải thu {vnd(owed)}. Bạn chưa mở ca thu tiền hôm nay; người khác thu ở quầy phí."


def _waiting(found: Sequence[CopyView]) -> str:
    codes = [one.code for one in found if not one.number]
    if not codes:
        return ""
    return f"Chưa có số chứng thực: {', '.join(codes)} chờ người có thẩm quyền ký."


def _line(one: CopyView) -> Line:
    return Line(
        code=one.code,
        paper=f"{one.paper}, {one.issuer}",
        said=f"{count(one.pages)} trang, {count(one.copies)} bản",
        fee=f"{vnd(one.fee_dong)}{', đã thu' if one.paid else ''}",
        due=dates.city_moment(one.due_at) if one.due_at else "",
    )


def _stamp(one: CopyView) -> Stamp:
    number, _, book = one.number.partition("/")
    signed = one.signed_at
    return Stamp(
        code=one.code,
        paper=one.paper,
        number=number,
        book=f"01/{city_date(signed).year}-{book}" if signed else book,
        day=dates.document_day(city_date(signed)) if signed else "",
        agency=one.agency,
        signer=one.signer,
        copies=one.copies,
    )


def book_page(desks: Sequence[UnitView], day: date, lines: Sequence[CopyView]) -> BookPage:
    step = date.resolution
    return BookPage(
        title=f"Sổ chứng thực bản sao ngày {dates.day(day)}",
        facts=(
            Fact(label="Nơi tiếp nhận", value=", ".join(unit.name for unit in desks)),
            Fact(label="Hồ sơ", value=str(len(lines))),
            Fact(label="Bản sao", value=str(sum(one.copies for one in lines))),
            Fact(label="Phí", value=vnd(sum(one.fee_dong for one in lines))),
            Fact(label="Đã thu", value=vnd(sum(one.fee_dong for one in lines if one.paid))),
        ),
        table=_book(lines),
        before_url=f"{HERE}/so?ngay={(day - step).isoformat()}",
        after_url=f"{HERE}/so?ngay={(day + step).isoformat()}",
    )


def _book(lines: Sequence[CopyView]) -> Table:
    return Table(
        caption="Các bản sao theo thứ tự nhận",
        heads=(
            ("Số chứng thực", False),
            ("Hồ sơ", False),
            ("Người yêu cầu", False),
            ("Giấy tờ", False),
            ("Trang", True),
            ("Bản", True),
            ("Phí", True),
            ("Người ký", False),
        ),
        rows=tuple(
            (
                Cell(text=one.number or "chờ ký"),
                Cell(text=one.code, url=taken_url([one.code])),
                Cell(text=one.requester),
                Cell(text=one.paper),
                Cell(text=str(one.pages), number=True),
                Cell(text=str(one.copies), number=True),
                Cell(text=vnd(one.fee_dong), number=True),
                Cell(text=one.signer),
            )
            for one in lines
        ),
        empty=Empty(title="Chưa có bản sao nào", text="Ngày này quầy chưa nhận bản sao nào."),
    )
