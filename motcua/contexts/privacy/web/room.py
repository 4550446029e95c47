"""Phòng bảo vệ dữ liệu: one shape for the lists of the data protection officer."""

from dataclasses import dataclass

from motcua.kernel.access import roles
from motcua.kernel.actors import Role
from motcua.ui.parts import (
    Action,
    Alert,
    Cell,
    Chip,
    Crumb,
    Empty,
    Export,
    Fact,
    FieldError,
    Table,
)

ROOM = "/bao-ve-du-lieu"
GUARDS = roles(Role.DATA_PROTECTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A row on a phone."""

    title: str
    url: str
    chip: Chip | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    title: str
    note: str
    table: Table
    cards: tuple[Card, ...]
    actions: tuple[Action, ...]
    facts: tuple[Fact, ...]
    alert: Alert | None
    crumbs: tuple[Crumb, ...]
    errors: tuple[FieldError, ...] = ()


def list_page(
    title: str,
    heads: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    *,
    empty: str,
    note: str = "",
    export_url: str = "",
    actions: tuple[Action, ...] = (),
    facts: tuple[Fact, ...] = (),
    alert: Alert | None = None,
) -> ListPage:
    """The first cell names the row."""
    export = Export(formats=(("CSV", export_url),)) if export_url and rows else None
    return ListPage(
        title=title,
        note=note,
        table=Table(
            caption=title,
            heads=tuple((head, False) for head in heads),
            rows=rows,
            export=export,
            empty=Empty(title=empty, icon="shield-check"),
        ),
        cards=tuple(_card(heads, row) for row in rows),
        actions=actions,
        facts=facts,
        alert=alert,
        crumbs=crumbs(title),
    )


def crumbs(title: str) -> tuple[Crumb, ...]:
    return (Crumb(label="Bảo vệ dữ liệu", url=ROOM), Crumb(label=title))


def _card(heads: tuple[str, ...], row: tuple[Cell, ...]) -> Card:
    said = [
        f"{head}: {cell.text}" for head, cell in zip(heads[1:], row[1:], strict=True) if cell.text
    ]
    return Card(
        title=row[0].text,
        url=row[0].url,
        chip=next((cell.chip for cell in row if cell.chip), None),
        text=" · ".join(said),
    )
