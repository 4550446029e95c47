"""Periodic work of casework: silence, its reminder, reorganised units, looks, partitions."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from motcua.contexts.casework import public
from motcua.contexts.organisations import public as organisations
from motcua.kernel import partitions
from motcua.kernel.errors import Conflict
from motcua.kernel.jobs import every

log = logging.getLogger("motcua.casework")


@every("* * * * *", name="casework.silence")
def apply_silence(now: datetime) -> None:
    """Every opinion past its time falls silent; one that was answered meanwhile is left."""
    for opinion_id in public.opinions_past_due(now):
        _fall_silent(opinion_id, now)


def _fall_silent(opinion_id: UUID, now: datetime) -> None:
    try:
        public.fall_silent(opinion_id=opinion_id, now=now)
    except Conflict as answered:
        log.info("opinion %s: %s", opinion_id, answered.code)


@every("*/5 * * * *", name="casework.remind_of_opinions")
def remind_of_opinions(now: datetime) -> None:
    """Once before its time is over; an opinion that was given meanwhile is left."""
    for opinion_id in public.opinions_due_soon(now):
        _remind(opinion_id, now)


def _remind(opinion_id: UUID, now: datetime) -> None:
    try:
        public.remind_opinion(opinion_id=opinion_id, now=now)
    except Conflict as answered:
        log.info("opinion %s: %s", opinion_id, answered.code)


@every("* * * * *", name="casework.follow_acts")
def follow_acts(now: datetime) -> None:
    """Open work of units that were reorganised, until a whole round finds nothing left."""
    acts = organisations.acts_with_work_to_pass(now.date())
    if not acts:
        return
    moved = 0
    for follow in (public.follow_acts, public.follow_competence):
        part = follow(now=now)
        while part.last:
            moved += part.cases
            part = follow(after=part.last, now=now)
    if moved == 0:
        organisations.work_has_passed(acts, now=now)


@every("40 1 * * *", name="casework.forget_looks")
def forget_looks(now: datetime) -> None:
    public.forget_looks(now=now)


@every("25 1 * * *", name="casework.make_partitions")
def make_partitions(now: datetime) -> None:
    partitions.ensure("casework_caseevent", now.date(), (now + timedelta(days=95)).date())
