"""Sắp xếp tổ chức: recorded acts and where old units went."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from motcua.contexts.organisations.contracts import ActKind, ActLineView, ActView
from motcua.contexts.organisations.models import Reorganisation, ReorganisationLine


def acts_between(first: date, last: date) -> tuple[ActView, ...]:
    acts = list(
        Reorganisation.objects.filter(effective_on__range=(first, last)).order_by(
            "effective_on", "id"
        )
    )
    lines = _lines([act.id for act in acts])
    return tuple(
        ActView(
            id=act.id,
            kind=ActKind(act.kind),
            title=act.title,
            document=act.document,
            effective_on=act.effective_on,
            verified=act.verified,
            lines=tuple(lines[act.id]),
        )
        for act in acts
    )


def with_work_to_pass(on: date) -> tuple[UUID, ...]:
    rows = Reorganisation.objects.filter(effective_on__lte=on, work_passed_at__isnull=True)
    return tuple(rows.order_by("effective_on", "id").values_list("id", flat=True))


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
        )
        found[row.act_id].append(line)
    return found
