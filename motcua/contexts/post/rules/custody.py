"""Ai giữ bản gốc: a paper is always with exactly one holder, from the first hand-over on."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from motcua.contexts.post.contracts import HolderKind, NamesNeeded, OriginalElsewhere
from motcua.kernel.text import nfc

LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """A holder. unit_id: which desk; None for the owner and the post."""

    kind: HolderKind
    unit_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """One hand-over, with the two who did it."""

    giver: Hand
    taker: Hand
    gave: str
    took: str


def passed(holder: Hand, step: Passing) -> Hand:
    """The holder after a hand-over. Raises: OriginalElsewhere, NamesNeeded."""
    if step.giver != holder or step.giver == step.taker:
        raise OriginalElsewhere
    names_of(step.gave, step.took)
    return step.taker


def names_of(gave: str, took: str) -> tuple[str, str]:
    """Both names as they are kept. Raises: NamesNeeded."""
    cleaned = nfc(gave)[:LONGEST], nfc(took)[:LONGEST]
    if not all(cleaned):
        raise NamesNeeded(field="took" if cleaned[0] else "gave")
    return cleaned


def holder_after(steps: Iterable[Passing], *, first: Hand) -> Hand:
    """Who holds it when all steps are done. Raises: OriginalElsewhere, NamesNeeded."""
    holder = first
    for step in steps:
        holder = passed(holder, step)
    return holder
