"""Who may see what stands in a hall: who works there, and whose ticket it is."""

from datetime import datetime
from typing import ClassVar

from django.db.models import Q

from motcua.contexts.counters.contracts.offline import DeviceUse
from motcua.contexts.organisations import public as organisations
from motcua.kernel.access import Asked, Ground, Policy, where
from motcua.kernel.actors import Actor, Role
from motcua.kernel.clock import city_date

OURS = "Bạn tiếp nhận tại quầy này."
SERVING = (Role.RECEIVER, Role.RETURNER, Role.FEE_COLLECTOR)
CASHIERS = (Role.FEE_COLLECTOR, Role.RECEIVER)
GOES = (Role.CASE_OFFICER, Role.DIVISION_HEAD)  # to a place
HEADS = (Role.DIVISION_HEAD, Role.SIGNER, Role.LEADER)


def at_desk(actor: Actor) -> Q:
    """Rows of the desks where the actor serves people."""
    units = actor.unit_ids(*SERVING)
    return where(units, Q(unit_id__in=sorted(units)))


def headed(actor: Actor, *, now: datetime) -> Q:
    """Rows of the desks that the actor heads, or that stand one level below."""
    if not actor.has(*HEADS):
        return where(False, Q())
    units = organisations.units_arranged_by(actor, city_date(now))
    return where(units, Q(unit_id__in=sorted(units)))


def _of_hall(actor: Actor, now: datetime) -> tuple[Ground, ...]:
    return (
        Ground("Bạn phục vụ tại nơi tiếp nhận này.", at_desk(actor), Asked.POST),
        Ground("Bạn phụ trách nơi tiếp nhận này.", headed(actor, now=now), Asked.UNIT),
    )


class WindowPolicy(Policy):
    """Windows of the desk where one serves, or that one heads."""

    resource = "counters.window"
    model = "counters.Window"
    what = "bàn số"
    whom = "cán bộ của nơi tiếp nhận đó"
    lists = ("/quay/ban",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return _of_hall(actor, now)


class TicketPolicy(Policy):
    """One's own ticket; at a desk those of the desk."""

    resource = "counters.ticket"
    model = "counters.Ticket"
    what = "số thứ tự"
    whom = "cán bộ của nơi tiếp nhận đó"
    lists = ("/lay-so",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        own = where(actor.party_ids, Q(person_id__in=actor.party_ids))
        return (
            Ground("Đây là số của bạn.", own),
            *_of_hall(actor, now),
        )


class ShiftPolicy(Policy):
    """Tills of the desk where one serves, or that one heads."""

    resource = "counters.shift"
    model = "counters.CashShift"
    what = "ca thu tiền"
    whom = "cán bộ của nơi tiếp nhận đó"
    named_by: ClassVar = {"shift_id": "pk"}
    lists = ("/quay/quy",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return _of_hall(actor, now)


class BundlePolicy(Policy):
    """Bundles that one's unit gives or takes, or that a unit one heads does."""

    resource = "counters.bundle"
    model = "counters.Bundle"
    what = "danh sách bàn giao"
    whom = "cán bộ của nơi giao hoặc nơi nhận"
    named_by: ClassVar = {"bundle_id": "pk"}
    lists = ("/quay/ban-giao",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        units = sorted(actor.unit_ids())
        ours = where(units, Q(unit_id__in=units) | Q(to_unit_id__in=units))
        return (
            Ground("Đơn vị của bạn giao hoặc nhận.", ours, Asked.POST),
            Ground("Bạn phụ trách nơi giao.", headed(actor, now=now), Asked.UNIT),
        )


def _of_desk(actor: Actor, unit: str) -> tuple[Ground, ...]:
    units = actor.unit_ids(Role.RECEIVER)
    return (Ground(OURS, where(units, Q(**{f"{unit}__in": units})), Asked.UNIT),)


class CounterDevicePolicy(Policy):
    """The receivers of the desk where it stands; of a phone whoever registered it."""

    resource = "counters.device"
    model = "counters.CounterDevice"
    what = "máy ở quầy"
    whom = "người tiếp nhận của quầy đặt máy"
    named_by: ClassVar = {"counter_device_id": "pk"}
    lists = ("/quay/mat-mang/may",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        units = actor.unit_ids(Role.RECEIVER)
        at_desk = where(units, Q(unit_id__in=units, use=DeviceUse.COUNTER))
        goes = actor.account_id and actor.has(*GOES)
        own = where(goes, Q(use=DeviceUse.FIELD, registered_by=actor.account_id))
        return (
            Ground(OURS, at_desk, Asked.UNIT),
            Ground("Bạn đã đăng ký máy này.", own),
        )


class SerialRangePolicy(Policy):
    """The same, by the machine that holds it."""

    resource = "counters.range"
    model = "counters.SerialRange"
    what = "dải số"
    whom = "người tiếp nhận của quầy giữ dải số"
    named_by: ClassVar = {"range_id": "pk"}
    lists = ("/quay/mat-mang/dai-so",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return _of_desk(actor, "device__unit_id")


class OfflineEntryPolicy(Policy):
    """Whoever receives at the desk settles what a colleague took in, ill or not."""

    resource = "counters.entry"
    model = "counters.OfflineEntry"
    what = "lượt nhận khi mất mạng"
    whom = "người tiếp nhận của quầy đã nhận"
    named_by: ClassVar = {"entry_id": "pk"}
    lists = ("/quay/mat-mang/doi-chieu",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return _of_desk(actor, "unit_id")
