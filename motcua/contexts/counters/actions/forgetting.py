"""Quên: some weeks later nobody needs to know whose a ticket was."""

from datetime import datetime, timedelta

from django.db.models import Q

from motcua.contexts.counters.models import Appointment, Ticket
from motcua.contexts.counters.rules.queue_data import rule
from motcua.kernel import db
from motcua.kernel.actors import SYSTEM
from motcua.kernel.clock import city_date
from motcua.kernel.db import owns_transaction


@owns_transaction
def forget_owners(*, now: datetime) -> None:
    """Tickets stay for the figures, as nobody's."""
    last = city_date(now) - timedelta(days=rule().tickets_kept_days)
    owned = Q(person__isnull=False) | Q(phone_index__isnull=False)
    count = sum(
        model.objects.filter(owned, day__lt=last).update(person=None, phone_index=None)
        for model in (Ticket, Appointment)
    )
    db.record(
        action="counters.forget_owners",
        subject=last.isoformat(),
        actor=SYSTEM,
        facts={"tickets": count},
    )
