"""Posts, holders, substitutions and signing, in memory.

Two snapshots, because they change at different speed: the roster is large and rarely changes,
absences are few and change every day.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from motcua.contexts.organisations.contracts import (
    Capacity,
    Lacking,
    OfficerView,
    PlaceView,
    PostView,
    SigningView,
    SubstitutionView,
)
from motcua.contexts.organisations.models import (
    Officer,
    Post,
    PostHolding,
    SigningAuthority,
    Substitution,
    Suspension,
)
from motcua.contexts.organisations.queries import structure
from motcua.contexts.organisations.rules.staffing import (
    HEADS,
    Able,
    Absence,
    Holding,
    Place,
    Seat,
    Staffing,
)
from motcua.kernel.actors import Actor, ActorKind, Role
from motcua.kernel.period import Period
from motcua.kernel.snapshots import Snapshot

ROSTER, ABSENCES = "staff", "absences"  # editions
Days = dict[UUID, tuple[Period, ...]]


@dataclass(frozen=True, slots=True)
class Signing:
    capacity: Capacity
    lines: tuple[str, ...]
    period: Period


@dataclass(frozen=True, slots=True)
class Away:
    """Who is away or suspended, by officer."""

    absences: dict[UUID, tuple[Absence, ...]]
    suspensions: Days


@dataclass(frozen=True, slots=True)
class Roster:
    """Who was put where, whether there or away."""

    seats: dict[UUID, tuple[Seat, ...]]  # by unit
    holdings: dict[UUID, tuple[Holding, ...]]  # by post
    parents: dict[UUID, UUID | None]  # of units
    officers: dict[UUID, OfficerView]
    by_staff_no: dict[str, UUID]
    signing: dict[UUID, tuple[Signing, ...]]  # by post


@dataclass(frozen=True, slots=True)
class Staff:
    """Who can act where, as of one edition of the roster and of the absences."""

    roster: Roster
    away: Away
    staffing: Staffing

    def view(self, able: Able) -> OfficerView:
        officer = self.roster.officers[able.officer_id]
        return OfficerView(
            id=officer.id,
            staff_no=officer.staff_no,
            full_name=officer.full_name,
            email=officer.email,
            unit_id=able.seat.unit_id,
            role=able.seat.role,
            title=able.seat.title,
            substituting_for=able.substituting_for,
        )

    def signing_of(self, able: Able, on: date) -> SigningView | None:
        """How this officer signs in this post; a substitute signs for the absent holder."""
        for signing in self.roster.signing.get(able.seat.id, ()):
            if signing.period.contains(on):
                return SigningView(
                    officer_id=able.officer_id,
                    full_name=self.roster.officers[able.officer_id].full_name,
                    capacity=signing.capacity,
                    lines=signing.lines,
                    title=able.seat.title,
                )
        return None

    def own_signing(self, officer_id: UUID, on: date) -> SigningView | None:
        """How a head signs to whom the signing of another post has risen: by one's own."""
        for seats in self.roster.seats.values():
            for seat in seats:
                if seat.role is Role.SIGNER and seat.period.contains(on):
                    held = self.roster.holdings.get(seat.id, ())
                    if any(h.officer_id == officer_id and h.period.contains(on) for h in held):
                        found = self.signing_of(Able(officer_id, seat), on)
                        if found:
                            return found
        return None


def arranges(actor: Actor, officer_id: UUID, on: date) -> bool:
    """An administrator, or a head of a unit where the officer works or of one above it."""
    if actor.kind is ActorKind.SYSTEM or actor.has(Role.ADMINISTRATOR):
        return True
    heads_of = actor.unit_ids(*HEADS)
    places = structure.snapshot.current()
    return any(
        unit.id in heads_of
        for post in current().staffing.posts_held(officer_id, on)
        for unit in places.ancestry(post.unit_id)
    )


def may_hand_over(actor: Actor, unit_id: UUID, role: Role) -> bool:
    """An administrator, or a head of the unit or above it; a headship is given from above."""
    if actor.has(Role.ADMINISTRATOR):
        return True
    units = structure.snapshot.current().ancestry(unit_id)
    above = units[1:] if role in HEADS else units
    heads_of = actor.unit_ids(*HEADS)
    return any(unit.id in heads_of for unit in above)


def place_of(unit_id: UUID, role: Role, on: date) -> PlaceView | None:
    """The place, if nobody of its own acts there that day."""
    known = current()
    place = known.staffing.place(unit_id, role, on)
    if place.there or not place.seats:
        return None
    return PlaceView(
        unit_id=unit_id,
        unit_name=structure.snapshot.current().by_id[unit_id].name,
        role=role,
        lacking=_lacking(known.staffing, place, on),
        acting=tuple(known.view(able) for able in place.able),
        is_covered=place.heads,
        candidates=_candidates(known, place, on),
    )


def _lacking(known: Staffing, place: Place, on: date) -> Lacking:
    if not any(seat.period.contains(on) for seat in place.seats):
        return Lacking.ENDED
    if place.holders:
        stopped = all(known.is_suspended(one, on) for one in place.holders)
        return Lacking.SUSPENDED if stopped else Lacking.AWAY
    unsigned = any(known.signs_no_more(seat, on) for seat in place.seats)
    return Lacking.UNSIGNED if unsigned else Lacking.VACANT


def _candidates(known: Staff, place: Place, on: date) -> tuple[OfficerView, ...]:
    """Who is there and works in the unit, or does its work already; none if it is not given."""
    if _lacking(known.staffing, place, on) in {Lacking.ENDED, Lacking.UNSIGNED}:
        return ()
    staffing = known.staffing
    roles = sorted(staffing.roles_at(place.unit_id, on))
    own = [one for role in roles for one in staffing.able(place.unit_id, role, on) if one.own]
    found = {one.officer_id: one for one in (*own, *place.able)}
    return tuple(
        known.view(one) for one in found.values() if not staffing.is_away(one.officer_id, on)
    )


def arrangers_of(officer_id: UUID, on: date) -> tuple[OfficerView, ...]:
    """Who arranges work for this officer: the nearest head that is somebody else."""
    known, places = current(), structure.snapshot.current()
    for post in known.staffing.posts_held(officer_id, on):
        for unit in places.ancestry(post.unit_id):
            for role in HEADS:
                able = known.staffing.able(unit.id, role, on)
                others = [one for one in able if one.officer_id != officer_id]
                if others:
                    return tuple(known.view(one) for one in others)
    return ()


def posts_on(on: date) -> tuple[PostView, ...]:
    """Posts that exist that day, by unit code, then role."""
    units, known = structure.snapshot.current().by_id, current().roster
    found = []
    for unit_id, seats in known.seats.items():
        for seat in seats:
            if seat.period.contains(on):
                holder = next(
                    (one.officer_id for one in known.holdings.get(seat.id, ())
                     if one.period.contains(on)),
                    None,
                )  # fmt: skip
                found.append(
                    PostView(
                        id=seat.id,
                        unit_id=unit_id,
                        unit_name=units[unit_id].name,
                        unit_code=seat.unit_code,
                        role=seat.role,
                        title=seat.title,
                        holder_id=holder,
                    )
                )
    return tuple(sorted(found, key=lambda post: (post.unit_code, post.title, str(post.id))))


def substitutions_between(first: date, last: date) -> tuple[SubstitutionView, ...]:
    """Substitutions that touch the days, earliest first."""
    rows = (
        Substitution.objects.filter(valid_from__lte=last, valid_to__gt=first)
        .select_related("absent", "substitute")
        .order_by("valid_from", "absent__staff_no")
    )
    return tuple(_substitution(row) for row in rows)


def _substitution(row: Substitution) -> SubstitutionView:
    return SubstitutionView(
        id=row.id,
        absent_id=row.absent.id,
        absent_name=row.absent.full_name,
        substitute_id=row.substitute.id if row.substitute else None,
        substitute_name=row.substitute.full_name if row.substitute else "",
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        reason=row.reason,
    )


def _load() -> Roster:
    units = structure.snapshot.current().by_id
    by_unit, by_post = defaultdict(list), defaultdict(list)
    for seat in _seats({unit.id: unit.code for unit in units.values()}):
        by_unit[seat.unit_id].append(seat)
    rows = PostHolding.objects.order_by("post_id", "valid_from").values_list(
        "post_id", "officer_id", "valid_from", "valid_to"
    )
    for post_id, officer_id, start, end in rows:
        by_post[post_id].append(Holding(officer_id, Period(start, end)))
    officers = _officers()
    return Roster(
        seats={unit_id: tuple(found) for unit_id, found in by_unit.items()},
        holdings={post_id: tuple(found) for post_id, found in by_post.items()},
        parents={unit.id: unit.parent_id for unit in units.values()},
        officers=officers,
        by_staff_no={officer.staff_no: officer.id for officer in officers.values()},
        signing=_signing(),
    )


def _seats(unit_codes: dict[UUID, str]) -> list[Seat]:
    rows = Post.objects.order_by("unit_id", "role", "rank", "id").values_list(
        "id", "unit_id", "role", "title", "valid_from", "valid_to"
    )
    return [
        Seat(post_id, unit_id, unit_codes[unit_id], Role(role), title, Period(start, end))
        for post_id, unit_id, role, title, start, end in rows
    ]


def _officers() -> dict[UUID, OfficerView]:
    rows = Officer.objects.order_by("staff_no").values_list("id", "staff_no", "full_name", "email")
    return {
        officer_id: OfficerView(id=officer_id, staff_no=staff_no, full_name=name, email=email)
        for officer_id, staff_no, name, email in rows
    }


def _away() -> Away:
    found: defaultdict[UUID, list[Absence]] = defaultdict(list)
    rows = Substitution.objects.order_by("absent_id", "valid_from").values_list(
        "absent_id", "substitute_id", "valid_from", "valid_to"
    )
    for absent, substitute, start, end in rows:
        found[absent].append(Absence(substitute, Period(start, end)))
    suspended: defaultdict[UUID, list[Period]] = defaultdict(list)
    stopped = Suspension.objects.order_by("officer_id", "valid_from")
    for officer, first, until in stopped.values_list("officer_id", "valid_from", "valid_to"):
        suspended[officer].append(Period(first, until))
    return Away(
        absences={officer: tuple(absences) for officer, absences in found.items()},
        suspensions={officer: tuple(periods) for officer, periods in suspended.items()},
    )


def _signing() -> dict[UUID, tuple[Signing, ...]]:
    found: defaultdict[UUID, list[Signing]] = defaultdict(list)
    for row in SigningAuthority.objects.order_by("post_id", "valid_from"):
        signing = Signing(
            Capacity(row.capacity),
            tuple(row.lines.splitlines()),
            Period(row.valid_from, row.valid_to),
        )
        found[row.post_id].append(signing)
    return {post_id: tuple(signings) for post_id, signings in found.items()}


roster = Snapshot(_load, lambda: structure.version_of(ROSTER))
absences = Snapshot(_away, lambda: structure.version_of(ABSENCES))
_latest: list[Staff] = []  # the last answer, with what it worked out, while both parts stand


def ask_again() -> None:
    """The next question asks whether posts or absences changed, however recent the last look."""
    roster.ask_again()
    absences.ask_again()


def current() -> Staff:
    """Who can act where, as this transaction sees it."""
    people, away = roster.current(), absences.current()
    for known in _latest:
        if known.roster is people and known.away is away:
            return known
    staffing = Staffing(
        people.seats,
        people.holdings,
        away.absences,
        people.parents,
        away.suspensions,
        {post: tuple(one.period for one in given) for post, given in people.signing.items()},
    )
    fresh = Staff(people, away, staffing)
    _latest[:] = [fresh]
    return fresh
