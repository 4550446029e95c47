"""Builders for tests: messages with only the arguments that matter."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from motcua.contexts.notifications import public
from motcua.contexts.notifications.models import Notification
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
