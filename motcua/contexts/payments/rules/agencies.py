"""Nơi đã thu: which agency holds how much of a bill's money, and so who gives it back.

Cash lies with the desk that took it; what came by bank is of the agency whose bill it paid.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from motcua.contexts.payments.contracts import RefundState
from motcua.kernel.money import ZERO, Money

Agency = UUID | None  # None: the account of the city, where no agency is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one agency received of a bill and what refunds already speak for.

    in_cash: all of it came over the counter.
    """

    agency: Agency
    received: Money
    promised: Money
    in_cash: bool = False

    @property
    def left(self) -> Money:
        return Money(max(ZERO, self.received - self.promised))


def shares(
    paid: Money,
    whose: Agency,
    cash: Mapping[UUID, Money],
    refunds: Iterable[tuple[Agency, RefundState, int]],
) -> tuple[Share, ...]:
    """Every agency that received a part, the largest rest first. whose: the agency of the bill."""
    received: dict[Agency, Money] = {desk: amount for desk, amount in cash.items() if amount}
    by_bank = paid - Money.total(received.values())
    only_cash = set(received)
    if by_bank > 0:
        received[whose] = received.get(whose, ZERO) + by_bank
        only_cash.discard(whose)
    spoken: dict[Agency, Money] = {}
    for agency, state, dong in refunds:
        if state is not RefundState.DECLINED:
            spoken[agency] = spoken.get(agency, ZERO) + Money(dong)
    found = (
        Share(
            agency=agency,
            received=amount,
            promised=spoken.get(agency, ZERO),
            in_cash=agency in only_cash,
        )
        for agency, amount in received.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.left, str(one.agency))))


def spread(amount: Money, among: Iterable[Share]) -> tuple[tuple[Share, Money], ...]:
    """Who gives back how much of an amount; nobody more than is left there."""
    rest, parts = amount, []
    for share in among:
        part = Money(min(rest, share.left))
        if part:
            parts.append((share, part))
            rest = rest - part
    return tuple(parts)
