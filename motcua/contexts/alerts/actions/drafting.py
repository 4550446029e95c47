"""Soạn cảnh báo: write, rewrite or throw away what somebody else will release."""

import secrets
from datetime import datetime
from uuid import UUID

from motcua.contexts.alerts.adapters import ward_map
from motcua.contexts.alerts.contracts import (
    AlertChanged,
    AlertMalformed,
    Area,
    DraftAlert,
    Drafted,
    Kind,
    NotInForce,
    OutsideYourArea,
    State,
    Status,
)
from motcua.contexts.alerts.models import Alert
from motcua.contexts.alerts.policies import WRITERS, may_write_for
from motcua.contexts.alerts.queries import alerts as queries
from motcua.contexts.alerts.rules import places, words
from motcua.contexts.alerts.rules.templates import templates
from motcua.contexts.reference import public as reference
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.db import change, insert, owns_transaction, record, uuid7
from motcua.kernel.text import nfc

HOURS = range(1, 169)  # a week at most
LONGEST_CONTACT = 120


@owns_transaction
def draft(command: DraftAlert, *, actor: Actor, now: datetime) -> Drafted:
    """Write an alert down for somebody else to release.

    Raises: WrongRole, AlertMalformed, AreaMalformed, OutsideYourArea, AlertNotFound, NotInForce.
    """
    code = f"CB-{city_time(now):%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
    earlier = _earlier(command, actor, now)
    row = Alert(
        id=uuid7(),
        code=code,
        replaces=earlier,
        kind=command.kind,
        state=State.DRAFT,
        unit_id=command.unit_id,
        written_by=[_writer(actor, command.unit_id)],
        drafted_at=now,
    )
    row.chain = earlier.chain if earlier else row.id
    _write(row, command, earlier, actor=actor, now=now)
    insert(row)
    facts: dict[str, object] = {"kind": row.kind, "status": row.status, "wards": len(row.wards)}
    record(action="alerts.draft", subject=code, actor=actor, facts=facts)
    return Drafted(code=code)


@owns_transaction
def revise(
    code: str, command: DraftAlert, *, seen_version: int, actor: Actor, now: datetime
) -> Drafted:
    """Write a draft anew; whoever does becomes one of its writers.

    Raises: as `draft`, and AlertChanged.
    """
    row = _draft_row(code, seen_version, actor, now)
    writer = _writer(actor, row.unit_id)
    if writer not in row.written_by:
        row.written_by = [*row.written_by, writer]
    _write(row, command, row.replaces, actor=actor, now=now)
    row.version += 1
    change(row, *WRITTEN, expecting={"state": State.DRAFT, "version": seen_version})
    record(action="alerts.revise", subject=code, actor=actor, facts={"version": row.version})
    return Drafted(code=code)


@owns_transaction
def discard(code: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Throw a draft away. Raises: WrongRole, AlertNotFound, AlertChanged."""
    row = _draft_row(code, seen_version, actor, now)
    _writer(actor, row.unit_id)
    row.state, row.changed_at = State.DISCARDED, now
    change(row, "state", "changed_at", expecting={"state": State.DRAFT, "version": seen_version})
    record(action="alerts.discard", subject=code, actor=actor)


WRITTEN = (
    "status", "template", "category", "urgency", "severity", "certainty", "words", "contact",
    "wards", "shape", "hours", "onset_at", "written_by", "version", "changed_at",
)  # fmt: skip


def _writer(actor: Actor, unit_id: UUID) -> UUID:
    """Raises: WrongRole."""
    if actor.officer_id is None or not actor.has(*WRITERS):
        raise WrongRole
    return actor.officer_id


def _draft_row(code: str, seen_version: int, actor: Actor, now: datetime) -> Alert:
    row = queries.row(code, actor, now=now)
    if row.state != State.DRAFT or row.version != seen_version:
        raise AlertChanged
    return row


def _earlier(command: DraftAlert, actor: Actor, now: datetime) -> Alert | None:
    """The message that this one replaces. Raises: AlertNotFound, NotInForce."""
    if command.kind is Kind.ALERT:
        return None
    row = queries.row(command.replaces, actor, now=now)
    if not queries.view_of(row).holds(now):
        raise NotInForce
    return row


def _write(
    row: Alert, command: DraftAlert, earlier: Alert | None, *, actor: Actor, now: datetime
) -> None:
    if not actor.holds(command.unit_id, WRITERS):
        raise WrongRole
    kind = templates().get(command.template)
    if kind is None:
        raise AlertMalformed("Bạn chọn mẫu cảnh báo.", field="template")
    if command.hours not in HOURS:
        raise AlertMalformed("Cảnh báo có hiệu lực từ 1 đến 168 giờ.", field="hours")
    if command.onset_at is not None and command.onset_at <= now:
        raise AlertMalformed("Giờ bắt đầu phải ở sau lúc này.", field="onset_at")
    row.status = Status(earlier.status) if earlier else command.status
    row.template, row.category = command.template, kind.category
    row.urgency, row.severity = command.urgency, command.severity
    row.certainty = command.certainty
    row.contact = nfc(command.contact)[:LONGEST_CONTACT]
    row.hours, row.onset_at, row.changed_at = command.hours, command.onset_at, now
    _place(row, command, actor, now)
    said = words.checked(command.texts)
    row.words = {language: texts | _where(row, language, now) for language, texts in said.items()}


def _place(row: Alert, command: DraftAlert, actor: Actor, now: datetime) -> None:
    """Raises: AlertMalformed, AreaMalformed, OutsideYourArea."""
    area = places.area_of(command.area)
    known = {one.code for one in reference.communes(city_date(now))}
    if not set(command.wards) <= known:
        raise AlertMalformed("Có phường, xã không có trong danh mục.", field="wards")
    row.shape = places.as_kept(area)
    row.wards = sorted({*command.wards, *(set(_touched(area)) & known)})
    if not row.wards and area.is_empty:
        raise AlertMalformed("Bạn chọn phường, xã hoặc vẽ vùng.", field="wards")
    if not may_write_for(actor, tuple(row.wards)):
        raise OutsideYourArea


def _touched(area: Area) -> tuple[str, ...]:
    """Raises: AreaMalformed when the shape lies outside every ward of a known map."""
    found = ward_map.touched(area)
    if not found and not area.is_empty and ward_map.is_known():
        message = "Vùng không chạm phường, xã nào của Thành phố."
        raise AlertMalformed(message, field="area")
    return found


def _where(row: Alert, language: str, now: datetime) -> dict[str, str]:
    known = reference.communes(city_date(now))
    names = [one.full_name for one in known if one.code in set(row.wards)]
    whole = len(names) == len(known) and bool(names)
    return {"area": words.where(names, whole=whole, language=language)}
