"""Ai đang giữ: a paper is always somebody's, from the desk that received it to where it is wanted.

And when the day's papers must be handed on: by the close of the day, after 15:00 at the start of
the next working day (Decree 61/2018, article 18; mark K-h).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.counters.contracts.bundles import Carrier, Holder, HolderKind, LineState
from motcua.kernel.calendar import SAME_DAY_CUT_OFF, WorkingCalendar
from motcua.kernel.clock import city_time, start_of_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One bundle that a paper was in, in the order of time. found: how it arrived, if told."""

    from_unit_id: UUID
    to_unit_id: UUID
    carrier: Carrier
    given: bool
    found: LineState = LineState.ON_WAY


def holder_after(first_unit_id: UUID, legs: Sequence[Leg]) -> Holder:
    """Who answers for it. What did not arrive is still with whoever carried it."""
    holder = Holder(kind=HolderKind.UNIT, unit_id=first_unit_id)
    for leg in legs:
        if not leg.given:
            continue
        if leg.found in {LineState.ARRIVED, LineState.DAMAGED}:
            holder = Holder(kind=HolderKind.UNIT, unit_id=leg.to_unit_id)
            continue
        missing = leg.found is LineState.MISSING
        by_hand = leg.carrier is Carrier.HAND
        holder = Holder(
            kind=HolderKind.UNIT if by_hand else HolderKind.CARRIER,
            unit_id=leg.from_unit_id,
            carrier=None if by_hand else leg.carrier,
            missing=missing,
        )
    return holder


def hand_on_by(received_at: datetime, calendar: WorkingCalendar) -> datetime:
    """Until when papers received then must have been handed on."""
    at = city_time(received_at)
    on = at.date()
    if calendar.is_working_day(on) and at.time() < SAME_DAY_CUT_OFF:
        return calendar.end_of_day(on)
    midnight = start_of_day(on + timedelta(days=1))
    return calendar.next_opening(midnight)


def half_day(at: datetime) -> str:
    """«sáng» or «chiều»."""
    return "sáng" if city_time(at).hour < 12 else "chiều"
