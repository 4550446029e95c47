"""Miễn, giảm phí tại quầy: a desk grants an exemption on a proof, or takes one back, before money.

After money it becomes a request to refund. What the identification system tells is applied when
the fee is asked (`actions/fees.py`) and once more when its payer comes to pay.
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
from motcua.contexts.payments.contracts import (
    FeeItem,
    InvoiceState,
    Recheck,
    RefundGround,
    RefundState,
)
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import FeeKind, FeeLine
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction
from motcua.kernel.money import Money

REASON = "Lập lại khoản phí theo mức miễn, giảm"
ENDED = "Quyền miễn, giảm không còn khi trả tiền"


@owns_transaction
def set_exemption(command: SetExemption, *, actor: Actor, now: datetime) -> None:
    """Another bill with the exemption, or without any; lines of a bill never change.

    A bill that is paid stands, and what it should have cost less is asked to be refunded.
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
    if bill and bill.state is InvoiceState.PAID and command.key:
        _ask_back(dossier.code, changed, Money(before - less), now=now)
    else:
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


def _ask_back(code: str, items: tuple[FeeItem, ...], saved: Money, *, now: datetime) -> None:
    """Once for a bill. Raises: NothingToExempt."""
    asked = {RefundGround.EXEMPTED, RefundGround.FEE_LOWERED}
    refunds = payments.money_back_of(code).refunds
    if any(one.ground in asked and one.state is not RefundState.DECLINED for one in refunds):
        raise NothingToExempt(field="key")
    name = next(item.relief_name for item in items if item.relief)
    payments.open_refund_request(
        subject=code,
        ground=RefundGround.EXEMPTED,
        amount=saved,
        reason=f"Được miễn, giảm theo diện «{name}»",
        now=now,
    )


@owns_transaction
def note_recheck(code: str, keys: frozenset[str] | None, *, actor: Actor, now: datetime) -> None:
    """What the register says now that its payer comes to pay. keys None: it did not answer.

    An entitlement that ended makes another bill, which says so. A bill with money stands.
    Raises: DossierNotFound.
    """
    dossier = queries.for_letters(code)[0]
    bill = payments.invoice_of(code)
    db.record(action="dossiers.recheck_exemption", subject=code, actor=actor)
    if bill is None or bill.paid or bill.state is not InvoiceState.UNPAID:
        return
    if keys is None:
        payments.note_recheck(bill.code, Recheck.UNKNOWN, now=now)
        return
    lines = tuple(_full(item) for item in bill.items)
    changed = relieved(lines, keys, items=bill.items, by_register=True, now=now)
    if _due(changed) <= _due(bill.items):
        payments.note_recheck(bill.code, Recheck.HELD, now=now)
        return
    ended = next(item.relief_name for item in bill.items if item.relief)
    again = payments.reissue_invoice(
        subject=code,
        payer_person_id=dossier.applicant_person_id,
        items=changed,
        reason=ENDED,
        now=now,
    )
    payments.note_recheck(again.code, Recheck.ENDED, ended=ended, now=now)


def _full(item: FeeItem) -> FeeLine:
    """The line as it was before anything was taken off."""
    return FeeLine(kind=FeeKind(item.kind.value), label=item.label, amount=item.full)


def _due(items: tuple[FeeItem, ...]) -> int:
    return sum(int(item.amount) for item in items)
