"""Quyền xem bưu gửi: whose parcel it is, and the desk at one end of its way."""

from datetime import datetime
from typing import ClassVar

from django.db.models import Q

from motcua.kernel.access import Asked, Ground, Policy, where
from motcua.kernel.actors import Actor, Role

DESK = (Role.RECEIVER, Role.RETURNER)


class ConsignmentPolicy(Policy):
    """Who may see a consignment."""

    resource = "post.consignment"
    model = "post.Consignment"
    what = "bưu gửi"
    whom = "chủ hồ sơ và quầy gửi, nhận"
    named_by: ClassVar = {"consignment_id": "pk"}
    lists = ("/ban/buu-chinh",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        limited = actor.mandate is not None and actor.mandate.is_limited
        owns = actor.is_citizen and actor.party_ids and not limited
        units = actor.is_officer and sorted(actor.unit_ids(*DESK))
        return (
            Ground("Bưu gửi này của bạn.", where(owns, Q(owner_id__in=actor.party_ids))),
            Ground(
                "Quầy của bạn gửi hoặc nhận.", where(units, Q(unit_id__in=units or ())), Asked.UNIT
            ),
        )


class SheetPolicy(Policy):
    """Who may see a hand-over sheet: the desk that made it."""

    resource = "post.sheet"
    model = "post.HandoverSheet"
    what = "bảng kê giao bưu chính"
    whom = "quầy lập bảng kê"
    named_by: ClassVar = {"sheet_id": "pk"}

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        units = actor.is_officer and sorted(actor.unit_ids(*DESK))
        return (
            Ground(
                "Quầy của bạn lập bảng kê này.",
                where(units, Q(unit_id__in=units or ())),
                Asked.UNIT,
            ),
        )
