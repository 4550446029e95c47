"""Ai thay: whether somebody who is there still acts everywhere when one officer is taken away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from motcua.contexts.organisations.rules.staffing import Absence, Holding, Place, Staffing
from motcua.kernel.period import Period


def with_absence(known: Staffing, officer_id: UUID, absence: Absence) -> Staffing:
    absences = {**known.absences, officer_id: (*known.absences.get(officer_id, ()), absence)}
    return replace(known, absences=absences, _able={}, _held={})


def with_suspension(known: Staffing, officer_id: UUID, on: date) -> Staffing:
    stopped = (*known.suspensions.get(officer_id, ()), Period(on, None))
    suspensions = {**known.suspensions, officer_id: stopped}
    return replace(known, suspensions=suspensions, _able={}, _held={})


def without_posts(known: Staffing, officer_id: UUID, on: date, post_id: UUID | None) -> Staffing:
    """The officer leaves the post, or every post, that day."""

    def leaves(one: Holding, post: UUID) -> bool:
        left = post_id in {None, post}
        return left and one.officer_id == officer_id and one.period.contains(on)

    holdings = {
        post: tuple(
            replace(one, period=Period(one.period.start, on)) if leaves(one, post) else one
            for one in held
            if not (leaves(one, post) and one.period.start == on)  # never a whole day in it
        )
        for post, held in known.holdings.items()
    }
    return replace(known, holdings=holdings, _able={}, _held={})


def left_alone(
    now: Staffing, then: Staffing, officer_id: UUID, first: date, last: date | None
) -> Iterator[tuple[date, Place]]:
    """Where somebody who is there acts now, and nobody would then; each day that changes it."""
    for day in _days(now, first, last):
        for post in now.posts_held(officer_id, day):
            before = now.place(post.unit_id, post.role, day)
            after = then.place(post.unit_id, post.role, day)
            if (before.there or before.heads) and not (after.there or after.heads):
                yield day, after


def _days(known: Staffing, first: date, last: date | None) -> list[date]:
    """The first, and each on which somebody else goes away meanwhile."""
    begun = {one.period.start for away in known.absences.values() for one in away}
    later = {day for day in begun if day and day > first and (last is None or day < last)}
    return [first, *sorted(later)]
