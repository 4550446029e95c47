"""Hỏi và trả lời về một lượt xem; cảnh báo đọc lạ."""

from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.notifications import public as notifications
from motcua.contexts.organisations import public as organisations
from motcua.contexts.privacy.actions.papers import office
from motcua.contexts.privacy.actions.requests import LONGEST, tell_guards
from motcua.contexts.privacy.contracts import (
    AlertKind,
    AlertOutcome,
    AlertSettled,
    AnswerMissing,
    LookAnswered,
    LookAsked,
    LookNotFound,
    OutcomeMissing,
    QuestionMissing,
)
from motcua.contexts.privacy.models import LookQuestion, ReadAlert, WatchSetting
from motcua.contexts.privacy.policies import LookQuestionPolicy, ReadAlertPolicy
from motcua.contexts.privacy.queries import looks
from motcua.contexts.privacy.rules.watching import Watch, alert_for, check
from motcua.kernel import db, read_log
from motcua.kernel.access import WrongRole, visible
from motcua.kernel.actors import SYSTEM, Actor, Role
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction
from motcua.kernel.text import nfc


@owns_transaction
def ask_about(line_id: UUID, text: str, *, actor: Actor, now: datetime) -> None:
    """Ask why somebody read one's data. Raises: LookNotFound, QuestionMissing, LookAsked."""
    person_id = actor.person_id
    if person_id is None:
        raise LookNotFound
    look = looks.look_of(actor, line_id)
    question = nfc(text).strip()[:LONGEST]
    if not question:
        raise QuestionMissing(field="text")
    if LookQuestion.objects.filter(line=line_id).exists():
        raise LookAsked
    db.insert(
        LookQuestion(
            person_id=person_id, line=line_id, read_at=look.at, question=question,
            asked_at=now,
        )
    )  # fmt: skip
    db.record(action="privacy.ask_about_look", subject=f"look {line_id}", actor=actor)
    tell_guards("look_asked", office(now), now)


@owns_transaction
def answer(question_id: UUID, text: str, *, actor: Actor, now: datetime) -> None:
    """The guard of data answers. Raises: LookNotFound, AnswerMissing, LookAnswered."""
    rows = visible(LookQuestion.objects.all(), actor, LookQuestionPolicy, now=now)
    row = rows.select_for_update().filter(id=question_id).first()
    if row is None or not actor.has(Role.DATA_PROTECTION):
        raise LookNotFound
    if row.answered_at is not None:
        raise LookAnswered
    said = nfc(text).strip()[:LONGEST]
    if not said:
        raise AnswerMissing(field="text")
    row.answer, row.answered_at, row.answered_by = said, now, actor.account_id
    db.change(row, "answer", "answered_at", "answered_by", expecting={"answered_at": None})
    db.record(action="privacy.answer_look", subject=f"look {row.line}", actor=actor)
    notifications.notify(
        template="look_answered", subject="", params={}, now=now, person_id=row.person_id
    )


def watch(now: datetime) -> int:
    """Look through the last two hours of the read log. Returns how many alerts were raised."""
    since = (now - timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    calendar = organisations.calendar_of(office(now).id, city_date(now))
    raised, setting = 0, looks.watch_of_now()
    for hour in read_log.hours_of_reading(since, now, people=min(setting.many, setting.odd_many)):
        day_off = not calendar.is_working_day(city_date(hour.hour))
        kind = alert_for(hour.people, hour.hour, day_off=day_off, watch=setting)
        if kind is not None and _is_news(hour, kind):
            raise_alert(hour, kind, now=now)
            raised += 1
    return raised


def _is_news(hour: read_log.HourOfReading, kind: AlertKind) -> bool:
    same = ReadAlert.objects.filter(account_id=hour.account_id, kind=kind, hour=hour.hour)
    return not same.filter(people__gte=hour.people).exists()


@owns_transaction
def raise_alert(hour: read_log.HourOfReading, kind: AlertKind, *, now: datetime) -> None:
    """One alert for an hour of one officer; more people in the same hour are added to it."""
    db.record(
        action="privacy.read_alert",
        subject=f"account {hour.account_id}",
        actor=SYSTEM,
        facts={"kind": kind.value, "people": hour.people},
    )
    known = ReadAlert.objects.filter(account_id=hour.account_id, kind=kind, hour=hour.hour).first()
    if known is not None:
        known.people, known.lines = hour.people, hour.lines
        db.change(known, "people", "lines")
        return
    db.insert(
        ReadAlert(
            account_id=hour.account_id,
            kind=kind,
            hour=hour.hour,
            people=hour.people,
            lines=hour.lines,
            raised_at=now,
        )
    )
    tell_guards("read_alert", office(now), now)


@owns_transaction
def settle(alert_id: UUID, outcome: str, note: str, *, actor: Actor, now: datetime) -> None:
    """The guard has looked into it, and found a reason or handed it on.

    Raises: LookNotFound, OutcomeMissing, AnswerMissing, AlertSettled.
    """
    rows = visible(ReadAlert.objects.all(), actor, ReadAlertPolicy, now=now)
    row = rows.select_for_update().filter(id=alert_id).first()
    if row is None:
        raise LookNotFound
    if row.seen_at is not None:
        raise AlertSettled
    if outcome not in set(AlertOutcome):
        raise OutcomeMissing(field="outcome")
    said = nfc(note).strip()[:LONGEST]
    if not said:
        raise AnswerMissing(field="text")
    row.note, row.seen_at, row.seen_by = said, now, actor.account_id
    row.outcome = outcome
    db.change(row, "note", "outcome", "seen_at", "seen_by", expecting={"seen_at": None})
    db.record(
        action="privacy.settle_alert",
        subject=f"alert {alert_id}",
        actor=actor,
        facts={"outcome": outcome},
    )


@owns_transaction
def set_watch(watch: Watch, *, actor: Actor, now: datetime) -> None:
    """From when reading calls for a question, from now on. Raises: WatchMalformed, WrongRole."""
    if actor.account_id is None or not actor.has(Role.DATA_PROTECTION):
        raise WrongRole
    check(watch)
    chosen = {
        "many": watch.many,
        "odd_from": watch.odd_from,
        "odd_to": watch.odd_to,
        "odd_many": watch.odd_many,
    }
    db.insert(WatchSetting(**chosen, set_at=now, set_by=actor.account_id))
    db.record(action="privacy.set_watch", subject="watch", actor=actor, facts=dict(chosen))
