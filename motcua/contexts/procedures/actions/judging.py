"""Nhìn danh mục bằng mắt người soạn: the linter and the marks of law over all that is in force.

Published versions never change, so what is said of one is worked out once per process.
"""

from datetime import date
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ClockSpec
from motcua.contexts.procedures.contracts import (
    Basis,
    BasisKind,
    Definition,
    DurationView,
    FeeRuleView,
    Finding,
    Judged,
    Source,
)
from motcua.contexts.procedures.models import ProcedureVersion
from motcua.contexts.procedures.queries.checking import findings_for
from motcua.contexts.procedures.queries.snapshot import Line, snapshot
from motcua.contexts.procedures.rules.reading import parse_definition

Said = tuple[tuple[Finding, ...], tuple[Basis, ...]]
_NOTHING: Said = ((), ())
_said: dict[UUID, Said] = {}


def judged(on: date) -> tuple[Judged, ...]:
    """Everything in force on the day, ours first, by code."""
    lines = snapshot().current(on)
    _read([line.hit.version_id for line in lines if line.source is not Source.NATIONAL])
    ordered = sorted(lines, key=lambda one: (one.source is Source.NATIONAL, one.hit.code))
    return tuple(map(_judged, ordered))


def _judged(line: Line) -> Judged:
    findings, bases = _said.get(line.hit.version_id, _NOTHING)
    return Judged(
        hit=line.hit, number=line.number, source=line.source, findings=findings, bases=bases
    )


def _read(versions: list[UUID]) -> None:
    missing = [version for version in versions if version not in _said]
    rows = ProcedureVersion.objects.filter(id__in=missing).order_by("id") if missing else ()
    for row in rows:
        definition = parse_definition(row.content)
        _said[row.id] = findings_for(definition), _bases(definition)


def _bases(definition: Definition) -> tuple[Basis, ...]:
    laws = (
        Basis(
            kind=BasisKind.LAW,
            text=law.document,
            title=law.title,
            article=law.article,
            verified=law.verified,
        )
        for law in definition.legal
    )
    times = (
        Basis(
            kind=BasisKind.DURATION,
            text=_time_text(time),
            verified=time.verified,
        )
        for time in definition.durations
    )
    fees = (
        Basis(kind=BasisKind.FEE, text=_fee_text(fee), verified=fee.verified)
        for fee in definition.fees
    )
    return (*laws, *times, *fees, *_source(definition.mark))


def _source(mark: str) -> tuple[Basis, ...]:
    """A mark that begins with S names a source somebody read; any other is general knowledge."""
    if not mark:
        return ()
    text = f"Mã, tên, con số của thủ tục: dấu {mark}"
    return (Basis(kind=BasisKind.SOURCE, text=text, verified=mark.startswith("S")),)


def _time_text(time: DurationView) -> str:
    spec = ClockSpec(
        unit=time.unit, value=time.value, restart=time.restart, text=time.text, citation=""
    )
    return time.text or casework.spec_words(spec)


def _fee_text(fee: FeeRuleView) -> str:
    return fee.text or fee.label or fee.rule.value
