"""Phòng bảo vệ dữ liệu: the shape of the lists about people and their numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from motcua.contexts.identity.contracts.names import SOURCE_NAMES
from motcua.kernel.access import roles
from motcua.kernel.actors import Role
from motcua.ui.parts import Cell, Crumb, Empty, Export, FieldError, Pager, Table

ROOM = "/bao-ve-du-lieu"
GUARDS = roles(Role.DATA_PROTECTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A row on a phone."""

    title: str
    url: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    title: str
    note: str
    tabs: tuple[Tab, ...]
    table: Table
    cards: tuple[Card, ...]
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...] = ()


def list_page(
    title: str,
    note: str,
    heads: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    *,
    tabs: tuple[Tab, ...],
    older_url: str = "",
    export_url: str = "",
) -> ListPage:
    """The first cell names the row."""
    return ListPage(
        title=title,
        note=note,
        tabs=tabs,
        table=Table(
            caption=title,
            heads=tuple((head, False) for head in heads),
            rows=rows,
            export=Export(formats=(("CSV", export_url),)) if export_url and rows else None,
            pager=Pager(older_url=older_url) if older_url else None,
            empty=Empty(title="Không có gì ở đây", icon="circle-check"),
        ),
        cards=tuple(_card(heads, row) for row in rows),
        crumbs=crumbs(title),
    )


def _card(heads: tuple[str, ...], row: tuple[Cell, ...]) -> Card:
    said = zip(heads[1:], row[1:], strict=True)
    return Card(
        title=row[0].text,
        url=row[0].url,
        text=" · ".join(f"{head}: {cell.text}" for head, cell in said if cell.text),
    )


def crumbs(*labels: str) -> tuple[Crumb, ...]:
    return (Crumb(label="Bảo vệ dữ liệu", url=ROOM), *(Crumb(label=one) for one in labels))


def tabs(url: str, names: Iterable[tuple[str, str]], chosen: str) -> tuple[Tab, ...]:
    return tuple(
        Tab(label=label, url=f"{url}?trang-thai={key}", current=key == chosen)
        for key, label in names
    )


def before(asked: QueryDict) -> UUID | None:
    """The row after which an older page goes on."""
    try:
        return UUID(asked.get("truoc", ""))
    except ValueError:
        return None


def source_name(source: str) -> str:
    known = {str(key): name for key, name in SOURCE_NAMES.items()}
    return known.get(source, source)
