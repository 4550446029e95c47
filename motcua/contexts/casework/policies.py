"""Who sees which saved view: its officer, and the unit it is shared with."""

from datetime import datetime
from typing import ClassVar

from django.db.models import Q

from motcua.kernel.access import Asked, Ground, Policy, where
from motcua.kernel.actors import Actor


class SavedViewPolicy(Policy):
    """Changing one is its officer's alone; that is checked where it is done."""

    resource = "casework.saved_view"
    model = "casework.SavedView"
    what = "khung nhìn"
    whom = "đồng nghiệp đã tạo khung nhìn"
    lists: ClassVar = ("/ban/khung-nhin",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        units = list(dict.fromkeys(post.unit_id for post in actor.posts))
        mine = where(actor.officer_id, Q(officer_id=actor.officer_id))
        return (
            Ground("Bạn đã tạo khung nhìn này.", mine),
            Ground(
                "Đồng nghiệp chia sẻ cho đơn vị của bạn.",
                where(units, Q(unit_id__in=units)),
                Asked.UNIT,
            ),
        )
