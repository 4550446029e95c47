"""Đếm một ngày của hàng đợi: the same numbers for the whole, by group, by hour and by window."""

from collections.abc import Callable, Sequence
from math import ceil
from statistics import median

from motcua.contexts.counters.contracts.figures import Counted, DayFigures, Outcome, Part

NINE_OF_TEN = 0.9


def day_figures(found: Sequence[Counted]) -> DayFigures:
    """Every number stands once in each of the three divisions, so each adds up to the whole."""
    now = [one.waited or 0 for one in found if one.outcome is Outcome.WAITING]
    return DayFigures(
        whole=part_of("", found),
        groups=_parts(found, lambda one: one.group),
        hours=_parts(found, lambda one: f"{one.hour:02d}"),
        windows=_parts([one for one in found if one.window], lambda one: f"{one.window:02d}"),
        longest=max(now, default=0),
    )


def _parts(found: Sequence[Counted], key: Callable[[Counted], str]) -> tuple[Part, ...]:
    keys = sorted({key(one) for one in found})
    return tuple(part_of(name, [one for one in found if key(one) == name]) for name in keys)


def part_of(key: str, found: Sequence[Counted]) -> Part:
    outcomes = [one.outcome for one in found]
    waited = _called_after(found)
    served = [one.served for one in found if one.served is not None]
    return Part(
        key=key,
        taken=len(found),
        waiting=outcomes.count(Outcome.WAITING),
        serving=outcomes.count(Outcome.SERVING),
        served=outcomes.count(Outcome.SERVED),
        absent=outcomes.count(Outcome.ABSENT),
        given_up=outcomes.count(Outcome.GIVEN_UP),
        moved=sum(one.moved for one in found),
        median=median(waited) if waited else None,
        most=percentile(waited, NINE_OF_TEN) if waited else None,
        median_served=median(served) if served else None,
    )


def _called_after(found: Sequence[Counted]) -> list[float]:
    """Of those who were called: who still waits has no waiting time yet."""
    called = {Outcome.SERVING, Outcome.SERVED, Outcome.ABSENT}
    return [one.waited for one in found if one.waited is not None and one.outcome in called]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(ceil(share * len(ordered)), 1) - 1]
