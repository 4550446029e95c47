"""Mô hình bảng đối chiếu: each question as declared and as a register has it, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.contexts.dossiers.contracts import Compared, Comparison, DeskView
from motcua.contexts.dossiers.contracts.rulings import Ruling, RulingView
from motcua.contexts.dossiers.web.desk.asking import BAN, Asked
from motcua.ui import dates

RULED = {Ruling.TAKEN: "Đã nhận giá trị nguồn", Ruling.KEPT: "Đã giữ điều người nộp khai"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """ruled: what was decided, by whom and why. asks: there is a decision to make here."""

    key: str
    label: str
    declared: str
    registered: str
    source: str
    differs: bool
    mark: str
    ruled: str = ""
    asks: bool = False
    typed: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedTable:
    rows: tuple[ComparedRow, ...]
    trouble: str
    rule_url: str
    seen_version: int
    still: int  # differences that wait for a decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was sent for one question and refused."""

    key: str = ""
    reason: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


NOTHING_TYPED = Typed()


def compared_table(
    found: Compared, view: DeskView, asked: Asked, typed: Typed = NOTHING_TYPED
) -> ComparedTable:
    rows = tuple(_row(line, view, typed) for line in found.lines)
    return ComparedTable(
        rows=rows,
        trouble=found.trouble,
        rule_url=asked.url(f"{BAN}/ho-so/{view.dossier.code}/nguon"),
        seen_version=view.dossier.version_seen,
        still=sum(1 for row in rows if row.asks),
    )


def _row(line: Comparison, view: DeskView, typed: Typed) -> ComparedRow:
    mine = line.key == typed.key
    return ComparedRow(
        key=line.key,
        label=line.label,
        declared=line.declared,
        registered=line.registered,
        source=line.source,
        differs=line.differs and line.ruled is None,
        mark=line.mark,
        ruled=_said(line, line.ruled) if line.ruled else "",
        asks=bool(line.differs and line.ruled is None and view.mine),
        typed=typed.reason if mine else "",
        error=typed.errors.get("reason", "") if mine else "",
    )


def _said(line: Comparison, ruled: RulingView) -> str:
    """Both values stay to be read, whichever stands."""
    other = (
        f"Người nộp đã khai: {line.instead_of}"
        if ruled.ruling is Ruling.TAKEN
        else f"{line.source} ghi: {line.registered}"
    )
    who = ", ".join(filter(None, (ruled.decided_by, dates.city_moment(ruled.decided_at))))
    return f"{RULED[ruled.ruling]}. {other}. Lý do: {ruled.reason} ({who})"
