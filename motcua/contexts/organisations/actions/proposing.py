"""Đề nghị sắp xếp: one administrator writes an act, another carries it out."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.organisations.actions.founding import unit_id
from motcua.contexts.organisations.actions.reorganisation import (
    Reorganise,
    Reorganised,
    carry_out,
    foresee,
)
from motcua.contexts.organisations.contracts import (
    ActMalformed,
    ActText,
    Difference,
    ProposalDecided,
    ProposalIsYours,
    ProposalNotFound,
    ProposalState,
)
from motcua.contexts.organisations.models import ActProposal
from motcua.contexts.organisations.queries import structure
from motcua.contexts.organisations.queries.acts import text_of
from motcua.contexts.organisations.rules.act_lines import read_act
from motcua.kernel.actors import Actor
from motcua.kernel.db import owns_transaction, record
from motcua.kernel.text import nfc

TITLE, DOCUMENT = 200, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    proposal_id: UUID


def stored(text: ActText) -> dict[str, object]:
    """As plain values: what a proposal keeps, and what tells whether two texts are the same."""
    return asdict(text) | {"effective_on": text.effective_on.isoformat()}


def act_of(text: ActText) -> Reorganise:
    """Raises: ActMalformed."""
    title, document = nfc(text.title).strip(), nfc(text.document).strip()
    known = {
        code: unit
        for code, views in structure.snapshot.current().by_code.items()
        for unit in views
        if structure.is_valid(unit, text.effective_on) and unit.valid_from != text.effective_on
    }
    read = read_act(text, known, unit_id)
    mistakes = [(one.field, one.sentence) for one in read.mistakes]
    if not 0 < len(title) <= TITLE:
        mistakes.insert(0, ("title", f"Bạn ghi tên quyết định, nhiều nhất {TITLE} chữ."))
    if len(document) > DOCUMENT:
        mistakes.append(("document", f"Số quyết định dài nhất {DOCUMENT} chữ."))
    if mistakes:
        raise ActMalformed(tuple(mistakes))
    return Reorganise(
        kind=text.kind,
        title=title,
        document=document,
        effective_on=text.effective_on,
        passings=tuple(read.passings),
        opens=read.opens,
        open_work=text.open_work,
    )


def foresee_text(text: ActText, *, now: datetime) -> Difference:
    """Dry run. Raises: ActMalformed, UnitChangedAlready, WorkNeedsHeir."""
    return foresee(act_of(text), now=now)


@owns_transaction
def propose_act(text: ActText, *, actor: Actor, now: datetime) -> Proposed:
    """Kept for another administrator to carry out. Raises: ActMalformed."""
    act_of(text)
    assert actor.account_id is not None
    row = ActProposal.objects.create(
        text=stored(text),
        state=ProposalState.WAITING.value,
        proposed_by=actor.account_id,
        proposed_at=now,
    )
    record(action="organisations.propose_act", subject=str(row.id), actor=actor)
    return Proposed(proposal_id=row.id)


@owns_transaction
def carry_out_proposal(proposal_id: UUID, *, actor: Actor, now: datetime) -> Reorganised:
    """By somebody else than who wrote it, as the city stands now.

    Raises: ProposalNotFound, ProposalDecided, ProposalIsYours, ActMalformed, UnitChangedAlready,
    WorkNeedsHeir.
    """
    row = _waiting(proposal_id)
    if row.proposed_by == actor.account_id:
        raise ProposalIsYours
    done = carry_out(act_of(text_of(row.text)), actor=actor, now=now)
    _decide(row, ProposalState.CARRIED_OUT, actor, now, act_id=done.act_id)
    return done


@owns_transaction
def drop_proposal(proposal_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Raises: ProposalNotFound, ProposalDecided."""
    _decide(_waiting(proposal_id), ProposalState.DROPPED, actor, now)
    record(action="organisations.drop_proposal", subject=str(proposal_id), actor=actor)


def _waiting(proposal_id: UUID) -> ActProposal:
    row = ActProposal.objects.select_for_update().filter(id=proposal_id).order_by("id").first()
    if row is None:
        raise ProposalNotFound
    if row.state != ProposalState.WAITING:
        raise ProposalDecided
    return row


def _decide(
    row: ActProposal,
    state: ProposalState,
    actor: Actor,
    now: datetime,
    act_id: UUID | None = None,
) -> None:
    row.state, row.decided_by, row.decided_at = state.value, actor.account_id, now
    row.act_id = act_id
    row.save(update_fields=["state", "decided_by", "decided_at", "act"])
