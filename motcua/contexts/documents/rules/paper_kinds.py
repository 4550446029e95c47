"""Loại giấy đọc được: what stands on which paper, by data (`readings.toml`)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from motcua.contexts.documents.rules.values import ValueKind
from motcua.kernel.clock import months_later

DATA = Path(__file__).parent.parent / "readings.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperField:
    """after: labels it stands behind. anywhere: found by its kind alone when no label is there.

    answers: questions of forms that it answers. lines: how many it may take. ends: it says until
    when the paper is good.
    """

    key: str
    label: str
    label_en: str
    kind: ValueKind
    after: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    pattern: str = ""
    anywhere: bool = False
    lines: int = 1
    ends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """papers: keys of the papers of procedures that this is, with the procedure where a key alone
    says too little («1.013831/hop_dong»). months: how long what was confirmed answers for it.
    """

    key: str
    name: str
    name_en: str
    papers: tuple[str, ...]
    months: int
    mark: str
    fields: tuple[PaperField, ...]
    stops: tuple[str, ...] = ()

    def field(self, key: str) -> PaperField | None:
        return next((one for one in self.fields if one.key == key), None)


@cache
def paper_kinds() -> dict[str, PaperKind]:
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))["paper"]
    return {one["key"]: _kind(one) for one in told}


def _kind(told: dict[str, Any]) -> PaperKind:
    fields = tuple(_field(one) for one in told["field"])
    rest = {name: _fixed(value) for name, value in told.items() if name != "field"}
    return PaperKind(fields=fields, **rest)


def _field(told: dict[str, Any]) -> PaperField:
    rest = {name: _fixed(value) for name, value in told.items() if name != "kind"}
    return PaperField(kind=ValueKind(told["kind"]), **rest)


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def kind_for(component_key: str, procedure: str) -> PaperKind | None:
    """Which kind a paper of a procedure is; None: nobody has told what stands on it."""
    for wanted in (f"{procedure}/{component_key}", component_key):
        for kind in paper_kinds().values():
            if wanted in kind.papers:
                return kind
    return None


def last_day(kind: PaperKind, values: dict[str, str], confirmed_on: date) -> date:
    """Until when the values answer for such a paper: never longer than the paper itself says."""
    until = months_later(confirmed_on, kind.months)
    said = [values[one.key] for one in kind.fields if one.ends and one.key in values]
    return min([until, *(date.fromisoformat(one) for one in said)])
