"""Làm cùng lúc: how far a run is, and what became of each dossier."""

from datetime import datetime
from uuid import UUID

from motcua.contexts.dossiers.contracts.joint import (
    JointLine,
    JointNotFound,
    JointState,
    JointView,
)
from motcua.contexts.dossiers.models import JointItem, JointRun
from motcua.contexts.dossiers.policies import JointPolicy
from motcua.kernel import access
from motcua.kernel.actors import Actor

LISTED = 20


def run_by_id(run_id: UUID) -> JointRun | None:
    return JointRun.objects.filter(pk=run_id).first()


def waiting(run: JointRun) -> list[UUID]:
    rows = JointItem.objects.filter(run=run, state=JointState.WAITING)
    return list(rows.order_by("number").values_list("id", flat=True))


def joint_run(run_id: UUID, actor: Actor, *, now: datetime) -> JointView:
    """Raises: JointNotFound."""
    rows = access.visible(JointRun.objects.filter(pk=run_id), actor, JointPolicy, now=now)
    found = _views(list(rows))
    if not found:
        raise JointNotFound
    return found[0]


def joint_runs(actor: Actor, *, now: datetime) -> tuple[JointView, ...]:
    """One's latest, newest first."""
    rows = access.visible(JointRun.objects.all(), actor, JointPolicy, now=now)
    return _views(list(rows.order_by("-asked_at", "-id")[:LISTED]))


def _views(runs: list[JointRun]) -> tuple[JointView, ...]:
    lines: dict[UUID, list[JointLine]] = {run.id: [] for run in runs}
    for item in JointItem.objects.filter(run__in=list(lines)).order_by("number"):
        lines[item.run_id].append(_line(item))
    return tuple(
        JointView(
            id=run.id,
            title=run.title,
            label=run.label,
            action=run.action,
            assignee_id=run.assignee_id,
            trial=run.trial,
            asked_at=run.asked_at,
            done_at=run.done_at,
            lines=tuple(lines[run.id]),
        )
        for run in runs
    )


def _line(item: JointItem) -> JointLine:
    return JointLine(
        number=item.number,
        code=item.code,
        seen_version=item.seen_version,
        state=JointState(item.state),
        sentence=item.sentence,
        ended_at=item.ended_at,
    )
