"""Of a person: the tickets that they took while signed in."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.contexts.counters.models import Appointment, Ticket
from motcua.contexts.counters.rules.queue_data import label_of
from motcua.kernel.holdings import Held
from motcua.ui import dates


class TicketsHeld:
    """A number, a day and how it went; whose it was is forgotten after some weeks."""

    models = frozenset({"counters.Ticket", "counters.Appointment"})

    def held_about(self, person_id: UUID) -> Iterator[Held]:
        for row in Ticket.objects.filter(person_id=person_id).order_by("taken_at", "id"):
            yield Held(
                model="counters.Ticket",
                title=_("Số thứ tự"),
                code=str(row.id),
                since=row.taken_at,
                values=((_("Số"), label_of(row.first_group, row.number)),),
            )
        for held in Appointment.objects.filter(person_id=person_id).order_by("booked_at", "id"):
            yield Held(
                model="counters.Appointment",
                title=_("Lịch hẹn"),
                code=str(held.id),
                since=held.booked_at,
                values=((_("Giờ"), dates.city_moment(held.starts_at)),),
            )
