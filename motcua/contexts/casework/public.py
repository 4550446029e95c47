"""Cửa của casework: functions that answer neighbours, with contracts only."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.contexts.casework import ports, queries
from motcua.contexts.casework.actions import (
    asking_anew,
    conversation,
    following,
    forgetting,
    holding,
    looking,
    noting,
    opening,
    opinions,
    party,
    processes,
    rebuilding,
    repinning,
    steps,
    viewing,
    yielding,
)
from motcua.contexts.casework.actions.lacking import (
    LackingPlace,
    check_holders,
    lacking_places,
    open_tasks_at,
)
from motcua.contexts.casework.contracts import (
    CaseView,
    ClockDay,
    ClockSpec,
    Derivation,
    EventView,
    OpinionView,
    PauseSpan,
    ProcessTable,
    TaskView,
)
from motcua.contexts.casework.queries import inbox as inboxes
from motcua.contexts.casework.rules import clock, trying, wording
from motcua.contexts.casework.rules.bpmn import to_bpmn
from motcua.contexts.casework.rules.bpmn_reading import BpmnRead, read_bpmn
from motcua.contexts.casework.rules.drawing import Drawing, drawn
from motcua.contexts.casework.rules.process import parse_table, straight_hours, straight_path
from motcua.contexts.casework.rules.wording import (
    day_words,
    left_in_words,
    moment_words,
    spec_words,
)
from motcua.contexts.organisations import public as organisations
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.db import owns_transaction

__all__ = [
    "HEADS",
    "BpmnRead",
    "Drawing",
    "InboxQuery",
    "KindOfTask",
    "LackingPlace",
    "Moved",
    "TableRun",
    "Tried",
    "Trying",
    "act",
    "answer_late",
    "answer_longer",
    "answer_opinion",
    "ask_longer",
    "ask_withdrawal",
    "assign_task",
    "bpmn_of",
    "bpmn_of_table",
    "case",
    "case_batches",
    "case_by_id",
    "case_count",
    "cases",
    "check_holders",
    "choose_keys",
    "claim_task",
    "clock_of",
    "counts_by_due",
    "day_words",
    "deviating_codes",
    "drawn",
    "drop_view",
    "events_of",
    "extend",
    "file_was_sent",
    "first_due",
    "follow_acts",
    "follow_competence",
    "forget_looks",
    "forget_words",
    "inbox",
    "inbox_count",
    "keys_off",
    "kinds_in",
    "lacking_places",
    "left_in_words",
    "messages_of",
    "moment_words",
    "note_event",
    "note_look",
    "open_case",
    "open_tasks_at",
    "opinion_asked_of",
    "opinions_due_soon",
    "opinions_of",
    "opinions_past_due",
    "parse_table",
    "pauses_of",
    "place_in",
    "post_for",
    "process_at",
    "process_table",
    "promise",
    "publish_process",
    "read_bpmn",
    "rebuild_cases",
    "register_key",
    "register_router",
    "remind_opinion",
    "repin",
    "resume",
    "return_task",
    "run_all",
    "save_view",
    "saved_views",
    "seen_versions",
    "send_message",
    "share_view",
    "snooze_task",
    "snoozed_until",
    "spec_words",
    "standing_cases",
    "step_names",
    "stop_withdrawn",
    "straight_hours",
    "straight_path",
    "take_up",
    "tasks_of",
    "tried",
    "unanswered",
    "wake_task",
    "watchers_of",
    "withdraw_opinion",
]

register_router = ports.register_router
register_key = ports.register_key

# Writes that join the caller's transaction.
open_case = opening.open_case
take_up = steps.take_up
act = steps.act
answer_opinion = opinions.answer
answer_late = asking_anew.answer_late
withdraw_opinion = asking_anew.withdraw
ask_longer = asking_anew.ask_longer
answer_longer = asking_anew.answer_longer
resume = party.resume
ask_withdrawal = party.ask_withdrawal
forget_words = forgetting.forget_words
stop_withdrawn = party.stop_withdrawn
extend = party.extend
send_message = conversation.send_message
note_event = noting.note_event
standing_cases = repinning.standing_cases
place_in = repinning.place_in
repin = repinning.repin

# Writes with a transaction of their own.
remind_opinion = asking_anew.remind
claim_task = holding.claim_task
assign_task = holding.assign_task
return_task = holding.return_task
HEADS = holding.HEADS
snooze_task = holding.snooze_task
wake_task = holding.wake_task
save_view = viewing.save_view
share_view = viewing.share_view
drop_view = viewing.drop_view
choose_keys = viewing.choose_keys
rebuild_cases = rebuilding.rebuild_cases
follow_acts = following.follow_acts
follow_competence = yielding.follow_competence

# A note that nobody answers for.
note_look = looking.note_look
forget_looks = looking.forget_looks


@owns_transaction
def fall_silent(*, opinion_id: UUID, now: datetime) -> None:
    """The rule of silence for one opinion past its time. Raises: AlreadyAnswered."""
    db.record(action="casework.silence", subject=str(opinion_id), actor=SYSTEM)
    opinions.fall_silent(opinion_id=opinion_id, now=now)


def publish_process(table: Mapping[str, Any], *, actor: Actor, now: datetime) -> UUID:
    """Publish a table of steps within the caller's action. Raises: ProcessMalformed."""
    return processes.publish_process(table, actor=actor, now=now)


# Trials: nothing is written.
Trying = trying.Trying
Tried = trying.Tried
TableRun = trying.TableRun
tried = trying.tried
run_all = trying.run_all

# Reads.


def case(code: str) -> CaseView:
    """Raises: CaseNotFound."""
    return queries.case_view(queries.case_row(code))


def case_by_id(case_id: UUID) -> CaseView:
    """Raises: CaseNotFound."""
    return queries.case_view(queries.case_row_by_id(case_id))


def cases(codes: Collection[str]) -> dict[str, CaseView]:
    return queries.cases_by_code(tuple(codes))


def process_table(process_id: UUID) -> ProcessTable:
    return queries.process_table(process_id)


def clock_of(code: str, *, as_of: datetime) -> tuple[Derivation, tuple[ClockDay, ...]]:
    """The due date explained, and the strip of days. Raises: CaseNotFound."""
    return queries.clock_of(queries.case_row(code), as_of=as_of)


def due_if_resumed(code: str, *, at: datetime) -> datetime | None:
    """The due date if the party answers then; None while nothing stands still.

    Raises: CaseNotFound.
    """
    return queries.due_if_resumed(queries.case_row(code), at=at)


def events_of(case: CaseView, *, party_only: bool = False) -> tuple[EventView, ...]:
    return queries.events_of(case, party_only=party_only)


def tasks_of(case: CaseView) -> tuple[TaskView, ...]:
    return queries.tasks_of(case)


def opinions_of(case_id: UUID) -> tuple[OpinionView, ...]:
    return queries.opinions_of(case_id)


def pauses_of(case_id: UUID) -> tuple[PauseSpan, ...]:
    return queries.pauses_of(case_id)


messages_of = queries.messages_of
unanswered = queries.unanswered
Moved = steps.Moved
InboxQuery = inboxes.InboxQuery
KindOfTask = inboxes.KindOfTask
inbox = inboxes.inbox
inbox_count = inboxes.inbox_count
counts_by_due = inboxes.counts_by_due
seen_versions = inboxes.seen_versions
snoozed_until = inboxes.snoozed_until
watchers_of = inboxes.watchers_of
saved_views = inboxes.saved_views
keys_off = inboxes.keys_off
kinds_in = inboxes.kinds_in
step_names = queries.step_names
process_at = queries.process_at
file_was_sent = queries.file_was_sent
opinion_asked_of = queries.opinion_asked_of
post_for = queries.post_for
case_count = queries.case_count
case_batches = queries.case_batches
deviating_codes = queries.deviating_codes


def opinions_past_due(now: datetime, *, limit: int = 500) -> tuple[UUID, ...]:
    """Opinions whose time to answer is over and that nobody gave."""
    return queries.opinions_past_due(now, limit=limit)


def opinions_due_soon(now: datetime, *, limit: int = 500) -> tuple[UUID, ...]:
    """Opinions to remind of: their time is nearly over."""
    return queries.opinions_due_soon(now, limit=limit)


def first_due(spec: ClockSpec, calendar: WorkingCalendar, accepted_at: datetime) -> datetime | None:
    """The due date of a case that nothing disturbs; None when the law gives words."""
    return clock.first_due(spec, accepted_at, calendar)


def promise(spec: ClockSpec, *, desk_id: UUID, authority_id: UUID, sent_at: datetime) -> str:
    """What a person who sends now may expect, in two sentences."""
    receive_by = clock.receive_due(sent_at, organisations.calendar_of(desk_id))
    expected = clock.first_due(spec, receive_by, organisations.calendar_of(authority_id))
    return wording.promise_words(spec, receive_by, expected)


def bpmn_of(process_id: UUID) -> str:
    """The pinned table as BPMN 2.0 XML, for viewers and other engines."""
    return to_bpmn(queries.process_table(process_id))


def bpmn_of_table(table: ProcessTable) -> str:
    """The same of a table that nobody has published yet."""
    return to_bpmn(table)
