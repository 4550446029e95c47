"""Mô hình trang «Cách nhận thông báo»."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.contexts.notifications.contracts import ALWAYS, Channel, DeviceView, Kind
from motcua.contexts.notifications.rules.wishes import Wishes
from motcua.kernel.actors import Actor
from motcua.ui import dates
from motcua.ui.parts import Action
from motcua.ui.shell import frame_for


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBox:
    value: str
    label: str
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KindChoice:
    """boxes empty: cannot be switched off, and `text` says why."""

    key: str
    title: str
    text: str
    boxes: tuple[WayBox, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLine:
    name: str
    since: str
    used: str
    end: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosingPage:
    shell: str
    kinds: tuple[KindChoice, ...]
    quiet_from: str
    quiet_to: str
    gathers: bool
    devices: tuple[DeviceLine, ...]
    push_key: str
    try_device: Action | None


def choosing_page(
    wanted: Wishes,
    devices: Sequence[DeviceView],
    *,
    push_key: str,
    may_try: bool,
    actor: Actor,
) -> ChoosingPage:
    channels = tuple(c for c in Channel if not (actor.is_officer and c is Channel.SMS))
    trial = Action(
        label=_("Thêm máy thử"), url=reverse("notifications:try_device"), kind="quiet", post=True
    )
    return ChoosingPage(
        shell=frame_for(actor),
        kinds=tuple(_kind(kind, channels, wanted) for kind in Kind),
        quiet_from=f"{wanted.quiet.begins:%H:%M}",
        quiet_to=f"{wanted.quiet.ends:%H:%M}",
        gathers=wanted.gathers,
        devices=tuple(map(_device, devices)),
        push_key=push_key,
        try_device=trial if may_try else None,
    )


def channel_name(channel: Channel) -> str:
    return {
        Channel.EMAIL: _("Thư điện tử"),
        Channel.SMS: _("Tin nhắn SMS"),
        Channel.PUSH: _("Tin đẩy"),
    }[channel]


def _kind(kind: Kind, channels: Sequence[Channel], wanted: Wishes) -> KindChoice:
    title, text = _words(kind)
    boxes = tuple(
        WayBox(
            value=f"{kind}:{channel}",
            label=channel_name(channel),
            on=not wanted.refuses(kind, channel),
        )
        for channel in channels
        if not (kind is Kind.FYI and channel is Channel.PUSH)  # small news never ring
    )
    return KindChoice(
        key=kind.lower(), title=title, text=text, boxes=() if kind in ALWAYS else boxes
    )


def _words(kind: Kind) -> tuple[str, str]:
    return {
        Kind.EMERGENCY: (
            _("Khẩn cấp"),
            _("Lũ, cháy, sơ tán. Luôn gửi mọi cách, cả trong giờ yên tĩnh. Không tắt được."),
        ),
        Kind.SERVED: (
            _("Tin pháp luật buộc báo"),
            _(
                "Cần bạn gửi thêm, chưa tiếp nhận, dừng giải quyết, đổi ngày hẹn, có kết quả."
                " Không tắt được, vì bạn có quyền và thời hạn tính từ tin này."
            ),
        ),
        Kind.TURN: (_("Đến lượt bạn"), _("Trả phí, trả lời tin nhắn, xác nhận.")),
        Kind.WARNING: (_("Cảnh báo"), _("Triều cường, tệp có vấn đề, việc sắp trễ.")),
        Kind.FYI: (_("Cho biết"), _("Bước đã xong, giấy tờ đã tới. Tin nhỏ không đẩy tới máy.")),
    }[kind]


def _device(device: DeviceView) -> DeviceLine:
    return DeviceLine(
        name=device.name or _("Máy không rõ tên"),
        since=dates.city_moment(device.created_at),
        used=dates.city_moment(device.used_at),
        end=Action(
            label=_("Gỡ máy này"),
            url=reverse("notifications:end_device", args=[device.id]),
            kind="quiet",
            post=True,
        ),
    )
