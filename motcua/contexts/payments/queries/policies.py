"""Quyền xem khoản thu: the payer, the desk that collects, and whoever works on the dossier."""

from datetime import datetime
from typing import ClassVar

from django.db.models import Q

from motcua.contexts.payments import ports
from motcua.kernel.access import EVERYTHING, NOTHING, Asked, Ground, Policy, where
from motcua.kernel.actors import Actor, Role

DESK = (Role.RECEIVER, Role.RETURNER, Role.FEE_COLLECTOR)


class InvoicePolicy(Policy):
    """Who may see a bill."""

    resource = "payments.invoice"
    model = "payments.Invoice"
    what = "khoản thu"
    whom = "quầy thu khoản này"
    named_by: ClassVar = {"code": "code"}
    under = ("/thanh-toan/", "/api/v1/invoices/")
    lists = ("/thu-phi",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        limited = actor.mandate is not None and actor.mandate.is_limited
        pays = actor.is_citizen and actor.party_ids and not limited
        units = actor.is_officer and sorted(actor.unit_ids(*DESK))
        shared = ports.shared(actor, now) if limited or actor.is_officer else NOTHING
        at_desk = where(units, Q(unit_id__in=units or ()))
        anywhere = where(units, Q(unit_id__isnull=True))
        reached, handled = where(limited, shared), where(actor.is_officer, shared)
        return (
            Ground("Bạn là người nộp khoản này.", where(pays, Q(payer_id__in=actor.party_ids))),
            Ground("Hồ sơ này nằm trong ủy quyền.", reached, Asked.MANDATE),
            Ground("Quầy của bạn thu khoản này.", at_desk, Asked.UNIT),
            Ground("Khoản này thu được ở mọi quầy.", anywhere, Asked.POST),
            Ground("Bạn đang xử lý hồ sơ này.", handled, Asked.UNIT),
        )


class MoneyPolicy(Policy):
    """Who may see received money: collectors, for the whole city's account."""

    resource = "payments.credit"
    model = "payments.Credit"
    what = "khoản tiền vào"
    whom = "người thu phí"
    named_by: ClassVar = {"credit_id": "pk"}
    lists = ("/thu-phi/tien-chua-ro",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        collected = where(actor.has(Role.FEE_COLLECTOR), EVERYTHING)
        return (Ground("Bạn là người thu phí.", collected, Asked.POST),)


class UnsettledPolicy(Policy):
    """Who may see that money waits in suspense, without the payer's words: also administrators."""

    resource = "payments.unsettled"
    model = "payments.Credit"
    what = "khoản tiền chưa rõ"
    whom = "người thu phí"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        watched = where(actor.has(Role.FEE_COLLECTOR, Role.ADMINISTRATOR), EVERYTHING)
        return (Ground("Bạn là người thu phí hoặc quản trị viên.", watched, Asked.POST),)
