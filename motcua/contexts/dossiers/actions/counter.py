"""Nhận tại quầy: sent and accepted in one act, with the declaration on paper."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseEnded, Phase
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions.desk import take
from motcua.contexts.dossiers.actions.submission import checked_answers, desk_of, submit_within
from motcua.contexts.dossiers.contracts import StepTaken, TakeStep
from motcua.contexts.dossiers.contracts.counter import (
    NothingIsMissing,
    NothingToTakeIn,
    Outcome,
    ReasonForDecliningNeeded,
    TakeIn,
    TakenIn,
    Visit,
)
from motcua.contexts.dossiers.models import DossierPast
from motcua.contexts.dossiers.rules.assisting import register_fields
from motcua.contexts.dossiers.rules.known import own_contact, population_fields
from motcua.contexts.identity import public as identity
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.clearance import may_read
from motcua.kernel.db import joins_transaction, owns_transaction
from motcua.kernel.forms import (
    Sheet,
    attributed,
    prefilled,
    read_sheet,
    sheet_table,
    withheld_keys,
)

LACKING = "Hồ sơ còn thiếu giấy tờ."
RECEIVE = "RECEIVE"  # the purpose that the register is told
FIRST_VERSION = 1  # of a case that was opened a moment ago


@owns_transaction
def take_in_visit(commands: Sequence[TakeIn], *, actor: Actor, now: datetime) -> Visit:
    """Everything that one person hands in at one visit; all of it or nothing.

    Raises: NothingToTakeIn, and as `take_in`.
    """
    if not commands:
        raise NothingToTakeIn(field="procedure")
    return Visit(dossiers=tuple(take_in(one, actor=actor, now=now) for one in commands))


@joins_transaction
def take_in(command: TakeIn, *, actor: Actor, now: datetime) -> TakenIn:
    """Send it and take its first step. What was given out without a network is kept as given.

    Raises: as `submission.submit` and `desk.take_step`; NothingIsMissing,
    ReasonForDecliningNeeded.
    """
    if command.outcome is Outcome.DECLINE and not command.reason.strip():
        raise ReasonForDecliningNeeded(field="reason")
    if command.outcome is Outcome.GUIDE and not command.items:
        raise NothingIsMissing(field="papers")
    given = command.given_out
    here = command.dossier.receiving_unit_id or desk_of(actor)
    receipt = submit_within(
        replace(command.dossier, receiving_unit_id=here),
        actor=actor,
        now=given.happened_at if given else now,
        on_paper=True,
        without=frozenset(item.component_key for item in command.items),
        given_out=given,
        recorded_at=now if given else None,
    )
    _take_first_step(command, receipt.code, actor=actor, now=now)
    case = casework.case(receipt.code)
    return TakenIn(
        code=receipt.code,
        outcome=command.outcome,
        secret=receipt.secret,
        received_at=receipt.submitted_at,
        due_at=case.due_at,
        invoice_code=receipt.invoice_code,
    )


def _take_first_step(command: TakeIn, code: str, *, actor: Actor, now: datetime) -> None:
    """Nothing where nobody accepts it: such a process runs from the first moment."""
    if casework.case(code).phase is not Phase.INTAKE:
        return
    given = command.given_out
    step = TakeStep(
        code=code,
        action=command.outcome,
        seen_version=FIRST_VERSION,
        reason=command.reason or (LACKING if command.items else ""),
        citation=command.citation,
        items=command.items,
        recorded_at=now if given else None,
    )
    take(step, actor=actor, now=given.happened_at if given else now)


def told_at_counter(
    person_id: UUID, version: VersionView, keys: Collection[str], *, actor: Actor, now: datetime
) -> tuple[Sheet, str]:
    """What is known of these questions about whoever stands there; why it is not more.

    The register is asked for the fields of these questions alone, and not at all when they need
    none; outside any transaction, for it may be slow. Raises: PersonNotFound.
    """
    asked = [one for one in version.form.questions() if one.key in keys]
    fields, notice = register_fields(one.prefill for one in asked), ""
    known: dict[str, Mapping[str, object]] = {}
    if fields:
        facts = identity.population_facts(person_id, RECEIVE, actor, fields=fields)
        known["population"] = population_fields({name: facts[name].value for name in facts})
        notice = facts.notice
    known["account"] = own_contact(identity.contact_of(person_id))
    kept_back = withheld_keys(version.form, lambda one: may_read(one, actor))
    told = prefilled(version.form, known, at=now)
    shown = {one.key for one in asked} - kept_back
    return {key: answer for key, answer in told.items() if key in shown}, notice


@owns_transaction
def type_in_declaration(
    code: str, answers: Mapping[str, object], *, actor: Actor, now: datetime
) -> StepTaken:
    """What the paper form says, typed in after reception; checked whole, with the pack's rules.

    Raises: DossierNotFound, NotYourStep, CaseEnded, AnswersIncomplete.
    """
    dossier = queries.dossier_row(code, actor, now=now)
    case = casework.case_by_id(dossier.case_id)
    if case.phase is Phase.ENDED:
        raise CaseEnded
    queries.check_may_type_in(dossier, actor, now=now)
    known = read_sheet(dossier.sheet)
    version = procedures.version(dossier.procedure_version_id)
    cleaned = checked_answers(version, answers, now)
    past = DossierPast(dossier_id=dossier.case_id, until=now, by=actor.account_id)
    past.sheet = dossier.sheet
    db.insert(past)
    dossier.sheet = sheet_table(attributed(cleaned, known=known, at=now))
    db.change(dossier, "sheet")
    db.record(
        action="dossiers.type_in_declaration",
        subject=code,
        actor=actor,
        facts={"questions": len(cleaned)},
    )
    return StepTaken(
        code=code,
        status=case.status,
        phase=case.phase,
        step=case.step,
        sentence=f"Đã nhập tờ khai của hồ sơ {code}.",
    )
