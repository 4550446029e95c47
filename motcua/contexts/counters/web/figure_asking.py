"""Hỏi số liệu hàng đợi: which desk, day and part an address asks for."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from motcua.contexts.counters.contracts.figures import Counted
from motcua.contexts.organisations.contracts import UnitView

MOVED = "chuyen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which desk and day; group, hour, window, outcome: of which part, "" for all."""

    desks: tuple[UnitView, ...]
    unit: UnitView
    day: date
    group: str = ""
    hour: str = ""
    window: str = ""
    outcome: str = ""

    def url(self, tail: str = "", **more: str) -> str:
        """This page, or another of the same desk and day."""
        said = {"noi": self.unit.code, "ngay": self.day.isoformat(), **more}
        return f"/quay/so-lieu{tail}?{urlencode({k: v for k, v in said.items() if v})}"

    def of(self, found: tuple[Counted, ...]) -> tuple[Counted, ...]:
        return tuple(one for one in found if self._fits(one))

    def _fits(self, one: Counted) -> bool:
        return (
            self.group in ("", one.group)
            and self.hour in ("", f"{one.hour:02d}")
            and self.window in ("", f"{one.window:02d}")
            and self.outcome in ("", one.outcome, MOVED if one.moved else "")
        )
