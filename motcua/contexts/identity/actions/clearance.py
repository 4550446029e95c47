"""Tập huấn, cam kết: recorded by heads, signed by officers, warned of before they lapse."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.contexts.identity.contracts.clearance import (
    AgreementMissing,
    CertificateMalformed,
    CommitmentChanged,
    CommitmentText,
    OwnTraining,
    TrainingInFuture,
    TrainingNotFound,
    TrainingOver,
)
from motcua.contexts.identity.events import ClearanceLapseWarned
from motcua.contexts.identity.models import ClearanceWarning, Commitment, Training
from motcua.contexts.identity.queries import clearance as queries
from motcua.contexts.identity.rules.clearance import (
    COMMITMENT_HOLDS,
    TRAINING_HOLDS,
    mark_reached,
    text_to_sign,
)
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import NotYourOfficer, OfficerNotFound
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import SYSTEM, Actor, ActorKind
from motcua.kernel.clock import city_date
from motcua.kernel.db import change, insert, owns_transaction, record, uuid7
from motcua.kernel.events import publish
from motcua.kernel.privacy import DataClass

# No free text: the ledger is for ever, so no name can be typed into it.
_CERTIFICATE = re.compile(r"[\w/.\-]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRecorded:
    training_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentSigned:
    commitment_id: UUID


@owns_transaction
def record_training(
    officer_id: UUID,
    data_class: str,
    *,
    certificate: str,
    completed_on: date,
    actor: Actor,
    now: datetime,
) -> TrainingRecorded:
    """Note that the officer completed the training for this class of data, with its paper.

    Raises: CommitmentUnknown, CertificateMalformed, TrainingInFuture, TrainingOver,
    OfficerNotFound, OwnTraining, NotYourOfficer.
    """
    wanted = text_to_sign(data_class).data_class
    today = city_date(now)
    if not _CERTIFICATE.fullmatch(certificate):
        raise CertificateMalformed(field="certificate")
    if completed_on > today:
        raise TrainingInFuture(field="completed_on")
    if completed_on + TRAINING_HOLDS <= today:
        raise TrainingOver(field="completed_on")
    if officer_id not in organisations.officers_by_id([officer_id]):
        raise OfficerNotFound(field="officer_id")
    _check_vouches(actor, officer_id, today)
    row = _training(officer_id, wanted, certificate, completed_on, actor=actor, now=now)
    insert(row)
    record(
        action="identity.record_training",
        subject=str(officer_id),
        actor=actor,
        facts={
            "data_class": wanted.value,
            "certificate": certificate,
            "from": str(row.valid_from),
            "to": str(row.valid_to),
        },
    )
    return TrainingRecorded(training_id=row.id)


def _training(
    officer_id: UUID,
    data_class: DataClass,
    certificate: str,
    completed_on: date,
    *,
    actor: Actor,
    now: datetime,
) -> Training:
    return Training(
        id=uuid7(),
        officer_id=officer_id,
        data_class=data_class,
        certificate=certificate,
        valid_from=completed_on,
        valid_to=completed_on + TRAINING_HOLDS,
        recorded_at=now,
        recorded_by=actor.account_id,
    )


def _check_vouches(actor: Actor, officer_id: UUID, on: date) -> None:
    if actor.officer_id == officer_id:
        raise OwnTraining(field="officer_id")
    if not organisations.arranges(actor, officer_id, on):
        raise NotYourOfficer("Chỉ người đứng đầu đơn vị hoặc quản trị viên ghi tập huấn.")


@owns_transaction
def cancel_training(training_id: UUID, *, actor: Actor, now: datetime) -> None:
    """It was recorded by mistake; access that rested on it ends at once.

    Raises: TrainingNotFound, OwnTraining, NotYourOfficer.
    """
    row = queries.training_seen(training_id, actor, now=now)
    if row is None:
        raise TrainingNotFound
    _check_vouches(actor, row.officer_id, city_date(now))
    row.cancelled_at = now
    change(row, "cancelled_at", expecting={"cancelled_at": None})
    record(
        action="identity.cancel_training",
        subject=str(row.officer_id),
        actor=actor,
        facts={"training": str(training_id)},
    )


@owns_transaction
def sign_commitment(
    data_class: str, *, version: str, agreed: bool, actor: Actor, now: datetime
) -> CommitmentSigned:
    """The officer signs the text that was shown; its version and hash are kept.

    Raises: WrongRole, CommitmentUnknown, CommitmentChanged, AgreementMissing.
    """
    if actor.officer_id is None:
        raise WrongRole
    text = text_to_sign(data_class)
    if version != text.version:
        raise CommitmentChanged
    if not agreed:
        raise AgreementMissing(field="agreed")
    row = _commitment(actor.officer_id, text, now)
    insert(row)
    record(
        action="identity.sign_commitment",
        subject=str(actor.officer_id),
        actor=actor,
        facts={
            "version": text.version,
            "text": text.digest.hex(),
            "from": str(row.valid_from),
            "to": str(row.valid_to),
        },
    )
    return CommitmentSigned(commitment_id=row.id)


def _commitment(officer_id: UUID, text: CommitmentText, now: datetime) -> Commitment:
    today = city_date(now)
    return Commitment(
        id=uuid7(),
        officer_id=officer_id,
        data_class=text.data_class,
        version=text.version,
        text_hash=text.digest,
        valid_from=today,
        valid_to=today + COMMITMENT_HOLDS,
        signed_at=now,
    )


@owns_transaction
def clear_sample_officers(
    officer_ids: Collection[UUID], *, certificate: str, actor: Actor, now: datetime
) -> None:
    """For sample cities: these officers were trained and have signed. Raises: WrongRole."""
    if actor.kind is not ActorKind.SYSTEM:
        raise WrongRole
    today = city_date(now)
    for data_class in queries.CLASSES:
        text = text_to_sign(data_class)
        for officer_id in officer_ids:
            insert(
                _training(officer_id, data_class, certificate, today, actor=actor, now=now),
                _commitment(officer_id, text, now),
            )
    record(
        action="identity.clear_sample_officers",
        subject="officers",
        actor=actor,
        facts={"count": len(officer_ids)},
    )


@owns_transaction
def warn_of_lapses(*, now: datetime) -> None:
    """Tell of every clearance that reached a mark (30, 7, 1 days before its lapse).

    Classes that lapse on the same day are told in one message.
    """
    today = city_date(now)
    due: defaultdict[tuple[UUID, date, int], list[DataClass]] = defaultdict(list)
    for officer_id, one, told in queries.lapses_ahead(today):
        mark = mark_reached(one.until, today, told) if one.until else None
        if one.until and mark is not None:
            due[officer_id, one.until, mark].append(one.data_class)
    for (officer_id, until, mark), classes in due.items():
        _warn(officer_id, until, mark, classes, now)
    record(
        action="identity.warn_of_lapses",
        subject="officers",
        actor=SYSTEM,
        facts={"count": len(due)},
    )


def _warn(
    officer_id: UUID, until: date, mark: int, classes: list[DataClass], now: datetime
) -> None:
    insert(
        *(
            ClearanceWarning(
                id=uuid7(),
                officer_id=officer_id,
                data_class=one,
                lapses_on=until,
                days_before=mark,
                at=now,
            )
            for one in classes
        )
    )
    publish(
        ClearanceLapseWarned(
            occurred_at=now,
            subject=str(officer_id),
            officer_id=officer_id,
            data_classes=",".join(classes),
            lapses_on=str(until),
            days_before=mark,
        )
    )
