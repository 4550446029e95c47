"""Số và giờ thành chữ."""

from datetime import datetime

from motcua.kernel.letters import MOST_COUNTED
from motcua.ui.words import count


def capped(number: int) -> str:
    """A count that stopped early says so."""
    return f"{count(MOST_COUNTED)}+" if number >= MOST_COUNTED else count(number)


def ago(at: datetime | None, now: datetime) -> str:
    """«3 phút trước»."""
    if at is None:
        return ""
    seconds = max(0, int((now - at).total_seconds()))
    for size, word in ((86_400, "ngày"), (3_600, "giờ"), (60, "phút")):
        if seconds >= size:
            return f"{count(seconds // size)} {word} trước"
    return "vừa xong"
