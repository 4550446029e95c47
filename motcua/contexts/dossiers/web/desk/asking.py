"""Lọc danh sách: which part of the inbox an address asks for, and how addresses carry it on."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from motcua.contexts.dossiers.contracts import InboxFilter, InboxGroup
from motcua.kernel.actors import Role
from motcua.kernel.web import uuid_of

BAN = "/ban"
GROUPS = {"qua-han": InboxGroup.OVERDUE, "hom-nay": InboxGroup.TODAY}


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter and the place in the list. `kept`: what every link of the page carries on."""

    wanted: InboxFilter
    after: str
    before: str
    kept: tuple[tuple[str, str], ...]

    def url(self, path: str = BAN, **more: str) -> str:
        """An address that keeps filter and place."""
        return _with(path, {**dict(self.kept), **more})

    def moved(self, **to: str) -> str:
        """The list with the same filter at another place."""
        stays = {k: v for k, v in self.kept if k not in {"sau", "truoc"}}
        return _with(BAN, {**stays, **to})


def asked(request: HttpRequest) -> Asked:
    """Read the address. What cannot be read is left out, as if it had not been asked."""
    said = request.GET
    role = said.get("vai", "")
    unit = uuid_of(said.get("don-vi", ""))
    wanted = InboxFilter(
        role=Role(role) if role in set(Role) else None,
        unit_id=unit,
        waiting=said.get("viec") == "cho",
        mine_only=said.get("cua-toi") == "1",
        group=GROUPS.get(said.get("han", "")),
    )
    names = ("vai", "don-vi", "viec", "cua-toi", "han", "sau", "truoc")
    kept = tuple((name, said[name]) for name in names if said.get(name))
    return Asked(wanted, said.get("sau", ""), said.get("truoc", ""), kept)


def _with(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
