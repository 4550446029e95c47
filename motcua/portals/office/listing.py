"""Danh sách: one shape for every list of this portal, wide, narrow and as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from motcua.kernel.web import page
from motcua.portals.office.asking import HERE
from motcua.ui.exporting import csv_answer
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
    Option,
    Pager,
    Table,
)

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A way to see the list: «Đang chờ», «Hỏng»."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """The form above a list. hidden: what the address keeps; options: of one select, if any."""

    url: str
    label: str
    value: str
    hidden: tuple[tuple[str, str], ...] = ()
    select_name: str = ""
    select_label: str = ""
    options: tuple[Option, ...] = ()
    chosen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A row on a phone. chip: only where the row has one."""

    title: str
    url: str
    chip: Chip | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list before it is a page. heads: (title, is a number); the first cell names the row.

    told: what each row says on a phone, where that is not its cells one after the other.
    """

    heads: tuple[tuple[str, bool], ...]
    rows: tuple[Row, ...]
    empty: Empty
    older_url: str = ""
    first_url: str = ""
    export_url: str = ""
    by_time: bool = True
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    title: str
    note: str
    crumbs: tuple[Crumb, ...]
    table: Table
    cards: tuple[Card, ...]  # the same, for narrow screens
    tabs: tuple[Choice, ...] = ()
    search: Search | None = None
    facts: tuple[Fact, ...] = ()
    alert: Alert | None = None
    actions: tuple[Action, ...] = ()
    errors: tuple[FieldError, ...] = ()


def list_page(
    title: str,
    listing: Listing,
    *,
    note: str = "",
    tabs: tuple[Choice, ...] = (),
    search: Search | None = None,
    facts: tuple[Fact, ...] = (),
    alert: Alert | None = None,
    actions: tuple[Action, ...] = (),
    above: tuple[Crumb, ...] = (),
) -> ListPage:
    pager = Pager(older_url=listing.older_url, newer_url=listing.first_url, by_time=listing.by_time)
    export = Export(formats=(("CSV", listing.export_url),)) if listing.export_url else None
    return ListPage(
        title=title,
        note=note,
        crumbs=crumbs(*above, Crumb(label=title)),
        table=Table(
            caption=title,
            heads=listing.heads,
            rows=listing.rows,
            export=export if listing.rows else None,
            pager=pager if listing.older_url or listing.first_url else None,
            empty=listing.empty,
        ),
        cards=tuple(_cards(listing)),
        tabs=tabs,
        search=search,
        facts=facts,
        alert=alert,
        actions=actions,
    )


def shown(request: HttpRequest, model: ListPage) -> HttpResponseBase:
    return page(request, "office/list.html", model)


def exported(name: str, listing: Listing) -> StreamingHttpResponse:
    """The rows of a list as CSV."""
    heads = [title for title, _ in listing.heads]
    return csv_answer(name, heads, ([text_of(cell) for cell in row] for row in listing.rows))


def crumbs(*after: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(label="Quản trị", url=HERE), *after)


def text_of(cell: Cell) -> str:
    return cell.text or (cell.chip.label if cell.chip else "")


def number_cell(text: str, url: str = "") -> Cell:
    return Cell(text=text, number=True, url=url)


def page_after(keys: Sequence[str], after: str, size: int) -> tuple[int, int, str]:
    """Where a page of a list kept in memory begins and ends, and the key the next one follows."""
    start = keys.index(after) + 1 if after in keys else 0
    end = min(start + size, len(keys))
    return start, end, keys[end - 1] if end < len(keys) else ""


def _cards(listing: Listing) -> Iterator[Card]:
    """Rows for a phone: the name, the chip, then what else is said with the heads as labels."""
    titles = [title for title, _ in listing.heads]
    for place, row in enumerate(listing.rows):
        named = list(zip(titles, row, strict=True))
        said = [f"{title}: {cell.text}" for title, cell in named[1:] if cell.text and not cell.chip]
        yield Card(
            title=text_of(row[0]),
            url=row[0].url,
            chip=next((cell.chip for cell in row if cell.chip), None),
            text=listing.told[place] if listing.told else " · ".join(said),
        )
