"""Giấy đã số hóa: who sees readings, evidence and fresh scans, and what is told of them."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.contexts.documents import queries
from motcua.contexts.documents.contracts.digitised import (
    ArrivalView,
    EvidenceNotFound,
    EvidenceView,
    ReadDecision,
    ReadingNotFound,
    ReadingState,
    ReadingView,
    ReadValueView,
    Region,
)
from motcua.contexts.documents.models import (
    DigitisedPaper,
    PaperReading,
    ReadValue,
    ScannedArrival,
    StoredFile,
)
from motcua.contexts.documents.ports import evidence_rules
from motcua.contexts.documents.rules.paper_kinds import PaperKind, paper_kinds
from motcua.kernel.access import Asked, Ground, Policy, visible, where
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date, city_time

AT_DESKS = (Role.RECEIVER, Role.CASE_OFFICER, Role.CLERK)
ARRIVALS_LIVE = timedelta(days=7)
AT_MOST = 40


class ReadingPolicy(Policy):
    """Whoever may see the paper."""

    resource = "documents.reading"
    model = "documents.PaperReading"
    what = "lần đọc giấy"
    whom = "đơn vị đang giải quyết hồ sơ có giấy này"
    named_by: ClassVar = {"reading_id": "pk"}

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return (Ground("Bạn được xem giấy này.", _of_seen_files(actor, now), Asked.UNIT),)


class EvidencePolicy(Policy):
    """Its owner; whoever may see the paper; whom a context above lets use it for the owner."""

    resource = "documents.evidence"
    model = "documents.DigitisedPaper"
    what = "giấy đã số hóa"
    whom = "đơn vị đang giải quyết hồ sơ có giấy này"
    named_by: ClassVar = {"evidence_id": "pk"}

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return (
            Ground("Giấy này là của bạn.", queries.own_papers(actor)),
            Ground("Bạn được xem giấy này.", _of_seen_files(actor, now), Asked.UNIT),
            *(
                Ground(rule.sentence, rule.predicate(actor, now=now), Asked.UNIT)
                for rule in (evidence_rules() if actor.is_signed_in else ())
            ),
        )


class ArrivalPolicy(Policy):
    """The desks of the unit whose scanner it was."""

    resource = "documents.arrival"
    model = "documents.ScannedArrival"
    what = "bản vừa quét"
    whom = "quầy có máy quét đã quét bản này"
    named_by: ClassVar = {"arrival_id": "pk"}
    lists = ("/ban/may-quet",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        units = list(actor.unit_ids(*AT_DESKS))
        ours = where(units, Q(unit_id__in=units))
        return (Ground("Máy quét ở quầy của bạn đã quét bản này.", ours, Asked.UNIT),)


class FreshScans:
    """A rule over files: what a unit's scanner laid down, until somebody takes it."""

    sentence = "Máy quét ở quầy của bạn vừa quét tệp này."

    def predicate(self, actor: Actor, *, now: datetime) -> Q:
        fresh = ScannedArrival.objects.filter(file=OuterRef("pk"), taken_at=None)
        return Q(Exists(visible(fresh, actor, ArrivalPolicy, now=now)))


class KeptAsEvidence:
    """A use of files: what was confirmed names the paper it stands on."""

    def predicate(self, account_id: UUID | None = None) -> Q:
        return Q(Exists(DigitisedPaper.objects.filter(file=OuterRef("pk"))))


def _of_seen_files(actor: Actor, now: datetime) -> Q:
    if not actor.is_signed_in:
        return where(False, Q())
    kept = StoredFile.objects.filter(disposed_at__isnull=True)
    return Q(file__in=visible(kept, actor, queries.FilePolicy, now=now).order_by().values("pk"))


def reading_row(reading_id: UUID, actor: Actor, *, now: datetime) -> PaperReading:
    """Raises: ReadingNotFound."""
    rows = visible(PaperReading.objects.all(), actor, ReadingPolicy, now=now)
    row = rows.filter(pk=reading_id).select_related("file").first()
    if row is None:
        raise ReadingNotFound
    return row


def reading(reading_id: UUID, actor: Actor, *, now: datetime) -> ReadingView:
    """Raises: ReadingNotFound."""
    return reading_view(reading_row(reading_id, actor, now=now))


def readings_of(file_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """File -> its reading, for files whose policy the caller has checked."""
    rows = PaperReading.objects.filter(file__in=file_ids).order_by("asked_at")
    return dict(rows.values_list("file_id", "pk"))


def reading_view(row: PaperReading) -> ReadingView:
    file, kind = queries.view_of(row.file), paper_kinds()[row.kind]
    values = ReadValue.objects.filter(reading=row).order_by("place")
    return ReadingView(
        id=row.pk,
        file=file,
        kind=row.kind,
        kind_name=kind.name,
        subject=row.subject,
        state=ReadingState(row.state),
        trouble=row.trouble,
        reader=row.reader,
        shapes=tuple(row.shapes),
        asked_by=row.asked_by,
        asked_at=city_time(row.asked_at),
        values=tuple(_value(one, kind) for one in values),
    )


def _value(row: ReadValue, kind: PaperKind) -> ReadValueView:
    told = kind.field(row.key)
    return ReadValueView(
        id=row.pk,
        key=row.key,
        label=told.label if told else row.key,
        kind=told.kind if told else "",
        proposed=row.proposed,
        sure=row.sure,
        doubtful=row.doubtful,
        region=_region(row),
        decision=ReadDecision(row.decision),
        value=row.value,
        answers=told.answers if told else (),
    )


def _region(row: ReadValue) -> Region | None:
    if row.page is None:
        return None
    return Region(
        page=row.page, left=row.left, top=row.top, width=row.width, height=row.height
    )  # fmt: skip


def evidence_for(
    person_id: UUID, kinds: Collection[str], actor: Actor, *, now: datetime
) -> tuple[EvidenceView, ...]:
    """What was confirmed of a person and still answers for papers of these kinds, newest first."""
    rows = visible(_good(now), actor, EvidencePolicy, now=now)
    rows = rows.filter(owner_person_id=person_id, kind__in=kinds).order_by("-confirmed_at")
    return tuple(_evidence(row) for row in rows[:AT_MOST])


def evidence(evidence_id: UUID, actor: Actor, *, now: datetime) -> EvidenceView:
    """One that still answers for its paper. Raises: EvidenceNotFound."""
    row = visible(_good(now), actor, EvidencePolicy, now=now).filter(pk=evidence_id).first()
    if row is None:
        raise EvidenceNotFound
    return _evidence(row)


def _good(now: datetime) -> "QuerySet[DigitisedPaper]":
    return DigitisedPaper.objects.filter(withdrawn_at=None, last_day__gte=city_date(now))


def evidence_files(
    file_ids: Collection[UUID], person_id: UUID, *, now: datetime
) -> frozenset[UUID]:
    """Those of the files that good evidence of this person stands on."""
    rows = _good(now).filter(file__in=file_ids, owner_person_id=person_id)
    return frozenset(rows.values_list("file_id", flat=True))


def evidence_over(file_ids: Collection[UUID], *, now: datetime) -> tuple[EvidenceView, ...]:
    """Those of the files that were evidence once and answer for nothing any more."""
    over = Q(withdrawn_at__isnull=False) | Q(last_day__lt=city_date(now))
    rows = DigitisedPaper.objects.filter(over, file__in=file_ids).order_by("pk")
    return tuple(_evidence(row) for row in rows)


def is_evidence(rows: Q, *, now: datetime) -> Q:
    """Predicate over files: good evidence, of such rows, stands on them."""
    return Q(Exists(_good(now).filter(rows, file=OuterRef("pk"))))


def evidence_of_files(file_ids: Iterable[UUID]) -> dict[UUID, EvidenceView]:
    """By file, for files whose policy the caller has checked."""
    rows = DigitisedPaper.objects.filter(file__in=set(file_ids)).order_by("confirmed_at")
    return {row.file_id: _evidence(row) for row in rows}


def _evidence(row: DigitisedPaper) -> EvidenceView:
    kind = paper_kinds()[row.kind]
    values = {key: str(told["value"]) for key, told in row.values.items()}
    answers = {
        question: values[one.key]
        for one in kind.fields
        if one.key in values
        for question in one.answers
    }
    return EvidenceView(
        id=row.pk,
        owner_person_id=row.owner_person_id,
        kind=row.kind,
        kind_name=kind.name,
        file_id=row.file_id,
        subject=row.subject,
        values=values,
        answers=answers,
        unit_id=row.unit_id,
        scanned_by=row.scanned_by,
        confirmed_by=row.confirmed_by,
        confirmed_at=city_time(row.confirmed_at),
        last_day=row.last_day,
        withdrawn_at=city_time(row.withdrawn_at) if row.withdrawn_at else None,
    )


def arrivals(actor: Actor, *, now: datetime) -> tuple[ArrivalView, ...]:
    """What the scanners of one's desks laid down and nobody took, newest first."""
    fresh = ScannedArrival.objects.filter(taken_at=None, arrived_at__gt=now - ARRIVALS_LIVE)
    rows = visible(fresh, actor, ArrivalPolicy, now=now).select_related("file")
    return tuple(_arrival(row) for row in rows.order_by("-arrived_at", "-pk")[:AT_MOST])


def _arrival(row: ScannedArrival) -> ArrivalView:
    return ArrivalView(
        id=row.pk,
        unit_id=row.unit_id,
        name=row.name,
        arrived_at=city_time(row.arrived_at),
        file=queries.view_of(row.file) if row.file else None,
        refusal=row.refusal,
    )
