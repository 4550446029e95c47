"""What notifications hold about a person: messages, where they were sent, devices, wishes."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.contexts.notifications import queries
from motcua.contexts.notifications.contracts import Channel, DeliveryState
from motcua.contexts.notifications.models import Delivery, Device, Notification, Preferences
from motcua.kernel.holdings import Held, coded
from motcua.ui import dates

CHANNELS: dict[str, str] = {Channel.EMAIL: "thư điện tử", Channel.SMS: "tin nhắn SMS"}
STATES: dict[str, str] = {
    DeliveryState.HELD: "chờ đến 7 giờ sáng",
    DeliveryState.HANDED: "đang gửi",
    DeliveryState.SENT: "đã gửi",
    DeliveryState.FAILED: "không gửi được",
    DeliveryState.NO_ADDRESS: "chưa có địa chỉ nhận",
    DeliveryState.STOPPED: "đã dừng theo yêu cầu",
}


class MessagesHeld:
    """The inbox of a person, and the ways out of the house."""

    models = frozenset(
        f"notifications.{name}" for name in ("Notification", "Delivery", "Device", "Preferences")
    )

    def held_about(self, person_id: UUID) -> Iterator[Held]:
        rows = list(Notification.objects.filter(person_id=person_id).order_by("id"))
        language = (get_language() or "vi")[:2]
        yield from (_message(row, language) for row in rows)
        sent = Delivery.objects.filter(notification__in=rows).order_by("id")
        yield from (_delivery(row) for row in sent)
        devices = Device.objects.filter(person_id=person_id).order_by("id")
        yield from (_device(row) for row in devices)
        wishes = Preferences.objects.filter(person_id=person_id).order_by("id")
        yield from (_wishes(row) for row in wishes)


def _message(row: Notification, language: str) -> Held:
    view = queries.view_of(row, language)
    detail = _("Chi tiết trong thông báo")
    kept = tuple(
        (coded(name, {name: detail}), str(value))
        for name, value in sorted(row.params.items())
        if value
    )
    return Held(
        model="notifications.Notification",
        title=_("Thông báo đã gửi bạn"),
        code=row.subject,
        since=row.created_at,
        values=((_("Tiêu đề"), view.title), (_("Nội dung"), view.text), *kept),
    )


def _delivery(row: Delivery) -> Held:
    return Held(
        model="notifications.Delivery",
        title=_("Lần gửi ra ngoài"),
        since=row.changed_at,
        values=(
            (_("Kênh"), coded(row.channel, CHANNELS)),
            (_("Kết quả gửi"), coded(row.state, STATES)),
            (_("Lúc"), dates.city_moment(row.changed_at)),
        ),
    )


def _device(row: Device) -> Held:
    ended = dates.city_moment(row.ended_at)
    kept = ((_("Địa chỉ đẩy tin"), row.endpoint), (_("Khóa"), row.p256dh), (_("Mã"), row.auth))
    return Held(
        model="notifications.Device",
        title=_("Máy nhận tin đẩy"),
        since=row.created_at,
        values=(
            (_("Máy"), row.name),
            *((_("Gỡ lúc"), ended),) * bool(ended),
            *((label, value) for label, value in kept if value),
        ),
    )


def _wishes(row: Preferences) -> Held:
    return Held(
        model="notifications.Preferences",
        title=_("Cách nhận thông báo"),
        since=row.changed_at,
        values=(
            (_("Đã tắt"), ", ".join(row.off)),
            (_("Giờ yên tĩnh"), f"{row.quiet_from:%H:%M}–{row.quiet_to:%H:%M}"),
        ),
    )


def tally(person_id: UUID) -> dict[str, int]:
    """How many messages are in the inbox of this row of a person."""
    return {"Thông báo": Notification.objects.filter(person_id=person_id).count()}
