"""Mệnh giá: what notes there are, and what so many of them are worth."""

from collections.abc import Mapping

# Notes in circulation, the largest first (from memory, K-h).
NOTES = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500)
MOST = 100_000


def counted(notes: Mapping[int, int]) -> int | None:
    """The sum in đồng; None when a note does not exist or a number is odd."""
    if not all(value in NOTES and 0 <= many <= MOST for value, many in notes.items()):
        return None
    return sum(value * many for value, many in notes.items())
