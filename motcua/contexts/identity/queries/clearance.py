"""Reads of trainings and commitments: for the actor, for pages, for the nightly warning."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from motcua.contexts.identity.contracts.clearance import Clearance
from motcua.contexts.identity.models import ClearanceWarning, Commitment, Training
from motcua.contexts.identity.queries.policies import CommitmentPolicy, TrainingPolicy
from motcua.contexts.identity.rules.clearance import WARNED_BEFORE, clearance
from motcua.kernel.access import visible
from motcua.kernel.actors import Actor
from motcua.kernel.clearance import NEEDS_CLEARANCE
from motcua.kernel.clock import city_date
from motcua.kernel.period import Period, in_force
from motcua.kernel.privacy import DataClass

CLASSES = tuple(sorted(DataClass(one) for one in NEEDS_CLEARANCE))[::-1]
LATELY = timedelta(days=30)
MOST = 200
Standing = dict[UUID, tuple[Clearance, ...]]  # by officer, one for each class
COUNTS = Q(cancelled_at__isnull=True)


def cleared_for(officer_id: UUID, on: date) -> frozenset[str]:
    """The classes this officer may read on the day: one query, asked with the posts."""
    trained = Training.objects.filter(
        COUNTS,
        in_force(on),
        officer_id=OuterRef("officer_id"),
        data_class=OuterRef("data_class"),
    )
    signed = Commitment.objects.filter(in_force(on), Exists(trained), officer_id=officer_id)
    return frozenset(signed.values_list("data_class", flat=True))


def own_standing(actor: Actor, *, now: datetime) -> tuple[Clearance, ...]:
    """How the officer who asks stands with each class."""
    if actor.officer_id is None:
        return ()
    return standing_of([actor.officer_id], actor, now=now)[actor.officer_id]


def standing_of(officer_ids: Collection[UUID], actor: Actor, *, now: datetime) -> Standing:
    """Of officers whom the actor may see; two queries for any number of them."""
    trainings = visible(Training.objects.filter(COUNTS), actor, TrainingPolicy, now=now)
    commitments = visible(Commitment.objects.all(), actor, CommitmentPolicy, now=now)
    return _standing(
        officer_ids,
        trainings.filter(officer_id__in=officer_ids).values_list(*KEYS),
        commitments.filter(officer_id__in=officer_ids).values_list(*KEYS),
        city_date(now),
    )


KEYS = ("officer_id", "data_class", "valid_from", "valid_to")
Rows = Iterable[tuple[UUID, str, date, date]]


def _standing(officer_ids: Collection[UUID], trained: Rows, signed: Rows, on: date) -> Standing:
    trainings, commitments = _periods(trained), _periods(signed)
    return {
        officer: tuple(
            clearance(one, trainings[officer, one], commitments[officer, one], on)
            for one in CLASSES
        )
        for officer in officer_ids
    }


def _periods(rows: Rows) -> defaultdict[tuple[UUID, str], list[Period]]:
    found: defaultdict[tuple[UUID, str], list[Period]] = defaultdict(list)
    for officer, data_class, start, end in rows:
        found[officer, data_class].append(Period(start, end))
    return found


def officers_lapsing(actor: Actor, *, now: datetime) -> tuple[UUID, ...]:
    """Whose training or commitment ends within a month or ended within the last, soonest first."""
    today = city_date(now)
    near = Q(valid_to__gt=today - LATELY, valid_to__lte=today + LATELY)
    trainings = visible(Training.objects.filter(COUNTS, near), actor, TrainingPolicy, now=now)
    commitments = visible(Commitment.objects.filter(near), actor, CommitmentPolicy, now=now)
    order = ("valid_to", "officer_id")
    rows = [
        *trainings.order_by(*order).values_list(*order)[:MOST],
        *commitments.order_by(*order).values_list(*order)[:MOST],
    ]
    return tuple(dict.fromkeys(officer for _day, officer in sorted(rows)))[:MOST]


def trainings_seen(officer_ids: Collection[UUID], actor: Actor, *, now: datetime) -> list[Training]:
    """In force or to come, newest first, for whoever may cancel one."""
    rows = visible(Training.objects.filter(COUNTS), actor, TrainingPolicy, now=now)
    return list(
        rows.filter(officer_id__in=officer_ids, valid_to__gt=city_date(now)).order_by("-id")[:MOST]
    )


def training_seen(training_id: UUID, actor: Actor, *, now: datetime) -> Training | None:
    rows = visible(Training.objects.filter(COUNTS), actor, TrainingPolicy, now=now)
    return rows.filter(id=training_id).first()


def officers_ever_trained() -> frozenset[UUID]:
    """For the seed: who need not be cleared again."""
    return frozenset(Training.objects.values_list("officer_id", flat=True))


def lapses_ahead(on: date) -> Iterator[tuple[UUID, Clearance, frozenset[int]]]:
    """For the nightly warning: officers whose clearance ends within a month, and what was told."""
    last = on + timedelta(days=max(WARNED_BEFORE))
    near = Q(valid_to__gt=on, valid_to__lte=last)
    officers = {
        *Training.objects.filter(COUNTS, near).values_list("officer_id", flat=True),
        *Commitment.objects.filter(near).values_list("officer_id", flat=True),
    }
    told: defaultdict[tuple[UUID, str, date], set[int]] = defaultdict(set)
    for officer, data_class, day, days in ClearanceWarning.objects.filter(
        officer_id__in=officers, lapses_on__gt=on
    ).values_list("officer_id", "data_class", "lapses_on", "days_before"):
        told[officer, data_class, day].add(days)
    rows = _standing(
        sorted(officers),
        Training.objects.filter(COUNTS, officer_id__in=officers).values_list(*KEYS),
        Commitment.objects.filter(officer_id__in=officers).values_list(*KEYS),
        on,
    )
    for officer, clearances in rows.items():
        for one in clearances:
            if one.until is not None:
                yield officer, one, frozenset(told[officer, one.data_class, one.until])
