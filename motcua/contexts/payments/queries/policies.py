"""Quyền xem khoản thu: the payer, the desk that collects, and whoever works on the dossier."""

from datetime import datetime
from typing import ClassVar

from django.db.models import Q

from motcua.contexts.organisations import public as organisations
from motcua.contexts.payments import ports
from motcua.kernel.access import EVERYTHING, NOTHING, Asked, Ground, Policy, where
from motcua.kernel.actors import Actor, Role

HEADS = (Role.DIVISION_HEAD, Role.SIGNER)
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


class RefundPolicy(Policy):
    """Who may see refunds: collectors, and who heads the agency that gives the money back."""

    resource = "payments.refund"
    model = "payments.Refund"
    what = "khoản hoàn tiền"
    whom = "người thu phí"
    named_by: ClassVar = {"refund_id": "pk"}
    lists = ("/thu-phi/hoan",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        collected = where(actor.has(Role.FEE_COLLECTOR), EVERYTHING)
        units = sorted(organisations.with_predecessors(actor.unit_ids(*HEADS)))
        headed = where(actor.is_officer and units, Q(unit_id__in=units))
        return (
            Ground("Bạn là người thu phí.", collected, Asked.POST),
            Ground("Bạn phụ trách nơi đã thu khoản này.", headed, Asked.UNIT),
        )


class ClosingPolicy(Policy):
    """Who may see a closed day: who signs there, who heads the unit, who audits."""

    resource = "payments.closing"
    model = "payments.UnitClosing"
    what = "ngày đã chốt"
    whom = "người thu phí và người phụ trách của nơi đó"
    named_by: ClassVar = {"closing_id": "pk"}
    lists = ("/thu-phi/chot-ngay",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        own = actor.unit_ids(Role.FEE_COLLECTOR, *HEADS)
        units = sorted(organisations.with_predecessors(own))
        here = where(actor.is_officer and units, Q(unit_id__in=units))
        audited = where(actor.has(Role.AUDITOR), EVERYTHING)
        return (
            Ground("Bạn thu phí hoặc phụ trách nơi này.", here, Asked.UNIT),
            Ground("Bạn là kiểm tra viên.", audited, Asked.POST),
        )


class UnsettledPolicy(Policy):
    """Who may see that money waits in suspense, without the payer's words: also administrators."""

    resource = "payments.unsettled"
    model = "payments.Credit"
    what = "khoản tiền chưa rõ"
    whom = "người thu phí"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        watched = where(actor.has(Role.FEE_COLLECTOR, Role.ADMINISTRATOR), EVERYTHING)
        return (Ground("Bạn là người thu phí hoặc quản trị viên.", watched, Asked.POST),)
