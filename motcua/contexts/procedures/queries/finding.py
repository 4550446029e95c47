"""Chỉ mục tìm kiếm của tiến trình: built from the snapshot, renewed while the old one serves."""

import threading
from uuid import UUID

from motcua.contexts.procedures.contracts import Source
from motcua.contexts.procedures.queries.snapshot import Line, Snapshot, snapshot
from motcua.contexts.procedures.rules.search import Entry, Index

AT_ONCE = 1_000  # fewer procedures than this are indexed while the reader waits


class SearchIndex:
    """The newest version of each procedure of one edition, searchable."""

    def __init__(self, seen: Snapshot) -> None:
        self.token: UUID | None = seen.token
        self.lines = tuple(lines[-1] for lines in seen.by_code.values())
        self.index = Index([_entry(line) for line in self.lines])


_lock = threading.Lock()
_renewing = threading.Lock()
_built: SearchIndex | None = None


def search_index() -> SearchIndex:
    """The index of the newest edition, or the one before while the newest is being built."""
    seen, known = snapshot(), _built
    if known is not None and known.token == seen.token:
        return known
    if known is None or len(seen.by_code) < AT_ONCE:
        return _build(seen)
    if _renewing.acquire(blocking=False):
        threading.Thread(target=_renew, args=(seen,), name="search-index", daemon=True).start()
    return known


def _build(seen: Snapshot) -> SearchIndex:
    global _built
    with _lock:
        if _built is None or _built.token != seen.token:
            _built = SearchIndex(seen)
        return _built


def _renew(seen: Snapshot) -> None:
    """Pure computing: no database in this thread."""
    try:
        _build(seen)
    finally:
        _renewing.release()


OURS, RUNNABLE, ELSEWHERE = 1.1, 1.08, 0.9
COMMUNE, CITY, ABROAD = 1.06, 1.03, 0.9  # near one's home first; embassies have no level


def _entry(line: Line) -> Entry:
    """The name in the national catalogue counts as one of people's words for it."""
    hit = line.hit
    boost = COMMUNE if "COMMUNE" in hit.levels else CITY if "CITY" in hit.levels else 1.0
    if not hit.levels:
        boost *= ABROAD
    if line.source is not Source.NATIONAL:
        boost *= OURS
    if hit.is_runnable and not hit.generic:
        boost *= RUNNABLE
    if line.elsewhere:
        boost *= ELSEWHERE
    keywords = (*line.keywords, line.official) if line.official else line.keywords
    body = " ".join((hit.name_en, *line.results))
    return Entry(hit.code, hit.name, hit.field, keywords, body, boost)
