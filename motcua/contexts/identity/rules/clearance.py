"""Điều kiện xem dữ liệu nhạy cảm: what makes an officer cleared, and until which day. Pure."""

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from motcua.contexts.identity.contracts.clearance import (
    Clearance,
    CommitmentText,
    CommitmentUnknown,
)
from motcua.kernel.period import Period
from motcua.kernel.privacy import DataClass

FILE = Path(__file__).resolve().parents[1] / "data" / "commitments.toml"
# Invented: no law that was found names a term. A year for the promise, two for the training.
TRAINING_HOLDS = timedelta(days=730)
COMMITMENT_HOLDS = timedelta(days=365)
WARNED_BEFORE = (1, 7, 30)  # days before the lapse on which officer and head are told


@cache
def texts() -> tuple[CommitmentText, ...]:
    """Every version, oldest first."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["commitment"]
    return tuple(
        CommitmentText(
            version=row["version"],
            data_class=DataClass(row["data_class"]),
            title=row["title"],
            lines=tuple(row["lines"]),
            law=row["law"],
            verified=row["verified"],
        )
        for row in rows
    )


def text_to_sign(data_class: str) -> CommitmentText:
    """The last version of the class. Raises: CommitmentUnknown."""
    found = [text for text in texts() if text.data_class == data_class]
    if not found:
        raise CommitmentUnknown(field="data_class")
    return found[-1]


def clearance(
    data_class: DataClass, trainings: Sequence[Period], commitments: Sequence[Period], on: date
) -> Clearance:
    """Both must hold on the day; the access ends with the first of the two that ends."""
    ends = [_end_of(periods, on) for periods in (trainings, commitments)]
    known = [end for end in ends if end is not None]
    return Clearance(
        data_class=data_class,
        trained=_last(trainings),
        committed=_last(commitments),
        until=min(known) if len(known) == len(ends) else None,
    )


def _end_of(periods: Iterable[Period], on: date) -> date | None:
    """The end of the days in force; one that follows without a gap is not waited for."""
    return max((p.end for p in periods if p.end and p.contains(on)), default=None)


def _last(periods: Iterable[Period]) -> Period | None:
    return max(periods, key=lambda one: one.end or date.max, default=None)


def mark_reached(until: date, on: date, told: Iterable[int]) -> int | None:
    """The nearest mark (30, 7, 1 days) that was reached and not told yet, None when none is.

    A worker that slept over a mark tells the next one only: one message, not three.
    """
    left = (until - on).days
    mark = next((days for days in WARNED_BEFORE if left <= days), None)
    return None if left < 1 or mark is None or mark in set(told) else mark
