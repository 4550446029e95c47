"""Who may see an address that hears, and its letters: who made it, for the same party."""

from datetime import datetime
from typing import ClassVar

from django.db.models import Q

from motcua.kernel.access import Ground, Policy, where
from motcua.kernel.actors import Actor


class EndpointPolicy(Policy):
    """The account that made it, while it works for the same party."""

    resource = "webhooks.endpoint"
    model = "webhooks.Endpoint"
    what = "địa chỉ nhận tin"
    whom = "người đã tạo địa chỉ"
    named_by: ClassVar = {"endpoint_id": "pk"}
    lists = ("/toi/lap-trinh",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        mandate_id = actor.mandate.id if actor.mandate else None
        same = Q(mandate_id=mandate_id) if mandate_id else Q(mandate_id__isnull=True)
        mine = Q(account_id=actor.account_id) & same
        return (Ground("Bạn đã tạo địa chỉ này.", where(actor.account_id, mine)),)
