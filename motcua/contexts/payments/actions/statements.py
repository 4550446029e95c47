"""Nhập sao kê: a file of the bank becomes lines that stand once, whatever other file has them."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from uuid import UUID

from motcua.contexts.payments.adapters.account import collecting_account
from motcua.contexts.payments.adapters.camt import CamtFile
from motcua.contexts.payments.adapters.statement_csv import CsvFile, heads_of
from motcua.contexts.payments.contracts import (
    CollectorsOnly,
    ColumnsNeeded,
    StatementChanged,
    StatementOfOthers,
    StatementUnreadable,
)
from motcua.contexts.payments.models import (
    BankDayClosing,
    BankStatement,
    Credit,
    Refund,
    StatementEntry,
    StatementLayout,
)
from motcua.contexts.payments.queries import statements as reading
from motcua.contexts.payments.rules.matching import pair
from motcua.contexts.payments.rules.statement_columns import (
    StatementColumns,
    digest_of,
    guessed,
)
from motcua.contexts.payments.rules.statements import (
    MOST_LINES,
    Inspection,
    StatementFormat,
    StatementLine,
    StatementPart,
    check_sums,
    keyed,
    named,
)
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import insert, joins_transaction, owns_transaction, record

BATCH = 1_000
EARLIEST = 2000
AHEAD = timedelta(days=7)  # a bank may book beyond its holidays
MORE_CAME = "Sao kê nhập sau có thêm giao dịch của ngày này."


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What became of a file. known: the very same file came before, nothing was written."""

    last_on: date
    lines: int
    new_lines: int
    known: bool


def columns_of(content: bytes) -> tuple[tuple[str, ...], StatementColumns | None]:
    """The heads of a CSV file and what they mean: as told before, or as they say themselves.

    Raises: StatementUnreadable.
    """
    for layout in reading.layouts():
        columns = StatementColumns.told(layout.columns)
        try:
            return heads_of(io.BytesIO(content), columns).cells, columns
        except StatementUnreadable:
            continue
    heads = heads_of(io.BytesIO(content)).cells
    found = guessed(heads)
    return heads, found if found.is_enough else None


def is_xml(content: bytes) -> bool:
    """Told by its first characters, in whichever coding, never by its name."""
    return content[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<")


@owns_transaction
def bring_statement(
    content: bytes, *, columns: StatementColumns | None, actor: Actor, now: datetime
) -> Brought:
    """Keep the lines of a file, all or none, then pair them with the books.

    columns: what the columns of a CSV mean. Raises: CollectorsOnly, StatementUnreadable,
    StatementDoesNotAddUp, StatementOfOthers, StatementChanged, ColumnsNeeded.
    """
    collectors_only(actor)
    digest = hashlib.sha256(content).hexdigest()
    earlier = reading.statement_of(digest)
    if earlier is not None:
        record(action="payments.bring_statement", subject=str(earlier.id), actor=actor)
        return Brought(last_on=earlier.last_on, lines=earlier.lines, new_lines=0, known=True)
    file = _opened(content, columns)
    found = _inspected(file, now)
    row = _statement(file.parts, found, digest, isinstance(file, CamtFile), actor=actor, now=now)
    if not reading.kept_once(row):
        record(action="payments.bring_statement", subject=digest, actor=actor)
        return Brought(last_on=row.last_on, lines=row.lines, new_lines=0, known=True)
    new_days = _keep_lines(file, row)
    BankStatement.objects.filter(id=row.id).update(new_lines=row.new_lines)
    _reopen(new_days, now=now)
    if columns is not None and not is_xml(content):
        _remember(content, columns, actor=actor, now=now)
    match_lines(row.first_on, row.last_on, now=now)
    record(
        action="payments.bring_statement",
        subject=str(row.id),
        actor=actor,
        facts={"lines": row.lines, "new": row.new_lines, "sha256": digest},
    )
    return Brought(last_on=row.last_on, lines=row.lines, new_lines=row.new_lines, known=False)


@joins_transaction
def match_lines(first: date, last: date, *, now: datetime) -> None:
    """Write down which lines of those days have met which money of our books.

    The bank may tell us of money after the day on which it booked it.
    """
    span = reading.covered()
    if span is None:
        return
    bank = reading.unmatched_entries(first, last)
    books = reading.unmatched_books(span[0], max(last, city_date(now)))
    met = {str(theirs.key): str(ours.key) for theirs, ours in pair(bank, books)}
    rows = list(reading.unmatched_rows(line for line in bank if str(line.key) in met))
    for row in rows:
        kind, _, key = met[f"{reading.ENTRY}:{row.id}"].partition(":")
        if kind == reading.CREDIT:
            row.credit = Credit(id=UUID(key))
        else:
            row.refund = Refund(id=UUID(key))
    StatementEntry.objects.bulk_update(rows, ["credit", "refund"], batch_size=BATCH)


def collectors_only(actor: Actor) -> None:
    """Raises: CollectorsOnly."""
    if not actor.has(Role.FEE_COLLECTOR):
        raise CollectorsOnly("Chỉ người thu phí được đối soát sao kê.")


def _opened(content: bytes, columns: StatementColumns | None) -> CamtFile | CsvFile:
    """Raises: ColumnsNeeded, StatementUnreadable."""
    if not content.strip():
        raise StatementUnreadable("Tệp rỗng. Bạn chọn lại tệp sao kê.")
    if is_xml(content):
        return CamtFile(io.BytesIO(content))
    if content.startswith((b"PK", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise StatementUnreadable(
            "Đây không phải tệp camt.053 hay CSV. Trong bảng tính, bạn chọn lưu «CSV UTF-8»."
        )
    if columns is None or not columns.is_enough:
        raise ColumnsNeeded
    return CsvFile(io.BytesIO(content), columns)


def _inspected(file: CamtFile | CsvFile, now: datetime) -> Inspection:
    """Read once without keeping anything. Raises: what reading raises, StatementOfOthers."""
    found = Inspection()
    for line in file.lines():
        _check_line(line, now)
        found.note(line)
        if found.lines > MOST_LINES:
            raise StatementUnreadable("Sao kê có hơn 200.000 dòng. Bạn xuất theo từng ngày.")
    ours = collecting_account().number
    if any(part.account and part.account != ours for part in file.parts):
        raise StatementOfOthers
    check_sums(file.parts, found)
    if not found.lines:
        raise StatementUnreadable("Sao kê không có dòng nào đã ghi sổ.")
    return found


def _check_line(line: StatementLine, now: datetime) -> None:
    """Raises: StatementUnreadable."""
    if line.amount <= 0 or line.fee < 0:
        raise StatementUnreadable("Sao kê có dòng với số tiền âm. Bạn hỏi ngân hàng tệp đúng.")
    if not EARLIEST <= line.booked_at.year <= now.year + 1 or line.booked_at > now + AHEAD:
        raise StatementUnreadable(
            f"Sao kê có dòng ghi ngày {line.booked_at:%d/%m/%Y}. Bạn xem lại cột ngày giao dịch."
        )


def _statement(
    parts: list[StatementPart],
    found: Inspection,
    digest: str,
    is_camt: bool,
    *,
    actor: Actor,
    now: datetime,
) -> BankStatement:
    if found.first is None or found.last is None:
        raise StatementUnreadable
    whole = all(one.opening is not None and one.closing is not None for one in parts)
    joined = whole and all(a.closing == b.opening for a, b in pairwise(parts))
    return BankStatement(
        sha256=digest,
        format=StatementFormat.CAMT if is_camt else StatementFormat.CSV,
        number=parts[0].number,
        first_on=city_date(found.first),
        last_on=city_date(found.last),
        opening_dong=parts[0].opening if joined else None,
        closing_dong=parts[-1].closing if joined else None,
        came_dong=int(found.came),
        left_dong=int(found.left),
        lines=found.lines,
        new_lines=0,
        brought_at=now,
        brought_by_id=actor.account_id,
    )


def _keep_lines(file: CamtFile | CsvFile, statement: BankStatement) -> set[date]:
    """Insert what no file had; the days that got something. Raises: StatementChanged."""
    account = collecting_account().number
    days: set[date] = set()
    rows = _rows(keyed(file.lines(), account), statement)
    while some := tuple(islice(rows, BATCH)):
        known = reading.entries_known([row.key for row in some])
        for row in some:
            before = known.get(row.key)
            if before is not None and _differs(before, row):
                raise StatementChanged(
                    f"Giao dịch {row.reference} khác với sao kê đã nhập trước đó."
                    " Bạn hỏi ngân hàng bản nào đúng."
                )
        new = [row for row in some if row.key not in known]
        StatementEntry.objects.bulk_create(new, ignore_conflicts=True)
        statement.new_lines += len(new)
        days |= {row.booked_on for row in new}
    return days


def _rows(
    lines: Iterable[tuple[str, StatementLine]], statement: BankStatement
) -> Iterator[StatementEntry]:
    for key, told in lines:
        line = named(told, key)
        yield StatementEntry(
            key=key,
            statement=statement,
            side=line.side,
            amount_dong=int(line.amount),
            booked_at=line.booked_at,
            booked_on=city_date(line.booked_at),
            reference=line.reference,
            order=line.order[:64],
            memo=line.memo[:1_000],
            fee_dong=int(line.fee),
            is_reversal=line.is_reversal,
            is_charge=line.is_charge,
        )


def _differs(before: StatementEntry, told: StatementEntry) -> bool:
    return (before.amount_dong, before.booked_on) != (told.amount_dong, told.booked_on)


def _reopen(days: Iterable[date], *, now: datetime) -> None:
    """A day that was signed off and got another line is open again; both stay on record."""
    closed = BankDayClosing.objects.filter(day__in=list(days), reopened_at__isnull=True)
    closed.update(reopened_at=now, reopen_reason=MORE_CAME)


def _remember(content: bytes, columns: StatementColumns, *, actor: Actor, now: datetime) -> None:
    """The next file with the same heads is read the same way."""
    heads = heads_of(io.BytesIO(content), columns).cells
    if reading.layout_of(digest_of(heads)) is None:
        insert(
            StatementLayout(
                heads=digest_of(heads),
                columns=columns.named(),
                told_at=now,
                told_by_id=actor.account_id,
            )
        )
