"""Miễn, giảm phí tại quầy: a desk grants an exemption on a proof, or takes one back, before money.

What the identification system tells is applied when the fee is asked (`actions/fees.py`).
"""

from datetime import datetime

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseEnded, Phase
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions.fees import relieved
from motcua.contexts.dossiers.contracts import (
    CannotFixFee,
    ExemptionProof,
    NothingToExempt,
    ProofNeeded,
    SetExemption,
)
from motcua.contexts.payments import public as payments
from motcua.contexts.payments.contracts import FeeItem
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import FeeKind, FeeLine
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction

REASON = "Lập lại khoản phí theo mức miễn, giảm"


@owns_transaction
def set_exemption(command: SetExemption, *, actor: Actor, now: datetime) -> None:
    """Another bill with the exemption, or without any; lines of a bill never change.

    Raises: DossierNotFound, CannotFixFee, CaseEnded, ProofNeeded, NothingToExempt, PaidBefore.
    """
    dossier = queries.dossier_row(command.code, actor, now=now)
    case = casework.case_by_id(dossier.case_id)
    if not queries.may_fix_fee(case, actor, now=now):
        raise CannotFixFee
    if case.phase is Phase.ENDED:
        raise CaseEnded
    if command.key and command.proof not in set(ExemptionProof):
        raise ProofNeeded(field="proof")
    bill = payments.invoice_of(dossier.code)
    items = bill.items if bill else ()
    lines = tuple(_full(item) for item in items)
    rules = procedures.possible_exemptions(lines, on=city_date(now))
    keys = {rule.key for rule in rules if rule.by_desk and rule.key == command.key}
    changed = relieved(lines, frozenset(keys), items=items, now=now)
    less, before = _due(changed), _due(items)
    if (command.key and less >= before) or (not command.key and less <= before):
        raise NothingToExempt(field="key")
    payments.reissue_invoice(
        subject=dossier.code,
        payer_person_id=dossier.applicant_person_id,
        items=changed,
        reason=REASON,
        now=now,
    )
    db.record(
        action="dossiers.set_exemption",
        subject=dossier.code,
        actor=actor,
        facts={"key": command.key, "proof": command.proof, "before": before, "after": less},
    )


def _full(item: FeeItem) -> FeeLine:
    """The line as it was before anything was taken off."""
    return FeeLine(kind=FeeKind(item.kind.value), label=item.label, amount=item.full)


def _due(items: tuple[FeeItem, ...]) -> int:
    return sum(int(item.amount) for item in items)
