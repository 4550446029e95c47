"""Mẫu nhỏ: chips, buttons, alerts, files, answers. All people are invented."""

from motcua.ui.parts import (
    Action,
    Alert,
    Chip,
    Crumb,
    DeadJob,
    Empty,
    Fact,
    FileRow,
    ListedTask,
    NavItem,
    Tone,
    Verified,
)

CODE = "H29.99-20261109-0000042"

NAV = (
    NavItem(label="Trang chủ", url="/ui/", icon="house"),
    NavItem(label="Hồ sơ", url="#ho-so", icon="folder-open", badge=1, badge_label="việc cần làm"),
    NavItem(label="Thủ tục", url="#thu-tuc", icon="search", main=True),
    NavItem(label="Thông báo", url="#thong-bao", icon="bell", badge=3, badge_label="tin mới"),
    NavItem(label="Tôi", url="#toi", icon="circle-user"),
)

CHIPS = (
    Chip(label="Đang chờ", icon="hourglass"),
    Chip(label="Đang xử lý", tone=Tone.GO, icon="loader"),
    Chip(label="Đến lượt bạn", tone=Tone.TURN, icon="hand"),
    Chip(label="Đúng hạn", tone=Tone.OK, icon="circle-check"),
    Chip(label="Trễ 2 ngày", tone=Tone.LATE, icon="flame"),
    Chip(label="Tin mới", tone=Tone.INFO, icon="info"),
)

ACTIONS = (
    Action(label="Nộp hồ sơ và trả 75.000 ₫", url="#", kind="primary", icon="send"),
    Action(label="Tôi sẽ có mặt", url="#", kind="turn"),
    Action(label="Đổi giờ khác", url="#"),
    Action(label="Rút hồ sơ", url="#", kind="danger"),
    Action(label="Lưu, làm sau", url="#", kind="quiet"),
)

ALERTS = (
    Alert(
        title="Đến lượt bạn: xác nhận lịch xem nhà",
        text="Ông Lê Quốc Bảo đến lúc 9:00, thứ Ba 24/11. Cần có người lớn ở nhà 30 phút.",
        tone=Tone.TURN,
        actions=(
            Action(label="Tôi sẽ có mặt", url="#", kind="primary"),
            Action(label="Đổi giờ khác", url="#"),
        ),
    ),
    Alert(title="Trễ 2 ngày. Hẹn lại thứ Năm 26/11", text="Phường xin lỗi bạn.", tone=Tone.LATE),
    Alert(title="Đã lưu lúc 14:02", text="Bạn có thể đóng trang, bản nháp vẫn còn.", tone=Tone.OK),
    Alert(title="Thành phố đã có giấy khai sinh của bé", text="Bạn không cần nộp lại."),
)

EMPTY = Empty(
    title="Bạn chưa có hồ sơ nào",
    text="Hồ sơ bạn nộp sẽ nằm ở đây, kèm ngày hẹn trả.",
    icon="folder-open",
    action=Action(label="Tìm thủ tục", url="#", kind="primary"),
)

CRUMBS = (
    Crumb(label="Trang chủ", url="/"),
    Crumb(label="Hộ tịch", url="#"),
    Crumb(label="Khai sinh"),
)

FILES = (
    FileRow(
        name="giay-chung-sinh.jpg",
        size="264 KB",
        url="#",
        note="1 trang",
        state=Chip(label="Đạt", tone=Tone.OK),
        sha256="3f1d" * 16,
    ),
    FileRow(
        name="ban-ve-mat-bang-va-mat-cat-mong-nha-o-rieng-le.pdf",
        size="1,2 MB",
        url="#",
        note="9 trang",
        remove_url="#",
    ),
    FileRow(
        name="anh-mo.heic", size="4,1 MB", state=Chip(label="Ảnh mờ, bạn chụp lại", tone=Tone.LATE)
    ),
)

ANSWERS = (
    Fact(label="Họ và tên trẻ", value="Lê Minh An", change_url="#"),
    Fact(
        label="Mẹ",
        value="Nguyễn Thị Ánh Tuyết",
        source="CSDL dân cư, 9:00 24/11/2026",
        change_url="#",
    ),
    Fact(
        label="Ngày sinh của trẻ",
        value="31/12/2027",
        wrong="Ngày này chưa tới. Bạn xem lại.",
        change_url="#",
    ),
    Fact(label="Nơi ở", value="12/5 Lê Lợi\nPhường Sài Gòn", change_url="#"),
)

FACTS = (
    Fact(label="Thủ tục", value="Đăng ký khai sinh", url="#"),
    Fact(label="Người nộp", value="Nguyễn Thị Ánh Tuyết", note="•••••••••001"),
    Fact(label="Lệ phí", value="75.000 ₫, đã trả"),
)

TASK_LIST = (
    ListedTask(label="Thông tin của trẻ", url="#", state=Chip(label="Xong", tone=Tone.OK)),
    ListedTask(
        label="Giấy tờ cần có",
        url="#",
        help="Còn thiếu giấy chứng sinh",
        state=Chip(label="Chưa xong", tone=Tone.TURN),
    ),
    ListedTask(label="Xem lại và nộp", state=Chip(label="Chưa làm được")),
)

DEAD = DeadJob(
    id="1",
    name="dossiers.submitted → notify",
    subject=CODE,
    failed="14:02, 23/11/2026",
    attempts=8,
    reason="NeighbourDown: bank không trả lời sau 10 giây",
    retry_url="#",
    drop_url="#",
)

VERIFIED = (
    Verified(
        status="valid",
        title="Giấy tờ này còn giá trị",
        text="Nội dung không bị sửa từ khi ký. Chữ ký thuộc về đơn vị nêu dưới đây.",
        facts=(
            Fact(label="Giấy tờ", value="Giấy khai sinh"),
            Fact(label="Người ký", value="Đỗ Thanh Vân"),
            Fact(label="Ký lúc", value="16:10, 20/11/2026"),
        ),
    ),
    Verified(
        status="altered",
        title="Tệp này đã bị sửa",
        text="Nội dung khác với bản đã ký. Bạn không dùng tệp này.",
    ),
    Verified(
        status="revoked",
        title="Giấy tờ này đã bị thu hồi",
        text="Đơn vị ký đã thu hồi lúc 9:00, 22/11/2026 vì ghi sai ngày sinh.",
    ),
    Verified(
        status="unknown",
        title="Không tìm thấy mã này",
        text="Mã không có trong sổ cấp giấy tờ. Bạn kiểm tra lại mã in trên giấy.",
    ),
)
