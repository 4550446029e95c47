"""Phí, lệ phí của hồ sơ: asked when it is sent, or once an officer has read the table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseEnded, Phase
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions.desk import tell
from motcua.contexts.dossiers.contracts import (
    CHANNEL_OF,
    CannotFixFee,
    FeeAmountNeeded,
    FeeNotOpen,
    FixFee,
    SubmitDossier,
)
from motcua.contexts.payments import public as payments
from motcua.contexts.payments.contracts import FeeItem, FeeKind, FeeWhen
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import FeeLine, VersionView
from motcua.contexts.procedures.contracts import FeeWhen as CatalogueWhen
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import joins_transaction, owns_transaction
from motcua.kernel.money import ZERO, Money

_WHEN = {
    CatalogueWhen.RECEPTION: FeeWhen.RECEPTION,
    CatalogueWhen.SUPPLEMENT: FeeWhen.SUPPLEMENT,
    CatalogueWhen.RETURN: FeeWhen.RETURN,
}


@joins_transaction
def ask_known(
    command: SubmitDossier,
    version: VersionView,
    answers: Mapping[str, object],
    *,
    code: str,
    case_name: str,
    desk: UUID,
    now: datetime,
) -> str:
    """The bill for every fee whose amount is known. A fee that the council's table fixes is not
    defaulted: an officer enters it by `fix_fee`. Returns the bill's code, "" when nothing is due.
    """
    channel = CHANNEL_OF[command.source].name
    lines = procedures.fee_items(version, answers, channel=channel, case=case_name)
    invoice = payments.open_invoice(
        subject=code,
        payer_person_id=command.applicant_person_id,
        items=relieved(lines, command.entitlements, by_register=True, now=now),
        now=now,
        unit_id=desk,
    )
    return invoice.code


@owns_transaction
def fix_fee(command: FixFee, *, actor: Actor, now: datetime) -> None:
    """Nhập mức thu: enter the amount of a fee that a table outside the catalogue fixes.

    Entered by the receiving desk or whoever holds the step; the applicant is asked to pay at once.
    0 ₫ is an amount as well: nothing is asked, and the bill says so.
    Raises: DossierNotFound, CannotFixFee, CaseEnded, FeeNotOpen, FeeAmountNeeded.
    """
    dossier = queries.dossier_row(command.code, actor, now=now)
    case = casework.case_by_id(dossier.case_id)
    if not queries.may_fix_fee(case, actor, now=now):
        raise CannotFixFee
    if case.phase is Phase.ENDED:
        raise CaseEnded
    if command.amount_dong < 0:
        raise FeeAmountNeeded(field="amount_dong")
    line = next((x for x in queries.open_fees(dossier) if x.label == command.label), None)
    if line is None:
        raise FeeNotOpen(field="label")
    fixed = replace(line, amount=Money(command.amount_dong))
    payments.add_items(
        subject=dossier.code,
        payer_person_id=dossier.applicant_person_id,
        items=relieved((fixed,), command.entitlements, by_register=True, now=now)
        if fixed.amount
        else (_free(fixed),),
        now=now,
    )
    tell(dossier, action="fix_fee", kind="FEE", status=case.status, step=case.step, now=now)
    db.record(
        action="dossiers.fix_fee",
        subject=dossier.code,
        actor=actor,
        facts={"label": line.label, "amount": command.amount_dong},
    )


def relieved(
    lines: Sequence[FeeLine],
    entitlements: frozenset[str],
    *,
    items: Sequence[FeeItem] = (),
    by_register: bool = False,
    now: datetime,
) -> tuple[FeeItem, ...]:
    """What is asked for known amounts, with the best entitlement taken off.

    items: the lines of a bill that these are, to keep when each is collected.
    by_register: a register told the entitlements; it is asked again before payment.
    """
    known = tuple(line for line in lines if line.amount)
    found = procedures.exempted(known, entitlements, on=city_date(now))
    name = found.chosen.name if found.chosen else ""
    times = [item.when for item in items] or [_WHEN[line.when] for line in known]
    return tuple(
        FeeItem(
            kind=FeeKind(line.kind.value),
            label=line.label,
            amount=(line.amount or ZERO) - off,
            when=when,
            relief=off,
            relief_name=name if off else "",
            by_register=by_register and bool(off),
        )
        for line, off, when in zip(found.lines, found.reliefs, times, strict=True)
    )


def _free(line: FeeLine) -> FeeItem:
    """A fee that an officer fixed at nothing."""
    return FeeItem(
        kind=FeeKind(line.kind.value), label=line.label, amount=ZERO, when=_WHEN[line.when]
    )
