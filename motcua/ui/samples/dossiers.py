"""Mẫu hồ sơ: the river, the deadline, tasks and a conversation."""

from datetime import date

from motcua.ui.calendar import due_days
from motcua.ui.parts import (
    Action,
    Chip,
    Compose,
    Confirmation,
    Due,
    Message,
    RiverStep,
    Task,
    Tone,
    WorkGroup,
    WorkItem,
)
from motcua.ui.samples.basics import ALERTS, CHIPS, CODE, FACTS, FILES

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
        files=(FILES[0],),
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
