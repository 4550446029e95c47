"""Ai được xem một tin đã được báo thế nào: the reader, the officers of the dossier, an auditor."""

from datetime import datetime
from typing import ClassVar

from django.db.models import Q

from motcua.contexts.notifications import ports
from motcua.contexts.notifications.rules import wording
from motcua.kernel.access import EVERYTHING, Asked, Ground, Policy, where
from motcua.kernel.actors import Actor, Role

DESKS = (Role.RECEIVER, Role.RETURNER)


class ServicePolicy(Policy):
    """How a notice of the law was delivered. Its words and addresses are not part of it."""

    resource = "notifications.service"
    model = "notifications.Notification"
    what = "tin pháp luật buộc báo"
    whom = "đơn vị đang giải quyết hồ sơ"
    named_by: ClassVar = {"served_id": "pk"}
    lists = ("/thong-bao/da-bao", "/quan-tri/tong-dat.csv")

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        served = Q(template__in=wording.served())
        mine = served & Q(person_id__in=actor.party_ids)
        if actor.mandate and actor.mandate.is_limited:
            mine &= ports.reached(actor, now)
        seen = where(actor.is_officer, served & ports.reached(actor, now))
        audited = where(actor.has(Role.AUDITOR), served & EVERYTHING)
        return (
            Ground("Tin này gửi cho bạn.", where(actor.is_citizen and actor.party_ids, mine)),
            Ground("Bạn được xem hồ sơ của tin này.", seen, Asked.UNIT),
            Ground("Bạn là kiểm tra viên.", audited, Asked.POST),
        )


class PaperServicePolicy(Policy):
    """A notice that reached nobody: for the desk that brings it on paper."""

    resource = "notifications.paper_service"
    model = "notifications.PaperService"
    what = "tin cần giao bằng giấy"
    whom = "quầy đã tiếp nhận hồ sơ"
    named_by: ClassVar = {"paper_service_id": "pk"}
    lists = ("/ban/giao-giay",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        desks = list(actor.unit_ids(*DESKS))
        return (
            Ground("Quầy của bạn giao tin này.", where(desks, Q(unit_id__in=desks)), Asked.UNIT),
        )
