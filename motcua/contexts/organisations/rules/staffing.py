"""Ai làm được: who can act in a post on a day, so that no task ever lacks a person.

A holder acts. When the holder is away, the substitute acts, and the substitute's substitute when
that one is away too. When nobody was named, or the post is vacant or ended, the head of the unit
acts; then the head or signer of the unit above. When everybody is away the holder keeps the post,
and a vacant one falls to the nearest head, away or not. Who is suspended acts nowhere. So a post
lacks a person only when no head is left from its unit up to the city, which actions refuse.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from motcua.kernel.actors import PostHeld, Role
from motcua.kernel.period import Period

HEADS = (Role.DIVISION_HEAD, Role.SIGNER, Role.LEADER)
KEPT_ANSWERS, KEPT_DAYS = 20_000, 30


@dataclass(frozen=True, slots=True)
class Seat:
    """A post of a unit."""

    id: UUID
    unit_id: UUID
    unit_code: str
    role: Role
    title: str
    period: Period


@dataclass(frozen=True, slots=True)
class Holding:
    officer_id: UUID
    period: Period


@dataclass(frozen=True, slots=True)
class Absence:
    substitute_id: UUID | None
    period: Period


@dataclass(frozen=True, slots=True)
class Able:
    """An officer who can act in a seat, of one's own or for an absent holder."""

    officer_id: UUID
    seat: Seat
    substituting_for: UUID | None = None
    own: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """A role at a unit on a day. there: a holder or a named substitute is there; heads: else, some
    head is. able: who acts then, never empty while the city has a head.
    """

    unit_id: UUID
    role: Role
    seats: tuple[Seat, ...]
    holders: frozenset[UUID]
    there: bool
    heads: bool
    able: tuple[Able, ...]


@dataclass(frozen=True, slots=True)
class Staffing:
    """All posts, holders and absences; answers are kept, since the value never changes."""

    seats: dict[UUID, tuple[Seat, ...]]  # by unit
    holdings: dict[UUID, tuple[Holding, ...]]  # by post
    absences: dict[UUID, tuple[Absence, ...]]  # by officer
    parents: dict[UUID, UUID | None]  # of units
    suspensions: dict[UUID, tuple[Period, ...]] = field(default_factory=dict)  # by officer
    signing: dict[UUID, tuple[Period, ...]] = field(default_factory=dict)  # by post that signs
    _able: dict[tuple[UUID, Role, date], tuple[Able, ...]] = field(default_factory=dict)
    _held: dict[date, dict[UUID, tuple[PostHeld, ...]]] = field(default_factory=dict)

    def roles_at(self, unit_id: UUID, on: date) -> frozenset[Role]:
        """The roles for which the unit has posts that day."""
        return frozenset(s.role for s in self.seats.get(unit_id, ()) if s.period.contains(on))

    def able(self, unit_id: UUID, role: Role, on: date) -> tuple[Able, ...]:
        """Who can act in the posts of that role at the unit; each officer once, own posts first."""
        key = (unit_id, role, on)
        if key not in self._able:
            if len(self._able) > KEPT_ANSWERS:
                self._able.clear()
            found = [able for seat in self._seats(unit_id, role, on) for able in self._in(seat, on)]
            found.sort(key=lambda able: not able.own)
            each: dict[UUID, Able] = {}
            for able in found:
                each.setdefault(able.officer_id, able)
            self._able[key] = tuple(each.values())
        return self._able[key]

    def posts_held(self, officer_id: UUID, on: date) -> tuple[PostHeld, ...]:
        """Every post in which the officer can act that day; own posts first."""
        if on not in self._held:
            if len(self._held) > KEPT_DAYS:
                self._held.clear()
            self._held[on] = self._held_by_officer(on)
        return self._held[on].get(officer_id, ())

    def is_away(self, officer_id: UUID, on: date) -> bool:
        return self._absence(officer_id, on) is not None or self.is_suspended(officer_id, on)

    def is_suspended(self, officer_id: UUID, on: date) -> bool:
        return any(one.contains(on) for one in self.suspensions.get(officer_id, ()))

    def signs_no_more(self, seat: Seat, on: date) -> bool:
        """The post was given authority to sign, and none of it is in force: it counts as vacant."""
        given = self.signing.get(seat.id, ()) if seat.role is Role.SIGNER else ()
        return bool(given) and not any(one.contains(on) for one in given)

    def place(self, unit_id: UUID, role: Role, on: date) -> Place:
        """Who would do a task of this role at the unit that day, and how it came to them."""
        seats = [*self._seats(unit_id, role, on)]
        holders = {officer for seat in seats for officer in self._holders(seat, on)}
        there = any(self._stand_in(officer, on) is not None for officer in holders)
        heads = there or any(self._head(seat, on) is not None for seat in seats)
        able = self.able(unit_id, role, on)
        return Place(unit_id, role, tuple(seats), frozenset(holders), there, bool(heads), able)

    def _seats(self, unit_id: UUID, role: Role, on: date) -> Iterator[Seat]:
        """The posts of the day; when they all ended, the last one, whose tasks are still open."""
        all_days = [seat for seat in self.seats.get(unit_id, ()) if seat.role is role]
        yield from self._current(all_days, on)

    def _current(self, seats: list[Seat], on: date) -> list[Seat]:
        found = [seat for seat in seats if seat.period.contains(on)]
        ended = [seat for seat in seats if seat.period.end and seat.period.end <= on]
        if found or not ended:
            return found
        return [max(ended, key=lambda seat: (seat.period.end or on, str(seat.id)))]

    def _holders(self, seat: Seat, on: date) -> list[UUID]:
        if not seat.period.contains(on) or self.signs_no_more(seat, on):
            return []
        known = self.holdings.get(seat.id, ())
        return [holding.officer_id for holding in known if holding.period.contains(on)]

    def _in(self, seat: Seat, on: date) -> Iterator[Able]:
        holders = self._holders(seat, on)
        if not holders:
            head = self._head(seat, on) or self._last_head(seat, on)
            if head is not None:
                yield Able(head, seat, own=False)
        for holder in holders:
            acts = self._stand_in(holder, on) or self._head(seat, on)
            if acts is None:
                kept = not self.is_suspended(holder, on)
                acts = holder if kept else self._last_head(seat, on)
            if acts == holder:
                yield Able(holder, seat)
            elif acts is not None:
                yield Able(acts, seat, substituting_for=holder, own=False)

    def _absence(self, officer_id: UUID, on: date) -> Absence | None:
        for absence in self.absences.get(officer_id, ()):
            if absence.period.contains(on):
                return absence
        return None

    def _stand_in(self, officer_id: UUID, on: date) -> UUID | None:
        """The officer, or whoever was named for an absent one; None when all are away."""
        asked: set[UUID] = set()
        current: UUID | None = officer_id
        while current is not None and current not in asked:
            asked.add(current)
            absence = self._absence(current, on)
            if absence is None and not self.is_suspended(current, on):
                return current
            current = absence.substitute_id if absence else None
        return None

    def _head(self, seat: Seat, on: date) -> UUID | None:
        """The nearest head who is there, from the unit of the seat upwards."""
        stand_ins = (self._stand_in(holder, on) for holder in self._heads(seat, on))
        return next((found for found in stand_ins if found is not None), None)

    def _last_head(self, seat: Seat, on: date) -> UUID | None:
        """The nearest head, though away: coming in on a day of leave is no refusal."""
        heads = self._heads(seat, on)
        return next((found for found in heads if not self.is_suspended(found, on)), None)

    def _heads(self, seat: Seat, on: date) -> Iterator[UUID]:
        """Who heads the unit of the seat, then those above, by other posts than this one."""
        unit_id: UUID | None = seat.unit_id
        while unit_id is not None:
            for role in HEADS:
                for candidate in self._seats(unit_id, role, on):
                    if candidate.id != seat.id:
                        yield from self._holders(candidate, on)
            unit_id = self.parents.get(unit_id)

    def _held_by_officer(self, on: date) -> dict[UUID, tuple[PostHeld, ...]]:
        own: dict[UUID, list[PostHeld]] = {}
        lent: dict[UUID, list[PostHeld]] = {}
        for seats in self.seats.values():
            by_role: dict[Role, list[Seat]] = {}
            for seat in seats:
                by_role.setdefault(seat.role, []).append(seat)
            for of_role in by_role.values():
                for seat in self._current(of_role, on):
                    self._collect(seat, on, own, lent)
        return {
            officer: tuple(dict.fromkeys([*own.get(officer, ()), *lent.get(officer, ())]))
            for officer in own.keys() | lent.keys()
        }

    def _collect(
        self,
        seat: Seat,
        on: date,
        own: dict[UUID, list[PostHeld]],
        lent: dict[UUID, list[PostHeld]],
    ) -> None:
        """An absent holder keeps the own post: coming in on a day of leave is no refusal."""
        for holder in self._holders(seat, on):
            if self.is_suspended(holder, on):
                continue
            own.setdefault(holder, []).append(PostHeld(seat.unit_id, seat.unit_code, seat.role))
        for able in self._in(seat, on):
            if not able.own:
                held = PostHeld(seat.unit_id, seat.unit_code, seat.role, able.substituting_for)
                lent.setdefault(able.officer_id, []).append(held)
