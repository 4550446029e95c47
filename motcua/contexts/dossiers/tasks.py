"""Periodic work of dossiers: figures, wrong look-ups that no longer count, who is missed."""

from datetime import datetime

from motcua.contexts.dossiers.actions.board import refresh_board
from motcua.contexts.dossiers.actions.bulk import forget_bulk
from motcua.contexts.dossiers.actions.carrying_migrations import carry_on
from motcua.contexts.dossiers.actions.emergency import ask_for_reports
from motcua.contexts.dossiers.actions.joint import forget_joint
from motcua.contexts.dossiers.actions.rates import refresh_rates
from motcua.contexts.dossiers.actions.reviews import remind_reviewers
from motcua.contexts.dossiers.actions.sandbox import forget_tried, play_desks
from motcua.contexts.dossiers.actions.telling_officers import places_lacking
from motcua.contexts.dossiers.models import FailedLookUp
from motcua.contexts.dossiers.queries.migrating import working_on
from motcua.contexts.dossiers.queries.tracking import WINDOW
from motcua.kernel.jobs import every


@every("* * * * *", name="dossiers.board")
def count_again(now: datetime) -> None:
    """How it stands now, this month and the last."""
    refresh_board(now=now)


@every("*/10 * * * *", name="dossiers.rates")
def count_rates(now: datetime) -> None:
    """How many went through without being sent back, this month and the last."""
    refresh_rates(now=now)


@every("10 2 * * *", name="dossiers.board_of_all_months")
def count_every_month(now: datetime) -> None:
    """Months gone by still change: a result is rated late, a register is corrected."""
    refresh_board(now=now, all_months=True)
    refresh_rates(now=now, all_months=True)


@every("25 1 * * *", name="dossiers.forget_look_ups")
def forget_look_ups(now: datetime) -> None:
    FailedLookUp.objects.filter(at__lt=now - WINDOW).delete()


@every("30 5 * * *", name="dossiers.places_lacking")
def check_places(now: datetime) -> None:
    """Before the day begins: no open task waits for somebody who is not there."""
    places_lacking(now=now)


@every("40 6 * * *", name="dossiers.emergency_reports")
def check_emergencies(now: datetime) -> None:
    """Before the day begins: nobody reads in an emergency without telling afterwards."""
    ask_for_reports(now=now)


@every("50 6 * * 1-5", name="dossiers.remind_reviewers")
def remind_of_reviews(now: datetime) -> None:
    """Before the day begins: the unhappy do not wait because somebody forgot."""
    remind_reviewers(now=now)


@every("15 2 * * *", name="dossiers.forget_bulk")
def forget_tables(now: datetime) -> None:
    """Drafts stay; the tables they came from go after a week, what was tried after two, runs of
    the desk after a month."""
    forget_bulk(now=now)
    forget_joint(now=now)
    forget_tried(now=now)


@every("* * * * *", name="dossiers.sandbox")
def play(now: datetime) -> None:
    """The desk of the sandbox takes a step."""
    play_desks(now=now)


@every("* * * * *", name="dossiers.migrate")
def go_on_migrating(now: datetime) -> None:
    """What a killed worker left in the middle of moving dossiers to another version."""
    for migration_id in working_on():
        carry_on(migration_id, now=now)
