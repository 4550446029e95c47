"""Vì sao cần đọc: the purpose for which a route reads, told to whoever the data is about.

A route may declare its purpose (`@route(…, purpose=…)`); where it does not, the purpose follows
from who asks: a citizen reads their own, an officer does the work of the post. Posts that watch the
whole city state a reason besides (`kernel.reasons`), which says which look this one was.
"""

from enum import StrEnum

from motcua.kernel.actors import Actor, ActorKind, PostHeld, Role


class Purpose(StrEnum):
    """Why personal data is read. Kept in the read log, shown to the owner of the data."""

    OPEN = "OPEN"
    OWN_DATA = "OWN_DATA"
    ON_BEHALF = "ON_BEHALF"
    SERVE_AT_COUNTER = "SERVE_AT_COUNTER"
    FILE_FOR_PRESENT = "FILE_FOR_PRESENT"
    HANDLE_CASE = "HANDLE_CASE"
    FIND_DUPLICATE = "FIND_DUPLICATE"
    STATED = "STATED"
    COLLECT_FEE = "COLLECT_FEE"
    ARRANGE_WORK = "ARRANGE_WORK"
    LEAD = "LEAD"
    AUDIT = "AUDIT"
    PROTECT_DATA = "PROTECT_DATA"
    KEEP_RECORDS = "KEEP_RECORDS"
    MAINTAIN = "MAINTAIN"
    EDIT_CATALOGUE = "EDIT_CATALOGUE"
    SHARE_BY_CONSENT = "SHARE_BY_CONSENT"
    EMERGENCY = "EMERGENCY"
    AUTOMATIC = "AUTOMATIC"


PURPOSE_NAMES: dict[Purpose, str] = {
    Purpose.OPEN: "Xem thông tin công khai",
    Purpose.OWN_DATA: "Xem thông tin của chính mình",
    Purpose.ON_BEHALF: "Làm thay người đã ủy quyền",
    Purpose.SERVE_AT_COUNTER: "Phục vụ tại quầy",
    Purpose.FILE_FOR_PRESENT: "Nộp giúp khi bạn có mặt và đồng ý",
    Purpose.HANDLE_CASE: "Giải quyết hồ sơ",
    Purpose.FIND_DUPLICATE: "Kiểm tra hồ sơ trùng",
    Purpose.STATED: "Việc khác, theo văn bản hoặc phiếu đã ghi",
    Purpose.COLLECT_FEE: "Thu phí, lệ phí",
    Purpose.ARRANGE_WORK: "Phân công người làm việc",
    Purpose.LEAD: "Theo dõi và chỉ đạo",
    Purpose.AUDIT: "Kiểm tra, đối soát",
    Purpose.PROTECT_DATA: "Bảo vệ dữ liệu cá nhân",
    Purpose.KEEP_RECORDS: "Lưu trữ hồ sơ",
    Purpose.MAINTAIN: "Vận hành, sửa lỗi hệ thống",
    Purpose.EDIT_CATALOGUE: "Soạn và duyệt danh mục thủ tục",
    Purpose.SHARE_BY_CONSENT: "Gửi cho ứng dụng bạn đã cho phép",
    Purpose.EMERGENCY: "Truy cập khẩn cấp, đã báo người bảo vệ dữ liệu",
    Purpose.AUTOMATIC: "Việc tự động của hệ thống",
}

# Of several posts the work nearest to a case explains a read best: it stands first.
_OF_ROLE: dict[Role, Purpose] = {
    Role.CASE_OFFICER: Purpose.HANDLE_CASE,
    Role.DIVISION_HEAD: Purpose.HANDLE_CASE,
    Role.SIGNER: Purpose.HANDLE_CASE,
    Role.CLERK: Purpose.HANDLE_CASE,
    Role.CONSULTED: Purpose.HANDLE_CASE,
    Role.RECEIVER: Purpose.SERVE_AT_COUNTER,
    Role.RETURNER: Purpose.SERVE_AT_COUNTER,
    Role.FEE_COLLECTOR: Purpose.COLLECT_FEE,
    Role.LEADER: Purpose.LEAD,
    Role.AUDITOR: Purpose.AUDIT,
    Role.DATA_PROTECTION: Purpose.PROTECT_DATA,
    Role.ARCHIVIST: Purpose.KEEP_RECORDS,
    Role.ADMINISTRATOR: Purpose.MAINTAIN,
    Role.CATALOGUE_EDITOR: Purpose.EDIT_CATALOGUE,
    Role.CATALOGUE_APPROVER: Purpose.EDIT_CATALOGUE,
}


def purpose_of(actor: Actor, *, among: frozenset[Role] = frozenset()) -> Purpose:
    """What this actor reads for, when the route does not say. among: the roles that it asks."""
    if actor.kind is ActorKind.SYSTEM:
        return Purpose.AUTOMATIC
    if actor.kind is ActorKind.ANONYMOUS:
        return Purpose.OPEN
    if not actor.is_officer:
        return Purpose.ON_BEHALF if actor.mandate else Purpose.OWN_DATA
    held = actor.roles & among or actor.roles
    return next((told for role, told in _OF_ROLE.items() if role in held), Purpose.OWN_DATA)


def post_for(actor: Actor, purpose: Purpose) -> PostHeld | None:
    """The post in which one reads so: the first held for such work, else the first of all."""
    fitting = (post for post in actor.posts if _OF_ROLE.get(post.role) is purpose)
    return next(fitting, actor.posts[0] if actor.posts else None)
