"""Bản gốc của một hồ sơ: who has each, how it came there, what may be asked of the post."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseView, Phase
from motcua.contexts.dossiers.contracts import NationalStatus
from motcua.contexts.dossiers.contracts.originals import (
    HandoverLine,
    OriginalsView,
    OriginalView,
)
from motcua.contexts.dossiers.contracts.receiving import PostAddress
from motcua.contexts.dossiers.models import Dossier, Handover
from motcua.contexts.dossiers.queries.one import dossier_row
from motcua.contexts.organisations import public as organisations
from motcua.contexts.post import public as post
from motcua.contexts.post.contracts import CustodyView, HeldOriginal, HolderKind
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import Actor, Role

DESK = (Role.RECEIVER, Role.RETURNER)


def originals_of(code: str, actor: Actor, *, now: datetime) -> OriginalsView:
    """For the owner, and for whoever works on the dossier. Raises: DossierNotFound."""
    dossier = dossier_row(code, actor, now=now)
    case = casework.case(code)
    held, steps = post.originals_of(code), post.custody_of(code)
    names = _names_of(case, held, steps)
    own = actor.is_party(dossier.applicant_person_id)
    return OriginalsView(
        code=code,
        owner_id=dossier.applicant_person_id,
        papers=tuple(wanted_papers(dossier).values()),
        originals=tuple(_view(one, names, actor) for one in held),
        lines=tuple(_line(one, names) for one in steps),
        may_collect=tuple(collectable(dossier, case, held).items()) if own else (),
        desks=tuple((unit_id, names[unit_id]) for unit_id in units_of(case)),
        home=known_home(dossier),
        at_receiving_desk=actor.holds(case.receiving_unit_id, DESK),
    )


def units_of(case: CaseView) -> tuple[UUID, ...]:
    """The units between which papers of this dossier travel, the receiving desk first."""
    found = (case.receiving_unit_id, case.handling_unit_id, case.supporting_unit_id)
    return tuple(dict.fromkeys(unit_id for unit_id in found if unit_id))


def wanted_papers(dossier: Dossier) -> dict[str, str]:
    """Names by key of the papers of its procedure, apart from the forms that are filled here."""
    version = procedures.version(dossier.procedure_version_id)
    return {one.key: one.name for one in version.components if not one.filled_here}


def collectable(dossier: Dossier, case: CaseView, held: Iterable[HeldOriginal]) -> dict[str, str]:
    """Papers by key that their owner may still hand in; none once it is decided."""
    if is_settled(case):
        return {}
    away = {one.label for one in held if one.holder is not HolderKind.OWNER}
    return {key: name for key, name in wanted_papers(dossier).items() if name not in away}


def is_settled(case: CaseView) -> bool:
    """Decided or ended: no paper can change anything any more."""
    return case.phase is Phase.ENDED or case.status == NationalStatus.DONE


def known_home(dossier: Dossier) -> PostAddress | None:
    """Where the owner wants the post to come, if they ever said so."""
    row = Handover.objects.filter(pk=dossier.pk).first()
    return PostAddress(**row.address) if row and row.address else None


def _names_of(
    case: CaseView, held: Iterable[HeldOriginal], steps: Iterable[CustodyView]
) -> dict[UUID, str]:
    wanted = {*units_of(case), *(one.unit_id for one in held)}
    for step in steps:
        wanted |= {step.giver_unit_id, step.taker_unit_id}
    found = organisations.units_by_id(unit_id for unit_id in wanted if unit_id)
    return {unit_id: unit.name for unit_id, unit in found.items()}


def _view(one: HeldOriginal, names: dict[UUID, str], actor: Actor) -> OriginalView:
    return OriginalView(
        id=one.id,
        label=one.label,
        holder=one.holder,
        unit=names.get(one.unit_id, "") if one.unit_id else "",
        since=one.since,
        is_lost=one.is_lost,
        here=one.unit_id is not None and one.unit_id in actor.unit_ids(),
    )


def _line(step: CustodyView, names: dict[UUID, str]) -> HandoverLine:
    return HandoverLine(
        label=step.label,
        giver_kind=step.giver,
        giver=names.get(step.giver_unit_id, "") if step.giver_unit_id else "",
        taker_kind=step.taker,
        taker=names.get(step.taker_unit_id, "") if step.taker_unit_id else "",
        gave=step.gave,
        took=step.took,
        happened_at=step.happened_at,
    )
