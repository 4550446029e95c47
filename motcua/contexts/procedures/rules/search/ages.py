"""Tuổi: «bé 8 tuổi» against «cho người dưới 14 tuổi»."""

import re

OLDEST = 150
_TOLD = re.compile(r"\b(\d{1,3}) tuoi\b")
_FROM = re.compile(r"\btu (?:du )?(\d{1,3})(?: tuoi)?\b")
_TO = re.compile(r"\b(?:den|toi) (?:duoi )?(\d{1,3}) tuoi\b")
_UNDER = re.compile(r"\bduoi (\d{1,3}) tuoi\b")


def told(query: str) -> int | None:
    """The age a folded query tells."""
    hit = _TOLD.search(query)
    return int(hit[1]) if hit else None


def ages_of(title: str) -> range | None:
    """The ages a folded title is for, when it says so."""
    if not _TOLD.search(title):
        return None
    start, end, under = _FROM.search(title), _TO.search(title), _UNDER.search(title)
    first = int(start[1]) if start else 0
    past = int(end[1]) + 1 if end else int(under[1]) if under and not start else OLDEST
    return range(first, past) if start or end or under else None
