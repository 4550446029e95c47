"""Còn giữ hay được đi: the one rule that every way to disposal asks."""

from datetime import date


def is_longer(one: date | None, other: date | None) -> bool:
    """None is for ever: nothing is longer."""
    if other is None:
        return False
    return one is None or one > other


def may_go(keep_until: date | None, *, on: date, is_held: bool) -> bool:
    """Past its last day, and nobody holds it back."""
    return keep_until is not None and keep_until < on and not is_held
