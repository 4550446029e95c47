"""Miễn, giảm phí: of several entitlements the one that is best for the payer.

Entitlements are not added up: the facts say «when several apply use the best one».
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from motcua.contexts.procedures.contracts import FeeKind, FeeLine
from motcua.contexts.procedures.contracts.exemptions import Exempted, Exemption
from motcua.kernel.money import ZERO, Money

DATA = Path(__file__).parent.parent / "data" / "exemptions.toml"


@cache
def exemptions() -> tuple[Exemption, ...]:
    """Every rule of the data file."""
    table = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return tuple(_read(one) for one in table["exemption"])


def _read(row: Mapping[str, Any]) -> Exemption:
    values = dict(row)
    return Exemption(
        **values
        | {
            "amount": Money(values.get("amount", 0)),
            "kinds": frozenset(FeeKind(kind) for kind in values["kinds"]),
        }
    )


def best_of(lines: Sequence[FeeLine], entitlements: Iterable[Exemption], *, on: date) -> Exempted:
    """The cheapest for the payer on that day; of equals the one whose key comes first."""
    held = sorted(set(entitlements), key=lambda one: one.key)
    able = [one for one in held if one.holds_on(on)]
    saving = [(one, tuple(one.relief(line) for line in lines)) for one in able]
    best = max(saving, key=lambda found: Money.total(found[1]), default=None)
    if best is None or not Money.total(best[1]):
        best = None
    chosen = best[0] if best else None
    return Exempted(
        lines=tuple(lines),
        reliefs=best[1] if best else tuple(ZERO for _line in lines),
        chosen=chosen,
        others=tuple(one for one in able if one is not chosen and chosen is not None),
        expired=tuple(one for one in held if not one.holds_on(on)),
    )


def possible(lines: Sequence[FeeLine], *, on: date) -> tuple[Exemption, ...]:
    """What could lower these fees on that day, for whoever has it; also of open amounts."""
    kinds = {line.kind for line in lines if line.amount is None or line.amount}
    return tuple(one for one in exemptions() if one.holds_on(on) and kinds & one.kinds)
