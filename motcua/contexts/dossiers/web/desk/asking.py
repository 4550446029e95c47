"""Lọc danh sách: which part of the inbox an address asks for, and how addresses carry it on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, QueryDict

from motcua.contexts.casework.contracts import InboxOrder
from motcua.contexts.dossiers.contracts import InboxFilter, InboxGroup, Source
from motcua.contexts.procedures import public as procedures
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date
from motcua.kernel.text import nfc, whole
from motcua.kernel.web import uuid_of

Address = Callable[..., str]  # of a path, with filter and place kept

BAN = "/ban"
GROUPS = {
    "qua-han": InboxGroup.OVERDUE,
    "hom-nay": InboxGroup.TODAY,
    "tuan-nay": InboxGroup.WEEK,
    "sau": InboxGroup.LATER,
}
ORDERS = {"moi": InboxOrder.NEWEST, "cu": InboxOrder.OLDEST}
NOBODY = "chua"
# What an address may say of the filter; a saved view keeps these and nothing else.
FILTERS = ("vai", "don-vi", "viec", "cua-toi", "han", "thu-tuc", "linh-vuc", "phuong", "buoc",
           "kenh", "tu", "den", "giu", "bo-sung", "chu", "xep", "cot")  # fmt: skip
PLACE = ("sau", "truoc")
MOST_NAMED = 50  # procedures that a word of their name may mean
LONGEST = 80
FIRST_YEAR, LAST_YEAR = 2000, 2200


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter and the place in the list. `kept`: what every link of the page carries on."""

    wanted: InboxFilter
    after: str
    before: str
    kept: tuple[tuple[str, str], ...]

    @property
    def filters(self) -> dict[str, str]:
        """The filter alone, as the address says it."""
        return {name: value for name, value in self.kept if name in FILTERS}

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(filter(None, self.filters.get("cot", "").split(".")))

    @property
    def view_id(self) -> UUID | None:
        """The saved view that the address came from."""
        return uuid_of(dict(self.kept).get("khung", ""))

    def url(self, path: str = BAN, **more: str) -> str:
        """An address that keeps filter and place."""
        return _with(path, {**dict(self.kept), **more})

    def moved(self, **to: str) -> str:
        """The list with the same filter at another place."""
        stays = {k: v for k, v in self.kept if k not in PLACE}
        return _with(BAN, {**stays, **to})

    def without(self, name: str) -> str:
        """The list from its beginning, with one condition less."""
        return _with(BAN, {k: v for k, v in self.filters.items() if k != name})


def asked(request: HttpRequest) -> Asked:
    """Read the address. What cannot be read is left out, as if it had not been asked."""
    said = request.GET
    words = {name: _word(said, name) for name in FILTERS}
    kept = {**words, **{name: said.get(name, "") for name in (*PLACE, "khung")}}
    return Asked(
        _wanted(words),
        said.get("sau", ""),
        said.get("truoc", ""),
        tuple((name, value) for name, value in kept.items() if value),
    )


def _word(said: QueryDict, name: str) -> str:
    """Columns may be named one by one, as a form sends them."""
    if name == "cot":
        return ".".join(filter(None, said.getlist(name)))[:LONGEST]
    return nfc(said.get(name, ""))[:LONGEST]


def _wanted(said: Mapping[str, str]) -> InboxFilter:
    role, source = said["vai"], said["kenh"]
    return InboxFilter(
        role=Role(role) if role in set(Role) else None,
        unit_id=uuid_of(said["don-vi"]),
        waiting=said["viec"] == "cho",
        asleep=said["viec"] == "gac",
        mine_only=said["cua-toi"] == "1",
        group=GROUPS.get(said["han"]),
        procedures=_procedures(said["thu-tuc"], said["chu"]),
        field=said["linh-vuc"],
        ward=said["phuong"],
        step=said["buoc"],
        source=Source(source) if source in set(Source) else None,
        due_from=_day(said["tu"]),
        due_to=_day(said["den"]),
        holder_id=uuid_of(said["giu"]),
        unassigned=said["giu"] == NOBODY,
        supplements=whole(said["bo-sung"], digits=2) or 0,
        order=ORDERS.get(said["xep"], InboxOrder.DUE),
    )


def _procedures(code: str, text: str) -> tuple[str, ...]:
    """By code, else those whose names hold the words; a word that no name holds finds nothing."""
    if code or not text:
        return (code,) if code else ()
    found = procedures.search(text, MOST_NAMED, on=city_date(clock.now()))
    return tuple(hit.code for hit in found) or ("-",)


def _day(text: str) -> date | None:
    """None for what is none, or lies beyond every deadline."""
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found and FIRST_YEAR <= found.year <= LAST_YEAR else None


def view_url(filters: Mapping[str, str]) -> str:
    """The list with these conditions, from its beginning."""
    return _with(BAN, filters)


def _with(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
