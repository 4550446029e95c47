"""Nhóm việc, diện ưu tiên và các con số của hàng đợi, as the data file says."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from motcua.contexts.counters.contracts.queue import PriorityKind

DATA = Path(__file__).parent.parent / "data" / "queue.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceGroup:
    """Nhóm việc: who comes for this gets numbers that begin with the letter."""

    letter: str
    name: str
    name_en: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityGroup:
    kind: PriorityKind
    name: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRule:
    """mark: how sure the source is."""

    tickets_a_day: int
    ahead_in_a_row: int
    times_back: int
    most_a_group: int
    slot_minutes: int
    book_days: int
    early_minutes: int
    late_minutes: int
    moves: int
    seats_percent: int
    warn_minutes: int
    warn_waiting: int
    tickets_kept_days: int
    law: str
    mark: str
    groups: tuple[ServiceGroup, ...]
    priorities: tuple[PriorityGroup, ...]


@cache
def rule() -> QueueRule:
    told: dict[str, Any] = tomllib.loads(DATA.read_text(encoding="utf-8"))
    groups, priorities = told.pop("group"), told.pop("priority")
    return QueueRule(
        **told,
        groups=tuple(_group(one) for one in groups),
        priorities=tuple(
            PriorityGroup(**{**one, "kind": PriorityKind(one["kind"])}) for one in priorities
        ),
    )


def _group(told: Mapping[str, Any]) -> ServiceGroup:
    return ServiceGroup(**{**told, "kinds": frozenset(told["kinds"])})


def groups_of(kind: str) -> tuple[ServiceGroup, ...]:
    """The groups of a desk of this kind (UnitKind), in the order in which a kiosk shows them."""
    return tuple(group for group in rule().groups if kind in group.kinds)


def label_of(group: str, number: int) -> str:
    """A007: as printed, shown and called."""
    return f"{group}{number:03d}"
