"""Phí, lệ phí của hồ sơ: asked when it is sent, or once an officer has read the table."""

from collections.abc import Mapping
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
from motcua.kernel.db import joins_transaction, owns_transaction
from motcua.kernel.money import Money

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
        items=tuple(_item(line, line.amount) for line in lines if line.amount),
        now=now,
        unit_id=desk,
    )
    return invoice.code


@owns_transaction
def fix_fee(command: FixFee, *, actor: Actor, now: datetime) -> None:
    """Nhập mức thu: enter the amount of a fee that a table outside the catalogue fixes.

    Entered by the receiving desk or whoever holds the step; the applicant is asked to pay at once.
    Raises: DossierNotFound, CannotFixFee, CaseEnded, FeeNotOpen, FeeAmountNeeded.
    """
    dossier = queries.dossier_row(command.code, actor, now=now)
    case = casework.case_by_id(dossier.case_id)
    if not queries.may_fix_fee(case, actor, now=now):
        raise CannotFixFee
    if case.phase is Phase.ENDED:
        raise CaseEnded
    if command.amount_dong <= 0:
        raise FeeAmountNeeded(field="amount_dong")
    line = next((x for x in queries.open_fees(dossier) if x.label == command.label), None)
    if line is None:
        raise FeeNotOpen(field="label")
    payments.add_items(
        subject=dossier.code,
        payer_person_id=dossier.applicant_person_id,
        items=(_item(line, Money(command.amount_dong)),),
        now=now,
    )
    tell(dossier, action="fix_fee", kind="FEE", status=case.status, step=case.step, now=now)
    db.record(
        action="dossiers.fix_fee",
        subject=dossier.code,
        actor=actor,
        facts={"label": line.label, "amount": command.amount_dong},
    )


def _item(line: FeeLine, amount: Money) -> FeeItem:
    return FeeItem(
        kind=FeeKind(line.kind.value), label=line.label, amount=amount, when=_WHEN[line.when]
    )
