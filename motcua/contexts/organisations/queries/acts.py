"""Sắp xếp tổ chức: recorded acts and where old units went."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from motcua.contexts.organisations.contracts import (
    ActKind,
    ActLineView,
    ActNotFound,
    ActText,
    ActView,
    OpenWork,
    ProposalNotFound,
    ProposalState,
    ProposalView,
    Shift,
)
from motcua.contexts.organisations.models import (
    ActProposal,
    CompetenceShift,
    Reorganisation,
    ReorganisationLine,
)


def acts_between(first: date, last: date) -> tuple[ActView, ...]:
    acts = list(
        Reorganisation.objects.filter(effective_on__range=(first, last)).order_by(
            "effective_on", "id"
        )
    )
    lines = _lines([act.id for act in acts])
    return tuple(_view(act, lines[act.id]) for act in acts)


def _view(act: Reorganisation, lines: list[ActLineView]) -> ActView:
    return ActView(
        id=act.id,
        kind=ActKind(act.kind),
        title=act.title,
        document=act.document,
        effective_on=act.effective_on,
        verified=act.verified,
        work_passed_at=act.work_passed_at,
        lines=tuple(lines),
    )


def act(act_id: UUID) -> ActView:
    """Raises: ActNotFound."""
    found = Reorganisation.objects.filter(id=act_id).order_by("id").first()
    if found is None:
        raise ActNotFound
    return _view(found, _lines([found.id])[found.id])


def proposals(*, limit: int) -> tuple[ProposalView, ...]:
    """Newest first."""
    rows = ActProposal.objects.order_by("-proposed_at", "-id")[:limit]
    return tuple(map(_proposal, rows))


def proposal(proposal_id: UUID) -> ProposalView:
    """Raises: ProposalNotFound."""
    found = ActProposal.objects.filter(id=proposal_id).order_by("id").first()
    if found is None:
        raise ProposalNotFound
    return _proposal(found)


def text_of(stored: dict[str, Any]) -> ActText:
    lines = {name: tuple(stored[name]) for name in ("passes", "opens", "rulings")}
    return ActText(
        kind=ActKind(stored["kind"]),
        title=stored["title"],
        document=stored["document"],
        effective_on=date.fromisoformat(stored["effective_on"]),
        open_work=OpenWork(stored.get("open_work", OpenWork.STAY)),
        **lines,
    )


def _proposal(row: ActProposal) -> ProposalView:
    return ProposalView(
        id=row.id,
        text=text_of(row.text),
        state=ProposalState(row.state),
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        act_id=row.act_id,
    )


def with_work_to_pass(on: date) -> tuple[UUID, ...]:
    rows = Reorganisation.objects.filter(effective_on__lte=on, work_passed_at__isnull=True)
    return tuple(rows.order_by("effective_on", "id").values_list("id", flat=True))


def shifts_to_pass(on: date) -> tuple[Shift, ...]:
    """Of acts in effect whose open dossiers go along, until no more was found."""
    rows = CompetenceShift.objects.filter(
        act__effective_on__lte=on,
        act__work_passed_at__isnull=True,
        act__open_work=OpenWork.MOVE.value,
    )
    return tuple(
        Shift(
            agency_key=row.agency_key,
            level=row.level,
            ward_code=row.ward_code,
            procedure_code=row.procedure_code,
            old_authority=row.old_authority_id,
            old_division=row.old_division_id,
            new_authority=row.new_authority_id,
            new_division=row.new_division_id,
        )
        for row in rows.order_by("act__effective_on", "id")
    )


def final_successors(unit_id: UUID) -> tuple[UUID, ...]:
    """The ends of all chains of succession that start at the unit; empty when it has none."""
    ends: dict[UUID, None] = {}
    asked = {unit_id}
    wave = [unit_id]
    while wave:
        rows = ReorganisationLine.objects.filter(old__in=wave, new__isnull=False)
        following: defaultdict[UUID, list[UUID]] = defaultdict(list)
        for old, new in rows.order_by("old_id", "new__code").values_list("old_id", "new_id"):
            following[old].append(new)
        ends.update(dict.fromkeys(u for u in wave if u != unit_id and u not in following))
        wave = [new for found in following.values() for new in found if new not in asked]
        asked.update(wave)
    return tuple(ends)


def _lines(act_ids: list[UUID]) -> dict[UUID, list[ActLineView]]:
    found: defaultdict[UUID, list[ActLineView]] = defaultdict(list)
    rows = ReorganisationLine.objects.filter(act__in=act_ids).select_related("old", "new")
    for row in rows.order_by("act_id", "old__code", "new__code"):
        line = ActLineView(
            old_code=row.old.code,
            old_name=row.old.name,
            new_code=row.new.code if row.new else "",
            new_name=row.new.name if row.new else "",
            partial=row.partial,
            takes_work=row.takes_work,
        )
        found[row.act_id].append(line)
    return found
