"""Builders for tests: messages with only the arguments that matter."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir
from uuid import UUID

from motcua.contexts.exchange import public as exchange
from motcua.contexts.exchange.testing import TRIED, in_process
from motcua.contexts.notifications import public, queries
from motcua.contexts.notifications.actions.devices import allow_device
from motcua.contexts.notifications.models import Device, Notification, PaperService
from motcua.kernel.actors import Actor
from motcua.kernel.testing import MONDAY_9AM

SUBJECT = "H29.99-20261123-0000042"


def told(
    person: UUID,
    template: str = "dossier_received",
    *,
    subject: str = SUBJECT,
    params: Mapping[str, str] | None = None,
    now: datetime = MONDAY_9AM,
) -> Notification:
    """A message in a person's inbox."""
    public.notify(
        person_id=person, template=template, subject=subject, params=params or {}, now=now
    )
    return Notification.objects.filter(person_id=person).order_by("-id")[0]


def a_subscription(folder: Path | None = None) -> dict[str, str]:
    """What a browser gives: a device of the stand-ins over this folder."""
    place = folder or Path(gettempdir()) / "motcua-push-devices"
    made = in_process(TRIED, place).call("make", {"key": exchange.push_key()}, key="k", seconds=1)
    return {name: str(made[name]) for name in ("endpoint", "p256dh", "auth")}


def a_device(actor: Actor, *, now: datetime, folder: Path | None = None) -> Device:
    """A browser that the actor allowed to be pushed to."""
    allow_device(**a_subscription(folder), name="Chrome, Android", actor=actor, now=now)
    found = queries.own_devices(actor, now=now).first()
    assert found is not None
    return found


def a_paper_service(message: Notification, *, desk: UUID, now: datetime) -> PaperService:
    """A notice that reached nobody, waiting at a desk."""
    return PaperService.objects.create(notification=message, unit_id=desk, asked_at=now)
