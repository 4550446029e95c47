"""Miễn, giảm phí: the rules as data, and what they make of the fees of one dossier."""

from dataclasses import dataclass
from datetime import date

from motcua.contexts.procedures.contracts.parts import FeeKind, FeeLine
from motcua.kernel.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """One entitlement. share: percent off each line of its kinds; amount: đồng off instead."""

    key: str
    name: str
    name_en: str
    who: str
    who_en: str
    kinds: frozenset[FeeKind]
    valid_from: date
    valid_to: date
    law: str
    verified: bool
    share: int = 0
    amount: Money = ZERO
    by_desk: bool = False

    def holds_on(self, day: date) -> bool:
        """Both edges count."""
        return self.valid_from <= day <= self.valid_to

    def relief(self, line: FeeLine) -> Money:
        """What this line costs less; never more than the line."""
        if not line.amount or line.kind not in self.kinds:
            return ZERO
        off = self.amount if self.amount else Money(line.amount * self.share // 100)
        return Money(min(off, line.amount))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempted:
    """Fees with the best entitlement. reliefs: beside each line what it costs less.

    others: what the payer also has, which saves no more. expired: had, but not on this day.
    """

    lines: tuple[FeeLine, ...]
    reliefs: tuple[Money, ...]
    chosen: Exemption | None
    others: tuple[Exemption, ...] = ()
    expired: tuple[Exemption, ...] = ()

    @property
    def saved(self) -> Money:
        return Money.total(self.reliefs)

    @property
    def total(self) -> Money:
        """What is known to be due."""
        known = (line.amount for line in self.lines if line.amount)
        return Money.total(known) - self.saved
