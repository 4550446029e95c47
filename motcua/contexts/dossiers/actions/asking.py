"""Điểm chưa đạt: the items of a request, a refusal or a stop, settled and written as rows."""

from collections.abc import Sequence
from datetime import datetime

from motcua.contexts.casework.contracts import CaseView
from motcua.contexts.dossiers.contracts import (
    ItemsNeeded,
    SecondSupplementNeedsHead,
    Shortcoming,
    SupplementItemsNeeded,
    SupplementPhase,
    TakeStep,
)
from motcua.contexts.dossiers.contracts.shortcomings import ItemReasonUnknown
from motcua.contexts.dossiers.models import (
    Dossier,
    ShortcomingRow,
    SupplementProposal,
    SupplementRequest,
)
from motcua.contexts.dossiers.queries import shortcomings
from motcua.contexts.dossiers.queries.shortcomings import is_further, may_release
from motcua.contexts.dossiers.rules.shortcomings import settled
from motcua.contexts.procedures import public as procedures
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.db import joins_transaction


def whole_items(
    command: TakeStep, dossier: Dossier, *, cited: bool = True
) -> tuple[Shortcoming, ...]:
    """The items of the command, whole. Raises: as `rules.shortcomings.settled`."""
    version = procedures.version(dossier.procedure_version_id)
    return settled(command.items, shortcomings.ruled(version), cited=cited)


def check_reason(dossier: Dossier, component_key: str, reason: str) -> None:
    """Raises: ItemReasonUnknown unless the reason may be given for that paper."""
    version = procedures.version(dossier.procedure_version_id)
    known = shortcomings.ruled(version).reasons.get(reason)
    if known is None or not known.fits(component_key, ""):
        raise ItemReasonUnknown(field="reason")


@joins_transaction
def ask_for_more(
    command: TakeStep, dossier: Dossier, case: CaseView, actor: Actor, now: datetime
) -> None:
    """One consolidated request. The first of the processing phase is the officer's; a further
    one is a head's: theirs, or released by them.

    Raises: SupplementItemsNeeded, SecondSupplementNeedsHead.
    """
    if not command.items:
        raise SupplementItemsNeeded(field="items")
    if is_further(dossier, case) and not may_release(case, actor):
        raise SecondSupplementNeedsHead
    processing = case.started_at is not None
    request = SupplementRequest(
        dossier_id=dossier.case_id,
        number=dossier.asked + 1,
        phase=SupplementPhase.PROCESSING if processing else SupplementPhase.INTAKE,
        asked_at=now,
        asked_by=command.release.account_id if command.release else actor.account_id,
        answer_by=command.answer_by,
    )
    db.insert(request)
    write_items(dossier, command.items, request=request)
    dossier.asked += 1
    dossier.supplements += 1 if processing else 0
    db.change(dossier, "asked", "supplements")


@joins_transaction
def end_for(
    command: TakeStep, dossier: Dossier, case: CaseView, actor: Actor, now: datetime
) -> None:
    """Why it is not received, or stopped. Raises: ItemsNeeded."""
    if not command.items:
        raise ItemsNeeded(field="items")
    write_items(dossier, command.items)


@joins_transaction
def give_back_for(
    command: TakeStep, dossier: Dossier, case: CaseView, actor: Actor, now: datetime
) -> None:
    """A colleague learns what to mend, unless it came to the wrong place. Raises: ItemsNeeded."""
    if not command.items and not command.misdirected:
        raise ItemsNeeded(field="items")


def write_items(
    dossier: Dossier,
    items: Sequence[Shortcoming],
    *,
    request: SupplementRequest | None = None,
    proposal: SupplementProposal | None = None,
    return_serial: int | None = None,
) -> None:
    db.insert(
        *(
            ShortcomingRow(
                dossier_id=dossier.case_id,
                request_id=request.id if request else None,
                proposal_id=proposal.id if proposal else None,
                return_serial=return_serial,
                number=number,
                component_key=item.component_key,
                question_key=item.question_key,
                reason=item.reason,
                law=item.law,
                law_verified=item.law_verified,
                words={"what": item.what, "why": item.why, "how": item.how},
            )
            for number, item in enumerate(items, 1)
        )
    )
