"""Nộp cả loạt: every draft of a table is sent, or only tried, in the name of who asked.

A draft is sent in a transaction of its own and once only, whoever sends it. What became of the
lines is kept part by part, so a killed worker goes on with the part where it stopped.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from motcua.contexts.dossiers.actions import drafts, sandbox
from motcua.contexts.dossiers.actions.bulk import told_of
from motcua.contexts.dossiers.contracts import BulkNotMade, BulkSendingBegun, Receipt
from motcua.contexts.dossiers.events import BulkSendingAsked, BulkSent
from motcua.contexts.dossiers.models import BulkPart, BulkSending, BulkSendingPart
from motcua.contexts.dossiers.queries import bulk as reading
from motcua.contexts.dossiers.queries import bulk_sending as sent
from motcua.contexts.dossiers.queries import draft_view, missing_of, sent_before
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.contracts.mandates import MandateEnded
from motcua.contexts.notifications import public as notifications
from motcua.contexts.procedures import public as procedures
from motcua.kernel import db, events
from motcua.kernel.actors import ANONYMOUS, SYSTEM, Act, Actor
from motcua.kernel.db import owns_transaction
from motcua.kernel.errors import DomainError

Outcome = tuple[int, str, str]  # line; code of the dossier or OK; sentence of the refusal
Deal = Callable[[UUID, Actor, datetime], tuple[str, str]]
OK = "ok"


class Send(Protocol):
    """Sends a draft once, with the exemption that its applicant has a right to."""

    def __call__(self, draft_id: UUID, *, actor: Actor, now: datetime) -> Receipt: ...


@owns_transaction
def ask_sending(bulk_id: UUID, *, trial: bool, actor: Actor, now: datetime) -> BulkSendingBegun:
    """Let a job send the drafts of a table. Asked twice while it works, it is one sending.

    Raises: BulkNotFound, BulkNotMade, AssuranceTooLow, MandateRefused.
    """
    filing = reading.filing_row(bulk_id, actor, now=now, locked=True)
    drafts.check_level(actor)
    version = procedures.version(filing.procedure_version_id)
    drafts.check_mandate(actor, Act.SUBMIT, version, about=told_of(filing), now=now)
    if filing.done_at is None:
        raise BulkNotMade
    sending = sent.at_work(filing)
    if sending is None:
        sending = BulkSending(
            filing_id=filing.id,
            trial=trial,
            account_id=drafts.account_of(actor),
            mandate_id=actor.mandate.id if actor.mandate else None,
            assurance=actor.assurance,
            asked_at=now,
        )
        db.insert(sending)
        events.publish(BulkSendingAsked(occurred_at=now, subject=str(sending.id)))
    facts: dict[str, object] = {"trial": sending.trial}
    db.record(action="dossiers.bulk_send", subject=str(filing.id), actor=actor, facts=facts)
    return BulkSendingBegun(sending_id=sending.id)


def send_parts(sending_id: UUID, send: Send, *, now: datetime) -> None:
    """Every part that has no outcome yet; called again it goes on where it stopped."""
    sending = sent.by_id(sending_id)
    actor, deal = _who_deals(sending, send, now)
    for part in sent.parts_left(sending):
        _keep(sending, part.number, _outcomes(sending, part, actor, deal, now), now=now)
    if sending.done_at is None:
        _finish(sending, now=now)


def _who_deals(sending: BulkSending, send: Send, now: datetime) -> tuple[Actor, Deal]:
    """In whose name, and how one draft is dealt with; once the mandate ended each is refused."""
    try:
        actor = identity.actor_at_work(
            sending.account_id,
            assurance=sending.assurance,
            mandate_id=sending.mandate_id,
            now=now,
        )
    except MandateEnded as ended:
        said = ended.message
        return ANONYMOUS, lambda *_draft: ("", said)
    if sending.filing.sandbox:
        return replace(actor, sandbox=True), sandbox.tried if sending.trial else sandbox.sent
    return actor, _tried if sending.trial else _sends(send)


def _outcomes(
    sending: BulkSending, part: BulkPart, actor: Actor, deal: Deal, now: datetime
) -> list[Outcome]:
    by_mark = reading.drafts_of_marks(sending.filing, part.marks)
    found = []
    for line in part.lines:
        draft_id = by_mark.get(line.get("mark", ""))
        if draft_id is not None:
            found.append((line["n"], *_outcome(draft_id, deal, actor, now)))
    return found


def _sends(send: Send) -> Deal:
    """How one draft is dealt with when it is really sent."""

    def deal(draft_id: UUID, actor: Actor, now: datetime) -> tuple[str, str]:
        before = sent_before(draft_id, actor, now=now)
        return (before.code if before else send(draft_id, actor=actor, now=now).code), ""

    return deal


def _outcome(draft_id: UUID, deal: Deal, actor: Actor, now: datetime) -> tuple[str, str]:
    """The code of the dossier, or OK of a trial; else what keeps the draft from being sent."""
    try:
        return deal(draft_id, actor, now)
    except DomainError as refusal:
        return "", refusal.message


def _tried(draft_id: UUID, actor: Actor, now: datetime) -> tuple[str, str]:
    before = sent_before(draft_id, actor, now=now)
    if before is not None:
        return before.code, ""
    missing = missing_of(draft_view(draft_id, actor, now=now), now=now)
    return ("", " ".join(said for _key, said in missing[:3])) if missing else (OK, "")


@owns_transaction
def _keep(sending: BulkSending, number: int, outcomes: list[Outcome], *, now: datetime) -> None:
    passed = sum(1 for _line, code, _said in outcomes if code)
    part = BulkSendingPart(
        sending_id=sending.id,
        number=number,
        outcomes=[list(one) for one in outcomes],
        passed=passed,
        refused=len(outcomes) - passed,
    )
    db.insert(part)
    facts: dict[str, object] = {"part": number, "passed": passed, "refused": part.refused}
    db.record(
        action="dossiers.bulk_send_part", subject=str(sending.filing_id), actor=SYSTEM, facts=facts
    )


@owns_transaction
def _finish(sending: BulkSending, *, now: datetime) -> None:
    filing, counts = sending.filing, sent.counts_of(sending)
    sending.done_at = now
    db.change(sending, "done_at", expecting={"done_at": None})
    if not sending.trial:
        events.publish(
            BulkSent(
                occurred_at=now,
                subject=str(filing.id),
                applicant_person_id=filing.applicant_person_id,
                sandbox=filing.sandbox,
            )
        )
    if not sending.trial and not filing.sandbox:
        version = procedures.version(filing.procedure_version_id)
        notifications.notify(
            person_id=filing.applicant_person_id,
            template="bulk_sent",
            subject=str(filing.id),
            params={"procedure": version.name, "answer": str(counts.passed)},
            now=now,
        )
    facts: dict[str, object] = {"passed": counts.passed, "refused": counts.refused}
    db.record(action="dossiers.bulk_send_end", subject=str(filing.id), actor=SYSTEM, facts=facts)
