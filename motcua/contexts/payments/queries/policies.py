"""Quyền xem khoản thu: the payer, the desk that collects, and whoever works on the dossier."""

from datetime import datetime

from django.db.models import Q

from motcua.contexts.payments import ports
from motcua.kernel.access import Ground, Policy
from motcua.kernel.actors import Actor, Role

DESK = (Role.RECEIVER, Role.RETURNER, Role.FEE_COLLECTOR)


class InvoicePolicy(Policy):
    """Who may see a bill."""

    resource = "payments.invoice"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        found = []
        limited = actor.mandate is not None and actor.mandate.is_limited
        if actor.is_citizen and actor.party_ids and not limited:
            found.append(Ground("Bạn là người nộp khoản này.", Q(payer_id__in=actor.party_ids)))
        if limited:
            found.append(Ground("Hồ sơ này nằm trong ủy quyền.", ports.shared(actor, now)))
        if actor.is_officer:
            units = actor.unit_ids(*DESK)
            if units:
                found.append(Ground("Quầy của bạn thu khoản này.", Q(unit_id__in=sorted(units))))
                found.append(Ground("Khoản này thu được ở mọi quầy.", Q(unit_id__isnull=True)))
            found.append(Ground("Bạn đang xử lý hồ sơ này.", ports.shared(actor, now)))
        return tuple(found)


class MoneyPolicy(Policy):
    """Who may see received money: collectors, for the whole city's account."""

    resource = "payments.credit"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        if not actor.has(Role.FEE_COLLECTOR):
            return ()
        return (Ground("Bạn là người thu phí.", ~Q(pk__in=[])),)


class UnsettledPolicy(Policy):
    """Who may see that money waits in suspense, without the payer's words: also administrators."""

    resource = "payments.unsettled"

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        if not actor.has(Role.FEE_COLLECTOR, Role.ADMINISTRATOR):
            return ()
        return (Ground("Bạn là người thu phí hoặc quản trị viên.", ~Q(pk__in=[])),)
