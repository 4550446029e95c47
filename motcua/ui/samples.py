"""Mẫu: the values the gallery shows, one for every state of every part. All people are invented."""

from datetime import date

from motcua.ui.calendar import due_days
from motcua.ui.parts import (
    Action,
    Alert,
    Bar,
    BarChart,
    Cell,
    Chip,
    Compose,
    Confirmation,
    Crumb,
    DeadJob,
    Due,
    Empty,
    Export,
    Fact,
    FieldError,
    FileRow,
    GroupRow,
    Kpi,
    LineChart,
    ListedTask,
    Message,
    NavItem,
    Option,
    Pager,
    Point,
    QuestionView,
    RiverStep,
    Table,
    Task,
    Tone,
    Verified,
    WorkGroup,
    WorkItem,
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
        text="Ông Lê Quốc Bảo sẽ đến lúc 9:00, thứ Ba 24/11. Cần có người lớn ở nhà khoảng 30 phút.",
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

ERRORS = (
    FieldError(text="Bạn chưa điền: Họ và tên trẻ.", field="child_full_name"),
    FieldError(text="Ngày này chưa tới. Bạn xem lại.", field="child_born_on"),
)

_SEX = (Option(value="nam", label="Nam"), Option(value="nu", label="Nữ"))
_WARDS = (
    Option(value="26740", label="Phường Sài Gòn"),
    Option(value="26743", label="Phường Bến Thành"),
    Option(value="26752", label="Phường Cầu Ông Lãnh"),
)
_MANY = tuple(Option(value=str(n), label=f"Dân tộc thứ {n}") for n in range(1, 12))

QUESTIONS = (
    QuestionView(
        key="full_name",
        label="Họ và tên",
        type="person_name",
        value="Nguyễn Thị Ánh Tuyết",
        source="Lấy từ CSDL dân cư lúc 9:00, 24/11/2026",
        autocomplete="name",
    ),
    QuestionView(
        key="child_full_name",
        label="Họ và tên trẻ",
        type="person_name",
        help="Viết đủ dấu, như muốn ghi trong giấy khai sinh.",
        example="Lê Minh An",
        error="Bạn chưa điền: Họ và tên trẻ.",
    ),
    QuestionView(
        key="personal_number",
        label="Số định danh cá nhân",
        type="personal_number",
        value="079190999001",
        help="12 số trên thẻ căn cước.",
    ),
    QuestionView(
        key="phone", label="Số điện thoại", type="phone", value="0900 000 001", autocomplete="tel"
    ),
    QuestionView(
        key="email",
        label="Địa chỉ thư điện tử",
        type="email",
        required=False,
        example="ten@example.vn",
    ),
    QuestionView(key="area", label="Diện tích đất", type="number", value="62,8", unit="m²"),
    QuestionView(key="capital", label="Vốn kinh doanh", type="money", value="50.000.000"),
    QuestionView(
        key="reason", label="Lý do", type="long_text", value="Xin cấp lại vì bản cũ bị rách."
    ),
    QuestionView(
        key="child_born_on",
        label="Ngày sinh của trẻ",
        type="date",
        parts=(("day", "31"), ("month", "12"), ("year", "2027")),
        example="5 3 2026",
        error="Ngày này chưa tới. Bạn xem lại.",
    ),
    QuestionView(key="sex", label="Giới tính", type="choice", value="nam", options=_SEX),
    QuestionView(key="ethnicity", label="Dân tộc", type="choice", value="3", options=_MANY),
    QuestionView(
        key="copies",
        label="Nhận kết quả bằng cách nào?",
        type="multi_choice",
        values=("dien_tu",),
        options=(
            Option(value="dien_tu", label="Bản điện tử", help="Vào Ví giấy tờ ngay khi ký."),
            Option(value="buu_dien", label="Bản giấy qua bưu điện", help="2 đến 3 ngày."),
        ),
    ),
    QuestionView(key="married", label="Cha mẹ đã đăng ký kết hôn?", type="yes_no", value="yes"),
    QuestionView(
        key="home",
        label="Nơi ở hiện tại",
        type="address",
        parts=(("ward", "26740"), ("street", "12/5 Lê Lợi")),
        options=_WARDS,
    ),
    QuestionView(
        key="truth",
        label="Những điều tôi khai là đúng sự thật và tôi chịu trách nhiệm về lời khai.",
        type="declaration",
    ),
    QuestionView(
        key="people",
        label="Người cùng đăng ký",
        type="group",
        rows=(
            GroupRow(
                title="Người 1",
                remove_value="people.0",
                questions=(
                    QuestionView(
                        key="people.0.name",
                        label="Họ và tên",
                        type="person_name",
                        value="Lê Minh Khoa",
                    ),
                ),
            ),
            GroupRow(
                title="Người 2",
                remove_value="people.1",
                questions=(
                    QuestionView(key="people.1.name", label="Họ và tên", type="person_name"),
                ),
            ),
        ),
        add_label="Thêm người",
    ),
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

RIVER = (
    RiverStep(
        title="Tiếp nhận",
        state="done",
        note="8:42, thứ Hai 09/11 · bà Trần Minh Khuê, Phường Bến Thành",
    ),
    RiverStep(
        title="Kiểm tra giấy tờ",
        state="done",
        note="Xong 18/11. Phường đã hỏi bạn một lần.",
        details_title="Xem điều phường đã hỏi",
        details="Bản vẽ chưa có mặt cắt móng. Bạn gửi thêm trang này.",
    ),
    RiverStep(
        title="Thẩm định và xem hiện trạng",
        state="turn",
        text="Việc tiếp theo: xem nhà ngày 24/11.",
        chip=Chip(label="đang làm", tone=Tone.TURN),
    ),
    RiverStep(
        title="Lãnh đạo phường ký", state="next", note="Dự kiến 30/11. Bạn không cần có mặt."
    ),
    RiverStep(title="Trả kết quả", state="next", note="Trước 16:30, thứ Tư 02/12."),
)

RIVER_WAITING = (
    RiverStep(title="Tiếp nhận", state="done", note="0,2 ngày"),
    RiverStep(title="Xin ý kiến", state="skipped", note="không cần"),
    RiverStep(title="Thẩm định", state="now", note="2/6 ngày"),
    RiverStep(title="Ký", state="next", note="2 ngày"),
)


def due() -> Due:
    received, promised, today = date(2026, 11, 9), date(2026, 12, 2), date(2026, 11, 23)
    paused = (date(2026, 11, 17), date(2026, 11, 18))
    return Due(
        due="Thứ Tư, 02/12/2026",
        state=Chip(label="Đúng tiến độ", tone=Tone.OK, icon="circle-check"),
        remaining="còn 7 ngày làm việc",
        days=due_days(
            received, promised, today=today, is_working=lambda on: on.weekday() < 5, paused=paused
        ),
        days_label="Lịch xử lý: nhận 09/11, dừng 17 và 18/11, hôm nay 23/11, hẹn 02/12",
        question="Vì sao là 02/12?",
        explanation=(
            "15 ngày làm việc, tính từ 10/11, không tính thứ Bảy, Chủ nhật.",
            "Cộng 2 ngày (17 và 18/11): đồng hồ dừng khi phường chờ bạn gửi thêm giấy tờ.",
            "Nếu trễ, phường gửi thư xin lỗi và hẹn lại ngày. Bạn không phải đi hỏi.",
        ),
    )


TASKS = (
    Task(
        title="Xác nhận lịch xem nhà: 9:00, thứ Ba 24/11",
        url="#",
        chip=CHIPS[2],
        when="trước 17:00 hôm nay",
        text="Giấy phép xây dựng nhà ở riêng lẻ · bước 3/5 · hẹn trả 02/12",
        step=3,
        steps=5,
        actions=ALERTS[0].actions,
    ),
    Task(
        title="Giấy xác nhận tình trạng hôn nhân",
        url="#",
        chip=CHIPS[1],
        when="còn 2 ngày làm việc",
        text="Bạn không cần làm gì. Phường đang hỏi nơi bạn từng đăng ký thường trú.",
        step=2,
        steps=3,
    ),
    Task(
        title="Giấy khai sinh của Lê Minh An (bản điện tử)",
        url="#",
        chip=Chip(label="Có kết quả", tone=Tone.OK, icon="circle-check"),
        when="20/11/2026",
        actions=(Action(label="Tải về", url="#", icon="download"),),
    ),
)

WORK = (
    WorkGroup(
        title="Quá hạn",
        tone=Tone.LATE,
        count="1",
        items=(
            WorkItem(
                key="17",
                title="Lê Minh Khoa",
                url="#",
                text="Hoàn công nhà ở · 0000017 · Thẩm định",
                due="trễ 2 ngày",
                late=True,
                icons=(("landmark", "nộp tại quầy"),),
            ),
        ),
    ),
    WorkGroup(
        title="Hạn hôm nay",
        tone=Tone.TURN,
        count="1",
        items=(
            WorkItem(
                key="44",
                title="Nguyễn Thị Ánh Tuyết",
                url="#",
                text="Sửa chữa nhà ở · 0000044 · Trình ký",
                due="còn 2 giờ",
                current=True,
                icons=(
                    ("message-square-text", "có tin nhắn mới"),
                    ("smartphone", "nộp qua ứng dụng"),
                ),
            ),
        ),
    ),
    WorkGroup(
        title="Đồng hồ dừng, chờ dân",
        count="1",
        items=(
            WorkItem(
                key="49",
                title="Hộ kinh doanh Ba Lành",
                url="#",
                text="Biển hiệu · 0000049 · Chờ bổ sung 1 giấy tờ",
                due="dừng 1 ngày",
            ),
        ),
    ),
)

THREAD = (
    Message(
        author="Ông Lê Quốc Bảo",
        when="10:05 hôm nay",
        text="Tôi đề nghị xem nhà 9:00 ngày 24/11. Bạn bấm xác nhận giúp.",
    ),
    Message(
        author="Bạn",
        when="20:15, 18/11",
        text="Tôi gửi thêm trang mặt cắt móng.",
        mine=True,
        files=(FILES[1],),
    ),
    Message(
        author="Một Cửa",
        when="20:16, 18/11",
        text="Đồng hồ chạy lại. Ngày hẹn mới: 02/12.",
        system=True,
    ),
)
COMPOSE = Compose(url="#", files=True)

CONFIRMATION = Confirmation(
    title="Đã nộp hồ sơ",
    code=CODE,
    text="Bạn giữ mã này để tra cứu.",
    qr=f"https://motcua.example.vn/tra-cuu?ma={CODE}",
    facts=FACTS,
    next_steps=(
        "Phường trả lời đã nhận chưa trong 1 ngày làm việc.",
        "Nếu cần thêm giấy tờ, phường hỏi bạn một lần, ở mục Việc của tôi.",
    ),
    actions=(
        Action(label="Theo dõi hồ sơ", url="#", kind="primary"),
        Action(label="In giấy này", url="#", icon="printer"),
    ),
)

KPIS = (
    Kpi(
        label="Trả đúng hạn, 30 ngày",
        value="96,4",
        unit="%",
        change="1,1 điểm",
        rising=True,
        note="so với kỳ trước · mục tiêu 98%",
        lead=True,
        url="#",
    ),
    Kpi(
        label="Đang quá hạn",
        value="1.204",
        change="312",
        rising=False,
        note="so với tuần trước",
        bad=True,
        url="#",
    ),
    Kpi(
        label="Chưa tiếp nhận quá 1 ngày",
        value="486",
        change="57",
        rising=True,
        better=False,
        note="so với hôm qua",
        bad=True,
        url="#",
    ),
    Kpi(label="Tiếp nhận hôm nay", value="10.482", note="78% trực tuyến"),
    Kpi(label="Người dân chấm điểm", value="4,5", unit="/5", note="12.310 lượt trong 30 ngày"),
)

BARS = BarChart(
    title="Phường Thường Tân trễ nhiều nhất",
    label_head="Phường, xã",
    value_head="Trễ hạn",
    bars=(
        Bar(label="Xã Thường Tân", value=10.1, text="10,1%", tone=Tone.LATE, url="#"),
        Bar(label="Phường Cầu Ông Lãnh", value=8.6, text="8,6%", tone=Tone.LATE, url="#"),
        Bar(label="Phường Bến Thành", value=2.1, text="2,1%", url="#"),
        Bar(label="Phường Sài Gòn", value=0.4, text="0,4%", tone=Tone.OK, url="#"),
    ),
    note="Số liệu minh họa.",
)

_TREND = (94.2, 94.4, 94.1, 94.6, 95.0, 95.3, 92.8, 92.7, 95.1, 95.6, 96.0, 96.4, 96.2, 96.4)
LINE = LineChart(
    title="Đúng hạn đang tăng, chưa chạm mục tiêu",
    label_head="Ngày",
    value_head="Đúng hạn",
    before_head="Kỳ trước",
    target=98,
    target_text="mục tiêu 98%",
    low=90,
    high=100,
    points=tuple(
        Point(
            label=f"{number + 10:02}/11",
            value=value,
            text=f"{value:.1f}%".replace(".", ","),
            before=93 + number % 3 * 0.5,
            before_text=f"{93 + number % 3 * 0.5:.1f}%".replace(".", ","),
            event="mất kết nối" if number == 6 else "",
        )
        for number, value in enumerate(_TREND)
    ),
    note="Số liệu minh họa.",
)

TABLE = Table(
    caption="Hồ sơ theo phường, 30 ngày",
    heads=(
        ("Phường, xã", False),
        ("Tiếp nhận", True),
        ("Đúng hạn", True),
        ("Quá hạn", True),
        ("Giao việc", False),
    ),
    rows=(
        (
            Cell(text="Phường Sài Gòn", url="#"),
            Cell(text="1.204", number=True),
            Cell(text="1.200", number=True),
            Cell(text="4", number=True),
            Cell(text="", chip=Chip(label="chưa giao việc", tone=Tone.LATE)),
        ),
        (
            Cell(text="Phường Bến Thành", url="#"),
            Cell(text="986", number=True),
            Cell(text="980", number=True),
            Cell(text="6", number=True),
            Cell(text="", chip=Chip(label="đã giao 20/11", tone=Tone.GO)),
        ),
    ),
    total=(
        Cell(text="Cộng"),
        Cell(text="2.190", number=True),
        Cell(text="2.180", number=True),
        Cell(text="10", number=True),
        Cell(text=""),
    ),
    export=Export(formats=(("CSV", "#"), ("JSON", "#")), note="số liệu lúc 14:20"),
    pager=Pager(newer_url="#", older_url="#", note="50 dòng mỗi trang"),
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
