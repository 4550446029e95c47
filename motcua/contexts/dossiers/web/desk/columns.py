"""Cột: what a row of the list tells beside who, what, by when; what an export tells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import SOURCE_NAMES, DossierLine
from motcua.contexts.dossiers.web.desk.timing import step_left, step_of
from motcua.ui import dates


@dataclass(frozen=True, slots=True)
class Column:
    """head: of the export. shown: begins the same value in a row, where it needs a word."""

    head: str
    tell: Callable[[DossierLine, datetime], str]
    shown: str = ""


COLUMNS: dict[str, Column] = {
    "ma": Column("Mã hồ sơ", lambda line, _now: line.code),
    "thu-tuc": Column("Thủ tục", lambda line, _now: line.procedure_name),
    "ma-tt": Column("Mã thủ tục", lambda line, _now: line.procedure_code),
    "nguoi-nop": Column("Người nộp", lambda line, _now: line.applicant_name),
    "buoc": Column("Bước", lambda line, _now: step_of(line)),
    "han-buoc": Column(
        "Hạn của bước",
        lambda line, _now: dates.moment(line.task.due_at) if line.task else "",
        "hạn bước",
    ),
    "hen-tra": Column(
        "Ngày hẹn trả",
        lambda line, _now: dates.moment(line.due_at) if line.due_at else "",
        "hẹn trả",
    ),
    "con-lai": Column("Còn lại", lambda line, now: step_left(line, now)[0]),
    "nguon": Column("Nguồn", lambda line, _now: SOURCE_NAMES[line.source]),
    "noi-nhan": Column("Nơi tiếp nhận", lambda line, _now: line.receiving_unit, "nhận tại"),
    "co-quan": Column("Cơ quan giải quyết", lambda line, _now: line.competent_unit),
    "ngay-nop": Column("Ngày nộp", lambda line, _now: dates.city_moment(line.submitted_at), "nộp"),
    "den-buoc": Column(
        "Đến bước này",
        lambda line, _now: dates.city_moment(line.task.opened_at) if line.task else "",
        "đến bước",
    ),
    "giu": Column("Người giữ việc", lambda line, _now: line.holder, "giữ:"),
    "phuong": Column("Phường, xã", lambda line, _now: dossiers.ward_name(line.ward_code)),
    "bo-sung": Column(
        "Số lần bổ sung", lambda line, _now: str(line.supplements), "số lần bổ sung:"
    ),
}
ALWAYS_SHOWN = frozenset({"thu-tuc", "nguoi-nop", "buoc", "con-lai"})  # by every row
USUAL = ("ma", "thu-tuc", "nguoi-nop", "buoc", "han-buoc", "hen-tra", "con-lai", "nguon",
         "noi-nhan", "co-quan")  # fmt: skip


def chosen(names: Sequence[str]) -> tuple[Column, ...]:
    return tuple(COLUMNS[name] for name in names if name in COLUMNS)


def more_of(line: DossierLine, names: Sequence[str], now: datetime) -> str:
    """What the row says beyond its usual words."""
    wanted = chosen([name for name in names if name not in ALWAYS_SHOWN])
    said = ((column, column.tell(line, now)) for column in wanted)
    return " · ".join(f"{column.shown} {value}".strip() for column, value in said if value)


def heads(names: Sequence[str]) -> tuple[str, ...]:
    """Of an export: what was chosen behind the code, else the usual."""
    return tuple(column.head for column in _exported(names))


def cells(line: DossierLine, names: Sequence[str], now: datetime) -> tuple[str, ...]:
    return tuple(column.tell(line, now) for column in _exported(names))


def _exported(names: Sequence[str]) -> tuple[Column, ...]:
    return chosen([*dict.fromkeys(("ma", *names))]) if names else chosen(USUAL)
