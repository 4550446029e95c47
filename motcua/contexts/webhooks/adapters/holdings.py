"""Of a person: the addresses that hear about their dossiers."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.contexts.webhooks.models import Endpoint
from motcua.kernel.holdings import Held


class EndpointsHeld:
    """Addresses of one's own programs; their letters hold codes alone."""

    models = frozenset({"webhooks.Endpoint"})

    def held_about(self, person_id: UUID) -> Iterator[Held]:
        for row in Endpoint.objects.filter(person_id=person_id).order_by("made_at", "id"):
            yield Held(
                model="webhooks.Endpoint",
                title=_("Địa chỉ nhận tin"),
                code=str(row.id),
                since=row.made_at,
                values=((_("Địa chỉ của phần mềm bạn"), row.url),),
            )
