"""What organisations answers its neighbours, from memory; changes show within seconds.

A day left out means the arrangement without an end, that is, today's and tomorrow's.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from motcua.contexts.organisations import ports
from motcua.contexts.organisations.actions import (
    handing,
    proposing,
    reorganisation,
    staffing,
    structuring,
    substitution,
    suspending,
)
from motcua.contexts.organisations.contracts import (
    ActText,
    ActView,
    CompetentView,
    Difference,
    NobodyHoldsRole,
    OfficerNotFound,
    OfficerView,
    PlaceView,
    PostView,
    ProposalView,
    Purpose,
    Shift,
    SigningView,
    SubstitutionView,
    UnitKind,
    UnitNotFound,
    UnitView,
)
from motcua.contexts.organisations.queries import acts, competence, staff, structure
from motcua.contexts.organisations.rules.staffing import HEADS
from motcua.kernel.actors import Actor, PostHeld, Role
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.codes import ProcedureCode, WardCode
from motcua.kernel.text import sort_key

DESK_ROLES = frozenset({Role.RECEIVER, Role.RETURNER, Role.FEE_COLLECTOR})

register_open_work = ports.register_open_work
register_affected = ports.register_affected

# Writes with a transaction of their own.
grant_substitution = substitution.grant_substitution
end_substitution = substitution.end_substitution
hand_over = handing.hand_over
reorganise = reorganisation.reorganise
work_has_passed = reorganisation.work_has_passed
propose_act = proposing.propose_act
carry_out_proposal = proposing.carry_out_proposal
drop_proposal = proposing.drop_proposal

# Writes that join the caller's transaction; the caller records who told us.
add_officer = staffing.add_officer
correct_officer = staffing.correct_officer
hold_post = staffing.hold_post
end_holding = staffing.end_holding
add_unit = structuring.add_unit
change_unit = structuring.change_unit
close_unit = structuring.close_unit
add_post = structuring.add_post
name_post = structuring.name_post
end_post = structuring.end_post
suspend_officer = suspending.suspend_officer
restore_officer = suspending.restore_officer


# Units


def unit(code: str, on: date | None = None) -> UnitView:
    """Raises: UnitNotFound."""
    found = _valid(structure.snapshot.current().by_code.get(code, ()), on)
    if not found:
        raise UnitNotFound(unit=code)
    return found[-1]


def unit_by_id(unit_id: UUID) -> UnitView:
    """Raises: UnitNotFound."""
    found = structure.snapshot.current().by_id.get(unit_id)
    if found is None:
        raise UnitNotFound(unit=str(unit_id))
    return found


def units_by_id(ids: Iterable[UUID]) -> dict[UUID, UnitView]:
    """The units that exist among the ids."""
    known = structure.snapshot.current().by_id
    return {unit_id: known[unit_id] for unit_id in ids if unit_id in known}


def all_units(on: date) -> tuple[UnitView, ...]:
    """Every unit that exists that day, by code."""
    known = structure.snapshot.current().by_code
    return tuple(view for views in known.values() for view in views if structure.is_valid(view, on))


def units_below(unit_id: UUID, on: date | None = None) -> tuple[UnitView, ...]:
    """The units directly below, by code."""
    return _valid(structure.snapshot.current().children.get(unit_id, ()), on)


def units_within(unit_id: UUID, on: date | None = None) -> tuple[UnitView, ...]:
    """The unit and everything below it, for a leader who looks at the whole."""
    found = [unit_by_id(unit_id)]
    for view in found:  # grows while it is walked
        found.extend(units_below(view.id, on))
    return tuple(found)


def units_above(unit_id: UUID) -> tuple[UnitView, ...]:
    """The units above, nearest first."""
    return structure.snapshot.current().ancestry(unit_id)[1:]


# Competence


def competent_unit(
    *, subject: ProcedureCode | str, level: str, field: str, ward: WardCode | str, on: date
) -> CompetentView:
    """Who decides and who handles. field: an AgencyKey (the procedure's `agency_key`).

    Raises: UnitNotCompetent.
    """
    return competence.competent(subject=subject, level=level, key=field, ward=ward, on=on)


def division_for(authority_id: UUID, key: str, on: date) -> UnitView | None:
    """The division that handles a key for this authority: its own, or one that serves its ward."""
    return competence.division_for(authority_id, key, on)


def one_stop_desk(ward: WardCode | str, on: date | None = None) -> UnitView:
    """The desk of a commune. Raises: UnitNotFound."""
    committee = _committee(ward, on)
    desks = [u for u in units_below(committee.id, on) if u.kind is UnitKind.ONE_STOP_COMMUNE]
    return desks[0] if desks else committee


def committee_of(ward: WardCode | str, on: date | None = None) -> UnitView:
    """The People's Committee of a commune. Raises: UnitNotFound."""
    return _committee(ward, on)


def one_stop_desks(on: date) -> tuple[UnitView, ...]:
    """Every place that receives, for the reader who chooses where to go."""
    return tuple(view for view in all_units(on) if view.is_one_stop)


def unit_for_role(unit_id: UUID, role: Role, on: date) -> UnitView:
    """Where the role sits for work of this unit: here, at its desk, or at a unit above.

    Raises: NobodyHoldsRole.
    """
    staffing = staff.current().staffing
    for candidate in structure.snapshot.current().ancestry(unit_id):
        places = [candidate]
        if role in DESK_ROLES:
            places += [u for u in units_below(candidate.id, on) if u.is_one_stop]
        for place in places:
            if role in staffing.roles_at(place.id, on):
                return place
    raise NobodyHoldsRole(unit=str(unit_id), role=role.value)


# Calendars


def calendar_of(unit_id: UUID, on: date | None = None) -> WorkingCalendar:
    """The calendar that processing time is counted by."""
    return structure.snapshot.current().calendar(unit_id, Purpose.PROCESSING, on)


def opening_of(unit_id: UUID, on: date | None = None) -> WorkingCalendar:
    """When the unit receives people; a Saturday morning here adds no processing time."""
    return structure.snapshot.current().calendar(unit_id, Purpose.OPENING, on)


# Officers


def look_again_at_posts() -> None:
    """Before a write: an absence noted or ended a moment ago in another process counts too."""
    staff.ask_again()


def posts_of(officer_id: UUID, on: date) -> tuple[PostHeld, ...]:
    """Posts the officer can act in that day: own ones first, then those of the absent."""
    return staff.current().staffing.posts_held(officer_id, on)


def holders_of(unit_id: UUID, role: Role, on: date) -> tuple[OfficerView, ...]:
    """Who can act in the role at the unit; a substitute or the head in place of the absent."""
    known = staff.current()
    return tuple(known.view(able) for able in known.staffing.able(unit_id, role, on))


def place_lacking(unit_id: UUID, role: Role, on: date) -> PlaceView | None:
    """The role at the unit, if nobody of its own acts there that day; None where somebody does."""
    return staff.place_of(unit_id, role, on)


def officers_by_id(ids: Iterable[UUID]) -> dict[UUID, OfficerView]:
    """The officers that exist among the ids, without posts."""
    known = staff.current().roster.officers
    return {officer_id: known[officer_id] for officer_id in ids if officer_id in known}


def officer_by_staff_no(staff_no: str) -> OfficerView:
    """Raises: OfficerNotFound."""
    known = staff.current().roster
    found = known.by_staff_no.get(staff_no)
    if found is None:
        raise OfficerNotFound(staff_no=staff_no)
    return known.officers[found]


def officers_of(unit_id: UUID, on: date) -> tuple[OfficerView, ...]:
    """Everybody who can act at the unit that day, once per role."""
    known = staff.current()
    roles = sorted(known.staffing.roles_at(unit_id, on))
    return tuple(officer for role in roles for officer in holders_of(unit_id, role, on))


def all_officers() -> tuple[OfficerView, ...]:
    """Every officer, by staff number, without posts; for making accounts."""
    return tuple(staff.current().roster.officers.values())


def posts(on: date) -> tuple[PostView, ...]:
    """Every post of that day with its holder, by unit code; from memory."""
    return staff.posts_on(on)


def is_away(officer_id: UUID, on: date) -> bool:
    return staff.current().staffing.is_away(officer_id, on)


def substitutions(first: date, last: date) -> tuple[SubstitutionView, ...]:
    """Absences that touch the days, both included."""
    return staff.substitutions_between(first, last)


def units_arranged_by(actor: Actor, on: date) -> frozenset[UUID]:
    """Where the actor, as a head, arranges who stands in for whom: here and one level below."""
    heads = actor.unit_ids(*HEADS)
    return heads | {unit.id for head in heads for unit in units_below(head, on)}


def officers_arranged_by(actor: Actor, on: date) -> tuple[OfficerView, ...]:
    """Who works in those units that day, each once, by name; empty for whoever is no head."""
    units = sorted(units_arranged_by(actor, on), key=str)
    found = {officer.id: officer for unit_id in units for officer in officers_of(unit_id, on)}
    return tuple(sorted(found.values(), key=lambda officer: sort_key(officer.full_name)))


def arranges(actor: Actor, officer_id: UUID, on: date) -> bool:
    """Whether the actor, as administrator or head, arranges work for this officer."""
    return staff.arranges(actor, officer_id, on)


def arrangers_of(officer_id: UUID, on: date) -> tuple[OfficerView, ...]:
    """Who arranges work for this officer that day: the nearest head who is somebody else."""
    return staff.arrangers_of(officer_id, on)


def signing_of(officer_id: UUID, unit_id: UUID, on: date) -> SigningView | None:
    """How the officer signs for the unit that day; None when there is no authority to sign."""
    known = staff.current()
    for able in known.staffing.able(unit_id, Role.SIGNER, on):
        if able.officer_id == officer_id:
            return known.signing_of(able, on) or known.own_signing(officer_id, on)
    return None


# Reorganisation


def reorganisations(first: date, last: date) -> tuple[ActView, ...]:
    """Acts that took effect on these days, both included."""
    return acts.acts_between(first, last)


def act(act_id: UUID) -> ActView:
    """Raises: ActNotFound."""
    return acts.act(act_id)


def foresee(text: ActText, *, now: datetime) -> Difference:
    """Dry run of an act. Raises: ActMalformed, UnitChangedAlready, WorkNeedsHeir."""
    return proposing.foresee_text(text, now=now)


def act_proposals(*, limit: int = 50) -> tuple[ProposalView, ...]:
    """Newest first."""
    return acts.proposals(limit=limit)


def act_proposal(proposal_id: UUID) -> ProposalView:
    """Raises: ProposalNotFound."""
    return acts.proposal(proposal_id)


def successors_of(unit_id: UUID) -> tuple[UnitView, ...]:
    """The units that took over from this one, followed to those without a successor."""
    known = structure.snapshot.current().by_id
    return tuple(known[found] for found in acts.final_successors(unit_id))


def acts_with_work_to_pass(on: date) -> tuple[UUID, ...]:
    """Acts in effect by that day after which open work was not yet looked for to the end."""
    return acts.with_work_to_pass(on)


def shifts_to_pass(on: date) -> tuple[Shift, ...]:
    """Competence given away by that day whose open dossiers go along, and may not all have yet."""
    return acts.shifts_to_pass(on)


def heir_of(unit_id: UUID, on: date) -> UUID:
    """Who does that day what was open in the unit: itself unless an act gave it away."""
    return structure.snapshot.current().heir(unit_id, on)


def succeeded(on: date) -> frozenset[UUID]:
    """Units whose work has passed to others by that day."""
    heirs = structure.snapshot.current().heirs
    return frozenset(old for old, (_new, since) in heirs.items() if since <= on)


def with_predecessors(unit_ids: Iterable[UUID]) -> frozenset[UUID]:
    """The units and all whose work has come to them, for whoever answers for the past as well."""
    before = structure.snapshot.current().predecessors
    found = set(unit_ids)
    wave = found
    while wave:
        wave = {old for unit_id in wave for old in before.get(unit_id, ())} - found
        found |= wave
    return frozenset(found)


def _valid(units: tuple[UnitView, ...], on: date | None) -> tuple[UnitView, ...]:
    if on is not None:
        return tuple(view for view in units if structure.is_valid(view, on))
    return tuple(view for view in units if view.valid_to is None)


def _committee(ward: str, on: date | None) -> UnitView:
    committees = structure.snapshot.current().committees.get(ward, ())
    found = _valid(committees, on)
    if not found:
        raise UnitNotFound(ward=ward)
    return found[-1]
