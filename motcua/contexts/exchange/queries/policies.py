"""Who may see the log of the exchange and its retry lane."""

from datetime import datetime
from typing import ClassVar

from motcua.kernel.access import EVERYTHING, Asked, Ground, Policy, where
from motcua.kernel.actors import Actor, Role

WATCHERS = (Role.ADMINISTRATOR, Role.AUDITOR)


def _watchers(actor: Actor) -> tuple[Ground, ...]:
    watched = where(actor.has(*WATCHERS), EVERYTHING)
    return (Ground("Bạn là quản trị viên hoặc kiểm tra viên.", watched, Asked.POST),)


class ExchangeMessagePolicy(Policy):
    """Bodies are not kept, so the log holds no personal data; still it is for few."""

    resource = "exchange.message"
    model = "exchange.ExchangeMessage"
    what = "thông điệp"
    whom = "quản trị viên"
    lists = ("/quan-tri/ket-noi",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return _watchers(actor)


class SendingPolicy(Policy):
    """The body of a waiting message stays sealed to everybody."""

    resource = "exchange.sending"
    model = "exchange.Sending"
    what = "thông điệp chờ gửi"
    whom = "quản trị viên"
    named_by: ClassVar = {"sending_id": "pk"}

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return _watchers(actor)


class ReceiptPolicy(Policy):
    """What providers of SMS told: numbers and codes, no words and no recipients."""

    resource = "exchange.receipt"
    model = "exchange.Receipt"
    what = "biên nhận tin nhắn"
    whom = "quản trị viên"
    lists = ("/quan-tri/ket-noi/tin-nhan",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return _watchers(actor)
