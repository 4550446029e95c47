"""Tên của điều đã đọc: fields of the read log in a reader's words."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent.parent / "data" / "fields.toml"


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that read alike."""

    name: str
    name_en: str


OTHER = Group("thông tin khác", "other information")


@cache
def _by_field() -> dict[str, Group]:
    table = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {
        field: Group(group["name"], group["name_en"])
        for group in table["group"]
        for field in group["fields"]
    }


def groups_of(fields: Iterable[str]) -> tuple[Group, ...]:
    """Each group once, in the order of the file; what nobody named comes last."""
    found = {_by_field().get(field, OTHER) for field in fields}
    return tuple(group for group in (*dict.fromkeys(_by_field().values()), OTHER) if group in found)
