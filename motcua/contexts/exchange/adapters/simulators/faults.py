"""What is out of order right now, chosen on the control page and kept over restarts."""

from collections.abc import Mapping

from motcua.contexts.exchange.adapters.simulators import bank_refunds, messages, post, push
from motcua.contexts.exchange.adapters.simulators.store import Store
from motcua.contexts.exchange.adapters.simulators.vneid_faults import HOSTILE
from motcua.contexts.exchange.contracts import (
    NEIGHBOUR_NAMES,
    PUSH,
    SMS_PROVIDERS,
    TIMESTAMPING,
    VNPOST,
    WITNESSES,
)

NORMAL = "normal"
DOWN = "down"
SLOW = "slow"
GARBLED = "garbled"
SMALL = "small"
SLOW_SECONDS = 6

COMMON = {NORMAL: "Chạy bình thường", DOWN: "Ngừng hẳn (503)", SLOW: f"Chậm {SLOW_SECONDS} giây"}
WITNESSING = {
    **COMMON,
    GARBLED: "Trả lời không đọc được",
    "refuses": "Từ chối mọi đầu sổ",
    "wrong_signature": "Ký sai",
}
TEXTING = {
    **COMMON,
    messages.QUOTA: "Từ chối: hết hạn mức",
    messages.UNREACHED: "Báo không tới máy",
    messages.SILENT: "Nhận tin rồi im lặng",
    messages.LATE: "Báo kết quả muộn 2 giờ",
    messages.TWICE: "Báo kết quả hai lần",
    messages.FORGED: "Báo kết quả bằng chữ ký của người khác",
}
PUSHING = {
    **COMMON,
    push.GONE: "Máy đã gỡ (410)",
    push.MISSING: "Không biết máy (404)",
    push.TOO_LARGE: "Tin quá dài (413)",
    push.BUSY: "Quá nhiều, chờ 120 giây (429)",
}
BANKING = {
    **COMMON,
    GARBLED: "Trả lời không đọc được",
    bank_refunds.REFUSES: "Hoàn tiền: không có tài khoản này",
    bank_refunds.WAITS: "Hoàn tiền: nhận lệnh rồi để đó",
    bank_refunds.LATE: "Hoàn tiền: xong sau 20 giây",
    bank_refunds.SILENT: "Hoàn tiền: làm xong nhưng không trả lời",
    bank_refunds.TWICE: "Hoàn tiền: báo hai lần",
}
POSTING = {
    **COMMON,
    GARBLED: "Trả lời không đọc được",
    post.REFUSES: "Không phục vụ địa chỉ này",
    post.SILENT: "Nhận đơn rồi im lặng",
    post.FREE: "Không báo cước",
    post.LATE: "Báo hành trình muộn 20 giây",
    post.TWICE: "Báo hành trình hai lần",
    post.SHUFFLED: "Báo hành trình lộn thứ tự",
}
STAMPING = {
    **COMMON,
    GARBLED: "Trả lời không đọc được",
    "refuses": "Từ chối cấp dấu",
    "wrong_nonce": "Trả lời của lần hỏi khác",
    "wrong_hash": "Đóng dấu lên nội dung khác",
    "expired": "Chứng thư đã hết hạn",
    "stranger": "Ký bằng chứng thư không ai biết",
}
MODES: Mapping[str, Mapping[str, str]] = {
    "vneid": {
        **COMMON,
        "expired_code": "Mã đăng nhập hết hạn ngay",
        **HOSTILE,
    },
    "population": {**COMMON, GARBLED: "Trả lời không đọc được"},
    "entitlement": {**COMMON, GARBLED: "Trả lời không đọc được"},
    "bank": BANKING,
    VNPOST: POSTING,
    "mail": COMMON,
    **dict.fromkeys(SMS_PROVIDERS, TEXTING),
    PUSH: PUSHING,
    "clamd": {
        NORMAL: COMMON[NORMAL],
        DOWN: "Ngừng hẳn",
        SLOW: COMMON[SLOW],
        GARBLED: "Trả lời không đọc được",
        SMALL: "Chỉ nhận tệp đến 1 KB",
    },
    **dict.fromkeys(WITNESSES, WITNESSING),
    TIMESTAMPING: STAMPING,
}
NAMED = (VNPOST, *SMS_PROVIDERS, PUSH, *WITNESSES, TIMESTAMPING)
SYSTEM_NAMES: Mapping[str, str] = {
    "vneid": "VNeID",
    "population": "CSDL quốc gia về dân cư",
    "entitlement": "Hệ thống định danh: quyền của công dân số",
    "bank": "Ngân hàng",
    "mail": "Thư điện tử",
    "clamd": "Máy quét mã độc (ClamAV)",
    **{name: NEIGHBOUR_NAMES[name] for name in NAMED},
}


class FaultBoard:
    """One mode per system."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def mode(self, system: str) -> str:
        found = self._store.get("fault", system)
        return str(found["mode"]) if found else NORMAL

    def set(self, system: str, mode: str) -> None:
        """Raises: KeyError for a system or a mode that does not exist."""
        MODES[system][mode]
        self._store.put("fault", system, {"mode": mode})
