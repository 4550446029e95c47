"""Trạng thái bằng lời: the ten national states of a dossier, as citizens and officers read them."""

from django.utils.translation import gettext as _

from motcua.ui.parts import Chip, Tone


def for_citizen(status: int) -> Chip:
    """status 1..10 → the chip in its owner's list; yellow only when it waits for them."""
    chips = {
        1: Chip(label=_("Chờ tiếp nhận"), icon="hourglass"),
        2: Chip(label=_("Đã tiếp nhận"), tone=Tone.GO, icon="check"),
        3: Chip(label=_("Không được tiếp nhận"), tone=Tone.LATE, icon="circle-x"),
        4: Chip(label=_("Đang xử lý"), tone=Tone.GO, icon="loader"),
        5: Chip(label=_("Cần bạn gửi thêm"), tone=Tone.TURN, icon="hand"),
        6: Chip(label=_("Cần bạn nộp tiền"), tone=Tone.TURN, icon="hand"),
        7: Chip(label=_("Bạn đã xin rút"), icon="undo-2"),
        8: Chip(label=_("Dừng xử lý"), icon="circle-stop"),
        9: Chip(label=_("Có kết quả"), tone=Tone.OK, icon="circle-check"),
        10: Chip(label=_("Đã trả kết quả"), tone=Tone.OK, icon="circle-check"),
    }
    return chips[status]


def for_officer(status: int) -> Chip:
    """The same at the desk, in the words of the law; waiting for the citizen is grey here."""
    chips = {
        1: Chip(label="Mới đăng ký", tone=Tone.TURN, icon="inbox"),
        2: Chip(label="Được tiếp nhận", tone=Tone.GO),
        3: Chip(label="Không được tiếp nhận", tone=Tone.LATE),
        4: Chip(label="Đang xử lý", tone=Tone.GO),
        5: Chip(label="Chờ bổ sung giấy tờ", icon="hourglass"),
        6: Chip(label="Chờ nghĩa vụ tài chính", icon="hourglass"),
        7: Chip(label="Xin rút hồ sơ", tone=Tone.TURN, icon="undo-2"),
        8: Chip(label="Dừng xử lý", icon="circle-stop"),
        9: Chip(label="Đã xử lý xong", tone=Tone.OK, icon="circle-check"),
        10: Chip(label="Đã trả kết quả", tone=Tone.OK, icon="circle-check"),
    }
    return chips[status]
