"""Điểm chưa đạt: the items of requests and refusals, and what one may write in them."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from motcua.contexts.casework.contracts import ActionKind, CaseView, EventView, Phase
from motcua.contexts.dossiers.contracts.shortcomings import (
    Citation,
    Concerns,
    ProposalState,
    ProposalView,
    Reason,
    Shortcoming,
)
from motcua.contexts.dossiers.models import Dossier, ShortcomingRow, SupplementProposal
from motcua.contexts.dossiers.rules import shortcomings as rules
from motcua.contexts.dossiers.rules.shortcomings import Ruled
from motcua.contexts.identity import public as identity
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel.actors import Actor, Role

WITH_ITEMS = frozenset(
    {ActionKind.SUPPLEMENT, ActionKind.DECLINE, ActionKind.STOP, ActionKind.RETURN}
)
AROUND = frozenset({"proposed", "proposal_declined", "value_taken", "value_kept"})
Items = tuple[Shortcoming, ...]


def ruled(version: VersionView) -> Ruled:
    """What items of this version may name: its papers, its questions, its legal basis."""
    return Ruled(
        papers={one.key: one.name for one in version.components},
        questions={one.key: one.label for one in version.form.questions()},
        citations=citations_of(version),
        reasons={one.key: one for one in reasons_of(version)},
    )


def citations_of(version: VersionView) -> tuple[Citation, ...]:
    """The legal basis of the version with its marks, then what holds for every procedure."""
    own = tuple(
        Citation(document=one.document, title=one.title, article=one.article, verified=one.verified)
        for one in version.legal
    )
    named = {one.document for one in own}
    return (*own, *(one for one in rules.common().citations if one.document not in named))


def reasons_of(version: VersionView) -> tuple[Reason, ...]:
    """The reasons of the procedure, then those of the city that it does not say itself.

    One of a procedure that cites nothing stands on the rules of reception, as those of the city.
    """
    english = {one.key: one for one in version.texts.en.reasons}
    usual = rules.common().citations[0].words
    own = []
    for one in version.texts.vi.reasons:
        said = english.get(one.key)
        own.append(
            Reason(
                key=one.key,
                kinds=frozenset({one.kind}),
                concerns=Concerns.BOTH,
                why=one.text,
                how=one.guidance,
                law=one.law or usual,
                component=one.component,
                question=one.question,
                why_en=said.text if said else "",
                how_en=said.guidance if said else "",
            )
        )
    keys = {one.key for one in own}
    return (*own, *(one for one in rules.common().reasons if one.key not in keys))


def items_by_request(dossier: Dossier) -> dict[UUID, Items]:
    rows = ShortcomingRow.objects.filter(dossier=dossier, request__isnull=False)
    return _grouped(rows.order_by("request", "number"), "request_id")


def ended_for(dossier: Dossier) -> Items:
    """Why it was not received, or stopped; empty where it was neither."""
    rows = ShortcomingRow.objects.filter(
        dossier=dossier,
        request__isnull=True,
        proposal__isnull=True,
        return_serial__isnull=True,
    )
    return tuple(map(item_of, rows.order_by("number")))


def returned_for(dossier: Dossier, events: Sequence[EventView]) -> Items:
    """Why a colleague gave it back, while nobody has moved it on since."""
    moved = [event for event in events if event.kind not in AROUND]
    if not moved or moved[-1].kind != "return":
        return ()
    rows = ShortcomingRow.objects.filter(dossier=dossier, return_serial=moved[-1].serial)
    return tuple(map(item_of, rows.order_by("number")))


def item_of(row: ShortcomingRow) -> Shortcoming:
    words: Mapping[str, str] = row.words
    return Shortcoming(
        component_key=row.component_key,
        question_key=row.question_key,
        reason=row.reason,
        what=words.get("what", ""),
        why=words.get("why", ""),
        how=words.get("how", ""),
        law=row.law,
        law_verified=row.law_verified,
    )


def _grouped(rows: Iterable[ShortcomingRow], column: str) -> dict[UUID, Items]:
    found: dict[UUID, list[Shortcoming]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(item_of(row))
    return {key: tuple(items) for key, items in found.items()}


def waits_for(proposals: Iterable[ProposalView]) -> bool:
    """Whether a head has something to answer."""
    return any(one.state is ProposalState.PROPOSED for one in proposals)


def proposals_of(dossier: Dossier, case: CaseView) -> tuple[ProposalView, ...]:
    """Newest first; the officer's words stay with whatever the head answered, or when the dossier
    moved on without an answer."""
    rows = list(SupplementProposal.objects.filter(dossier=dossier).order_by("-number"))
    if not rows:
        return ()
    of_proposals = ShortcomingRow.objects.filter(dossier=dossier, proposal__isnull=False)
    items = _grouped(of_proposals.order_by("proposal", "number"), "proposal_id")
    people = {one for row in rows for one in (row.proposed_by, row.decided_by) if one}
    names = identity.officer_names(people)
    return tuple(_proposal(row, items.get(row.id, ()), names, case) for row in rows)


def _proposal(
    row: SupplementProposal, items: Items, names: Mapping[UUID, str], case: CaseView
) -> ProposalView:
    state = ProposalState(row.state)
    left = case.step != row.step or case.phase is not Phase.RUNNING
    if state is ProposalState.PROPOSED and left:
        state = ProposalState.OVERTAKEN
    return ProposalView(
        id=row.id,
        state=state,
        number=row.number,
        items=items,
        why_again=row.why_again,
        answer_by=row.answer_by,
        proposed_by=names.get(row.proposed_by, "") if row.proposed_by else "",
        proposed_at=row.proposed_at,
        decided_by=names.get(row.decided_by, "") if row.decided_by else "",
        decided_at=row.decided_at,
        answer=row.answer or "",
    )


def is_further(dossier: Dossier, case: CaseView) -> bool:
    """Whether a request now would be a further one while processing (Decision 766: late)."""
    return case.started_at is not None and dossier.supplements >= 1


def may_release(case: CaseView, actor: Actor) -> bool:
    """The head of the division that handles it, or a leader of the agency that decides."""
    heads = actor.unit_ids(Role.DIVISION_HEAD, Role.SIGNER)
    return bool(heads & {case.competent_unit_id, case.handling_unit_id})
