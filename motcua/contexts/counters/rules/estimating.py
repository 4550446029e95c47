"""Ước thời gian chờ: from what this day itself has shown, or nothing said."""

from collections.abc import Sequence
from statistics import median

ENOUGH = 3  # fewer finished ones say nothing


def wait_minutes(served: Sequence[float], *, before: int, windows: int) -> int | None:
    """How long somebody waits with so many before them; None when nobody can know.

    served: minutes that each of the last ones took at a window.
    """
    if len(served) < ENOUGH or not windows:
        return None
    return round(median(served) * before / windows)
