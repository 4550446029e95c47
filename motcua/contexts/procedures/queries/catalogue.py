"""Tìm và xem danh mục: by words, by field, by event in life, by code."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from operator import attrgetter

from motcua.contexts.procedures.contracts import (
    FieldView,
    Found,
    Hit,
    LifeEventView,
    ProcedureNotFound,
    ProcedureNotOpen,
    Published,
    Source,
    VersionSummary,
    VersionView,
)
from motcua.contexts.procedures.models import NOT_GENERAL, ProcedureVersion
from motcua.contexts.procedures.queries.finding import SearchIndex, search_index
from motcua.contexts.procedures.queries.snapshot import snapshot, version
from motcua.contexts.procedures.rules.reading import LIFE_EVENTS
from motcua.contexts.procedures.rules.search import Ranked
from motcua.contexts.procedures.rules.versions import state_on
from motcua.kernel.text import fold, sort_key

NEAREST = 3


def open_version(code: str, on: date, ward: str = "") -> VersionView:
    """Raises: ProcedureNotFound, ProcedureNotOpen."""
    seen = snapshot()
    tried = seen.on_trial(code, on, ward) if ward else None
    if tried is not None:
        return version(tried)
    line = seen.in_force(code, on)
    if line is not None:
        view = version(line.hit.version_id)
        return replace(view, is_runnable=False, closed=line.closed) if line.closed else view
    if code not in seen.by_code:
        raise ProcedureNotFound(procedure=code)
    raise ProcedureNotOpen(procedure=code, on=on.isoformat())


def search(text: str, *, limit: int, on: date | None) -> tuple[Hit, ...]:
    """Best first; on: only what is in force that day."""
    indexed = search_index()
    return _hits(indexed, indexed.index.search(text, limit=_margin(limit, on)), limit, on)


def find(text: str, *, limit: int, on: date | None) -> Found:
    """The hits, and how the words were read; the nearest when there is no hit."""
    indexed = search_index()
    hits = _hits(indexed, indexed.index.search(text, limit=_margin(limit, on)), limit, on)
    if hits:
        return Found(hits=hits, read_as=indexed.index.read_as(text))
    near = indexed.index.nearest(text, limit=_margin(NEAREST, on))
    return Found(hits=(), nearest=_hits(indexed, near, NEAREST, on))


def _margin(limit: int, on: date | None) -> int:
    """Some of what is indexed may not be in force that day."""
    return limit * 2 if on else limit


def _hits(
    indexed: SearchIndex, ranked: Iterable[Ranked], limit: int, on: date | None
) -> tuple[Hit, ...]:
    found = []
    for one in ranked:
        line = indexed.lines[one.position]
        if on is None or line.holds_on(on):
            found.append(replace(line.hit, score=one.score))
    return tuple(found[:limit])


def browse(
    *,
    field: str,
    level: str,
    life_event: str,
    runnable: bool | None,
    on: date,
    after: str,
    limit: int,
) -> tuple[Hit, ...]:
    """In force on the day, in the order of `Snapshot.current`; the page after a code."""
    wanted = fold(field)
    chosen = [
        line.hit
        for line in snapshot().current(on)
        if (not field or wanted in (fold(line.hit.field), line.hit.field_code))
        and (not level or level in line.hit.levels)
        and (not life_event or life_event in line.hit.life_events)
        and (runnable is None or line.hit.is_runnable is runnable)
    ]
    if after:
        place = next((i for i, hit in enumerate(chosen) if hit.code == after), len(chosen))
        chosen = chosen[place + 1 :]
    return tuple(chosen[:limit])


def fields(on: date) -> tuple[FieldView, ...]:
    """Every field with how many procedures, in the Vietnamese order."""
    count: Counter[str] = Counter()
    codes: dict[str, str] = {}
    for line in snapshot().current(on):
        count[line.hit.field] += 1
        codes.setdefault(line.hit.field, "")
        codes[line.hit.field] = codes[line.hit.field] or line.hit.field_code
    names = sorted(count, key=sort_key)
    return tuple(FieldView(name=name, code=codes[name], count=count[name]) for name in names)


def life_events(on: date, *, per_event: int) -> tuple[LifeEventView, ...]:
    """Events in life with their first procedures; our own catalogue before the national one."""
    current = snapshot().current(on)
    views = []
    for key, (name, name_en) in LIFE_EVENTS.items():
        lines = [line for line in current if key in line.hit.life_events]
        lines.sort(key=lambda line: line.source is Source.NATIONAL)
        hits = tuple(line.hit for line in lines[:per_event])
        views.append(LifeEventView(key=key, name=name, name_en=name_en, procedures=hits))
    return tuple(views)


def all_current(on: date) -> tuple[Hit, ...]:
    return tuple(sorted((line.hit for line in snapshot().current(on)), key=attrgetter("code")))


def history(code: str, on: date) -> tuple[VersionSummary, ...]:
    """Every version, drafts too, newest first, for editors. Raises: ProcedureNotFound."""
    rows = list(
        ProcedureVersion.objects.filter(procedure__code=code)
        .only(
            "id", "number", "state", "source", "content", "valid_from", "valid_to", "published_at"
        )
        .order_by("-number")
    )
    if not rows:
        raise ProcedureNotFound(procedure=code)
    return tuple(_summary(row, on) for row in rows)


def _summary(row: ProcedureVersion, on: date) -> VersionSummary:
    return VersionSummary(
        id=row.id,
        number=row.number,
        state=state_on(row.state, valid_from=row.valid_from, valid_to=row.valid_to, on=on),
        source=Source(row.source),
        decision=str(row.content.get("decision", "")),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        published_at=row.published_at,
    )


def already_published(code: str, digest: str) -> Published | None:
    """The newest version of the procedure when it says exactly this and is not ended."""
    row = (
        ProcedureVersion.objects.filter(procedure__code=code)
        .exclude(state__in=NOT_GENERAL)
        .order_by("-number")
        .values_list("id", "number", "digest", "valid_to")
        .first()
    )
    if row is None or row[2] != digest or row[3] is not None:
        return None
    return Published(version_id=row[0], code=code, number=row[1], changed=False)
