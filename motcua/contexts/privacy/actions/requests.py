"""Yêu cầu về dữ liệu: asked by a person, answered by the data protection officer."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import Act, AskedUnit, OpenCase, Verdict
from motcua.contexts.documents import public as documents
from motcua.contexts.identity import public as identity
from motcua.contexts.notifications import public as notifications
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitView
from motcua.contexts.privacy.actions import effects
from motcua.contexts.privacy.actions.papers import office
from motcua.contexts.privacy.contracts import (
    KIND,
    AlreadyAsked,
    Asked,
    AskRight,
    CitationMissing,
    Decide,
    Outcome,
    ReasonMissing,
    RequestNotFound,
    RequestStatus,
    Right,
    TargetMissing,
    WantedMissing,
)
from motcua.contexts.privacy.events import DataRequestDecided
from motcua.contexts.privacy.models import DataRequest
from motcua.contexts.privacy.queries import requests as queries
from motcua.contexts.privacy.queries.held import correctable, given_by
from motcua.contexts.privacy.rules import rights
from motcua.kernel import db, events
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.db import owns_transaction
from motcua.kernel.holdings import Processing
from motcua.kernel.text import nfc

LONGEST = 2000
GRANT, REFUSE, CONSULT = "grant", "refuse", "consult"


@owns_transaction
def ask(command: AskRight, *, actor: Actor, now: datetime) -> Asked:
    """Open a request about one's own data; its clock runs from now.

    Raises: RequestNotFound (nobody's own), TargetMissing, WantedMissing, ReasonMissing,
    AlreadyAsked, SignInTooOld. Legal: Law 91/2025/QH15, Art. 4.
    """
    person_id = actor.person_id
    if person_id is None:
        raise RequestNotFound
    if command.right is Right.DELETE:
        identity.require_recent(actor, now=now)
    rule = rights.rule(command.right)
    _check(command, person_id, actor)
    code, unit = _next_code(now), office(now)
    opened = casework.open_case(
        OpenCase(
            kind=KIND,
            code=code,
            party_person_id=person_id,
            subject_code=command.right.value,
            process_id=casework.publish_process(rule.table, actor=actor, now=now),
            clock=rule.clock,
            receiving_unit_id=unit.id,
            competent_unit_id=unit.id,
            handling_unit_id=unit.id,
            status=RequestStatus.SENT,
            source="CITY_APP",
            field="bao_ve_du_lieu",
        ),
        actor=actor,
        now=now,
    )
    db.insert(
        DataRequest(
            case_id=opened.id,
            code=code,
            person_id=person_id,
            right=command.right,
            target=command.target,
            reason=nfc(command.reason)[:LONGEST] or None,
            wanted=nfc(command.wanted)[:LONGEST] or None,
            file_ids=[str(file_id) for file_id in command.file_ids],
        )
    )
    db.record(action="privacy.ask", subject=code, actor=actor, facts={"right": command.right.value})
    tell_guards("data_request_asked", unit, now, subject=code, what=rule.name)
    return Asked(code=code, due_sentence=opened.due_sentence)


def _next_code(now: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('privacy_request_serial')")
        (serial,) = cursor.fetchone()
    return f"DL-{city_time(now):%Y%m%d}-{serial:06d}"


def _check(command: AskRight, person_id: UUID, actor: Actor) -> None:
    """The target is one that the page offered this person."""
    if command.target not in targets(command.right, person_id):
        raise TargetMissing(field="target")
    if command.right is Right.CORRECT and not nfc(command.wanted):
        raise WantedMissing(field="wanted")
    if command.right is Right.OBJECT and not nfc(command.reason):
        raise ReasonMissing(field="reason")
    if documents.own_files(command.file_ids, actor) != frozenset(command.file_ids):
        raise TargetMissing(field="file")
    running = DataRequest.objects.filter(
        person_id__in=actor.own_ids, right=command.right, target=command.target, outcome=""
    )
    if running.exists():
        raise AlreadyAsked


def targets(right: Right, person_id: UUID) -> frozenset[str]:
    """What the right may be asked of; "" where it is of everything."""
    match right:
        case Right.CORRECT:
            return frozenset(one.key for one in correctable(person_id))
        case Right.RESTRICT | Right.OBJECT:
            return frozenset(one.value for one in Processing)
        case Right.WITHDRAW:
            return frozenset(one.key for one in given_by(person_id))
    return frozenset({""})


def tell_guards(
    template: str, unit: UnitView, now: datetime, *, subject: str = "", what: str = ""
) -> None:
    """A message to each data protection officer of the office."""
    for account_id in _guards(unit, now):
        notifications.notify(
            template=template,
            subject=subject,
            params={"what": what} if what else {},
            now=now,
            account_id=account_id,
        )


def settle_guards(code: str, *, now: datetime) -> None:
    """Nothing is left to do about this request; one action for each reader, repeatable."""
    for account_id in _guards(office(now), now):
        notifications.settle_turns(subject=code, account_id=account_id, now=now)


def _guards(unit: UnitView, now: datetime) -> list[UUID]:
    holders = organisations.holders_of(unit.id, Role.DATA_PROTECTION, city_date(now))
    return sorted(identity.accounts_of([one.id for one in holders]).values())


@owns_transaction
def decide(command: Decide, *, actor: Actor, now: datetime) -> None:
    """Grant or refuse. What is granted is done in the same transaction.

    Raises: RequestNotFound, ReasonMissing, CitationMissing, KeptByLaw, what casework says of a
    step that is not the actor's or was taken meanwhile, what the context says of a wrong value.
    """
    row = queries.row(command.code, actor, now=now)
    reason, citation = nfc(command.reason)[:LONGEST], nfc(command.citation)[:300]
    if not command.grant and not reason:
        raise ReasonMissing(field="reason")
    if not command.grant and not citation:
        raise CitationMissing(field="citation")
    casework.act(
        Act(
            case_code=row.code,
            action=GRANT if command.grant else REFUSE,
            seen_version=command.seen_version,
            reason=reason,
            citation=citation,
        ),
        actor=actor,
        now=now,
    )
    outcome = effects.carry_out(row, actor=actor, now=now) if command.grant else Outcome.REFUSED
    row.outcome, row.decision, row.citation = outcome, reason or None, citation
    row.decided_at, row.decided_by = now, actor.account_id
    db.change(row, "outcome", "decision", "citation", "decided_at", "decided_by")
    facts: dict[str, object] = {"right": row.right, "outcome": outcome.value}
    db.record(action="privacy.decide", subject=row.code, actor=actor, facts=facts)
    _tell_person(row, outcome, now)
    events.publish(
        DataRequestDecided(
            occurred_at=now, subject=row.code, right=row.right, outcome=outcome.value
        )
    )


def _tell_person(row: DataRequest, outcome: Outcome, now: datetime) -> None:
    notifications.notify(
        template=f"data_request_{outcome.value.lower()}",
        subject=row.code,
        params={"what": rights.rule(Right(row.right)).name},
        now=now,
        person_id=row.person_id,
    )


@owns_transaction
def consult(code: str, unit_id: UUID, *, question: str, actor: Actor, now: datetime) -> None:
    """Ask the unit where the data lie. Raises: RequestNotFound, TargetMissing, ReasonMissing."""
    row = queries.row(code, actor, now=now)
    if unit_id not in queries.units_to_ask(row.person_id):
        raise TargetMissing(field="unit")
    if not nfc(question):
        raise ReasonMissing(field="question")
    asked = AskedUnit(unit_id=unit_id, question=nfc(question)[:LONGEST])
    command = Act(case_code=code, action=CONSULT, asked=(asked,))
    casework.act(command, actor=actor, now=now)
    db.record(action="privacy.consult", subject=code, actor=actor, facts={"unit": str(unit_id)})
    holders = organisations.holders_of(unit_id, Role.CONSULTED, city_date(now))
    for account_id in identity.accounts_of([one.id for one in holders]).values():
        notifications.notify(
            template="data_opinion_asked", subject=code, params={}, now=now, account_id=account_id
        )


@owns_transaction
def answer_opinion(
    code: str, opinion_id: UUID, *, verdict: Verdict, text: str, actor: Actor, now: datetime
) -> None:
    """The asked unit answers. Raises: RequestNotFound, AlreadyAnswered, NotYourStep."""
    row = queries.row(code, actor, now=now)
    casework.answer_opinion(
        case_code=row.code,
        opinion_id=opinion_id,
        verdict=verdict,
        text=text,
        actor=actor,
        now=now,
    )
    facts: dict[str, object] = {"verdict": verdict.value}
    db.record(action="privacy.answer_opinion", subject=code, actor=actor, facts=facts)


@owns_transaction
def write(code: str, text: str, *, actor: Actor, now: datetime) -> None:
    """Write in the thread: whoever asked, or the officer. Raises: RequestNotFound, EmptyMessage."""
    row = queries.row(code, actor, now=now)
    own = row.person_id in actor.own_ids
    if not own and not actor.has(Role.DATA_PROTECTION):
        raise RequestNotFound
    casework.send_message(case_code=code, text=text, from_party=own, actor=actor, now=now)
    db.record(action="privacy.write", subject=code, actor=actor)
    if not own:
        notifications.notify(
            template="data_message", subject=code, params={}, now=now, person_id=row.person_id
        )
