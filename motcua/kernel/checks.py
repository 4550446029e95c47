"""Kiểm tra sổ cái: the whole ledger, in pieces, so that no request and no job runs for long.

Each piece starts from the head where the last one ended, as `ledger.verify` itself goes on from
head to head. A small ledger is checked at once, a large one by a job that shows its progress.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.kernel import clock, db, ledger
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict
from motcua.kernel.jobs import once
from motcua.kernel.models import LedgerCheck, LedgerHead

AT_ONCE = 20_000  # leaves that are checked while the administrator waits
PIECE = 50_000  # leaves between two notes of progress
KEPT_FINDINGS = 100
JOB = "kernel.check_ledger"


class NothingSealed(Conflict):
    sentence = "Sổ cái chưa có đầu sổ nào để kiểm tra. Đầu sổ mới được ký mỗi giây khi có việc."


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """How a check stands. findings: the first hundred of `wrong`."""

    id: UUID
    started_at: datetime
    ended_at: datetime | None
    size: int
    leaves: int
    heads: int
    wrong: int
    findings: tuple[ledger.Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """small: check it at once, no job was deferred."""

    id: UUID
    small: bool


@db.owns_transaction
def start(*, actor: Actor, now: datetime, at_once: int = AT_ONCE) -> Started:
    """Begin a check up to the newest head, or join the one that runs. Raises: NothingSealed."""
    head = LedgerHead.objects.order_by("-number").first()
    if head is None:
        raise NothingSealed
    running = LedgerCheck.objects.filter(ended_at__isnull=True).order_by("id").first()
    facts: dict[str, object] = {"head": head.number, "size": head.size}
    db.record(action=JOB, subject=f"head {head.number}", actor=actor, facts=facts)
    if running is not None:
        return Started(id=running.id, small=running.size_to <= at_once)
    check = LedgerCheck(
        started_at=now, actor_id=actor.account_id, head_to=head.number, size_to=head.size
    )
    db.insert(check)
    small = head.size <= at_once
    if not small:
        arguments = json.dumps({"check_id": str(check.id)})
        db.current().defer(("default", JOB, 0, JOB, None, arguments, None))
    return Started(id=check.id, small=small)


@once(name=JOB)
def run(check_id: str) -> None:
    """Go on with a check to its end."""
    while not go_on(UUID(check_id), now=clock.now()):
        continue


def go_on(check_id: UUID, *, now: datetime, most: int = PIECE) -> bool:
    """One piece more; whether the check has ended. Safe to repeat, and to run twice at once."""
    with transaction.atomic():
        check = LedgerCheck.objects.select_for_update().filter(id=check_id).order_by("id").first()
        if check is None or check.ended_at is not None:
            return True
        found = ledger.verify_from(check.head_at, until=check.head_to, most=most)
        check.head_at = max(found.head, check.head_at)
        check.leaves += found.leaves
        check.wrong += len(found.findings)
        kept = [{"what": f.what, "where": f.where} for f in found.findings]
        check.findings = [*check.findings, *kept][:KEPT_FINDINGS]
        if found.heads == 0 or check.head_at >= check.head_to:
            check.ended_at = now
        check.save()
    return check.ended_at is not None


def latest() -> CheckView | None:
    """The check that runs, or the last that ended."""
    check = LedgerCheck.objects.order_by("-started_at", "-id").first()
    if check is None:
        return None
    return CheckView(
        id=check.id,
        started_at=check.started_at,
        ended_at=check.ended_at,
        size=check.size_to,
        leaves=check.leaves,
        heads=check.head_at,
        wrong=check.wrong,
        findings=tuple(ledger.Finding(**one) for one in check.findings),
    )
