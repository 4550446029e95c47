"""Đánh giá tác động: signed version by version, sent to the authority, found out of date."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from motcua.contexts.documents.contracts import IssuedKind
from motcua.contexts.privacy.actions import papers
from motcua.contexts.privacy.actions.papers import Paper
from motcua.contexts.privacy.actions.requests import tell_guards
from motcua.contexts.privacy.contracts import (
    Activity,
    Draft,
    DutyCause,
    ImpactMalformed,
    ImpactMoved,
    NothingToSend,
    ProofMissing,
    SignImpact,
    Weighed,
)
from motcua.contexts.privacy.models import ImpactAssessment, ImpactDuty
from motcua.contexts.privacy.queries import impacts as queries
from motcua.contexts.privacy.rules import impacts as rules
from motcua.contexts.privacy.rules.activities import activities
from motcua.contexts.privacy.rules.impacts import terms
from motcua.contexts.privacy.rules.words import BASES, LEVELS
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction
from motcua.kernel.privacy import CLASS_NAMES, DataClass
from motcua.kernel.text import nfc

TITLE = "Hồ sơ đánh giá tác động xử lý dữ liệu cá nhân"
LONGEST = 4000


@owns_transaction
def sign(command: SignImpact, *, actor: Actor, now: datetime) -> None:
    """Sign a new version about one activity; its content is read from the code, not typed.

    Raises: ImpactNotFound, ImpactMoved, ImpactMalformed, StoreUnavailable.
    Legal: Law 91/2025/QH15; Decree 356/2025/NĐ-CP.
    """
    activity = queries.activity(command.activity)
    told = rules.draft(activity)
    if rules.print_of(told) != command.seen_print:
        raise ImpactMoved
    _check(command, activity)
    version = queries.latest_version(activity.key) + 1
    row = ImpactAssessment(
        code=f"DG-{activity.key}-{version}",
        activity=activity.key,
        version=version,
        content=asdict(told),
        content_print=command.seen_print,
        risks=[asdict(one) for one in command.risks],
        conclusion=nfc(command.conclusion)[:LONGEST],
        signed_at=now,
        signed_by=actor.account_id,
    )
    row.paper_id = _paper(row, activity, told, command.risks, actor, now)
    db.insert(row)
    facts: dict[str, object] = {"version": version, "print": command.seen_print}
    db.record(action="privacy.sign_impact", subject=row.code, actor=actor, facts=facts)


def _check(command: SignImpact, activity: Activity) -> None:
    """Every risk is weighed and met. Raises: ImpactMalformed."""
    if {one.key for one in command.risks} != {one.key for one in rules.risks_of(activity)}:
        raise ImpactMalformed(field="risks")
    unmet = next((one for one in command.risks if not nfc(one.measures)), None)
    if unmet is not None:
        raise ImpactMalformed(field=f"measures-{unmet.key}")
    if not nfc(command.conclusion):
        raise ImpactMalformed(field="conclusion")


@owns_transaction
def mark_sent(activity_key: str, *, proof: str, actor: Actor, now: datetime) -> None:
    """The authority has the newest version: what was owed for this activity is done.

    Raises: ImpactNotFound, NothingToSend, ProofMissing.
    """
    activity = queries.activity(activity_key)
    row = queries.newest(activity.key)
    if row is None or row.sent_at is not None:
        raise NothingToSend
    if not nfc(proof):
        raise ProofMissing(field="proof")
    row.sent_at, row.sent_proof = now, nfc(proof)[:200]
    db.change(row, "sent_at", "sent_proof", expecting={"sent_at": None})
    current = row.content_print == rules.print_of(rules.draft(activity))
    for duty in queries.open_duties(activity.key):
        if duty.cause != DutyCause.CHANGED or current:
            duty.closed_at = now
            db.change(duty, "closed_at", expecting={"closed_at": None})
    db.record(action="privacy.send_impact", subject=row.code, actor=actor)


@owns_transaction
def check(*, now: datetime) -> None:
    """Open what is owed and not yet open: a first assessment, a changed activity, a renewal."""
    opened = [
        ImpactDuty(activity=one.key, cause=cause, opened_at=now, due_on=due_on)
        for one in activities()
        for cause, due_on in owed(one, city_date(now))
    ]
    db.insert(*opened)
    facts: dict[str, object] = {"opened": len(opened)}
    db.record(action="privacy.check_impacts", subject="impacts", actor=SYSTEM, facts=facts)
    if opened:
        tell_guards("impact_due", papers.office(now), now)


def owed(activity: Activity, on: date) -> list[tuple[DutyCause, date]]:
    """What nobody has opened yet for this activity."""
    already = {DutyCause(one.cause) for one in queries.open_duties(activity.key)}
    newest, sent = queries.newest(activity.key), queries.newest_sent(activity.key)
    found: list[tuple[DutyCause, date]] = []
    if sent is None:
        found.append((DutyCause.NEW, rules.first_due(activity)))
    elif sent.sent_at is not None:
        due_on = rules.renewal_due(city_date(sent.sent_at))
        if (due_on - on).days <= terms().open_days_before:
            found.append((DutyCause.RENEWAL, due_on))
    if newest and newest.content_print != rules.print_of(rules.draft(activity)):
        found.append((DutyCause.CHANGED, rules.change_due(on)))
    return [(cause, due_on) for cause, due_on in found if cause not in already]


def _paper(
    row: ImpactAssessment,
    activity: Activity,
    told: Draft,
    risks: tuple[Weighed, ...],
    actor: Actor,
    now: datetime,
) -> UUID:
    body = {
        "name": activity.name,
        "version": str(row.version),
        "facts": [list(pair) for pair in content_lines(told, papers.office(now).name)],
        "tables": [[label, fields] for label, fields in table_lines(told)],
        "risks": _risk_lines(activity, risks),
        "conclusion": row.conclusion,
        "law": terms().law,
    }
    paper = Paper(kind=IssuedKind.IMPACT, form="impact", title=TITLE, code=row.code, body=body)
    return papers.issue(paper, by=actor, now=now)


def content_lines(told: Draft, controller: str) -> tuple[tuple[str, str], ...]:
    """The processing in words, on paper and page alike."""
    return (
        ("Bên kiểm soát và xử lý", controller),
        ("Mục đích", told.purpose),
        ("Cơ sở pháp lý", f"{BASES[told.basis]}: {told.law}"),
        ("Chủ thể dữ liệu", told.subjects),
        ("Nơi nhận", told.recipients),
        ("Thời hạn giữ", "; ".join(told.kept)),
        ("Biện pháp bảo vệ", ", ".join(told.security)),
        ("Chuyển ra nước ngoài", "Có, đánh giá riêng" if told.abroad else "Không"),
    )


def table_lines(told: Draft) -> tuple[tuple[str, str], ...]:
    """Each class with its fields, as the code names them."""
    by_class: dict[str, list[str]] = {}
    for table in told.tables:
        for name, kind in table.fields:
            by_class.setdefault(kind, []).append(f"{table.label.partition('.')[2]}.{name}")
    return tuple(
        (CLASS_NAMES[DataClass(kind)], ", ".join(found)) for kind, found in by_class.items()
    )


def _risk_lines(activity: Activity, risks: tuple[Weighed, ...]) -> list[list[str]]:
    known = {one.key: one for one in rules.risks_of(activity)}
    return [
        [
            f"{known[one.key].name}. {known[one.key].harm}",
            LEVELS[one.likelihood],
            LEVELS[one.severity],
            nfc(one.measures),
        ]
        for one in risks
    ]
