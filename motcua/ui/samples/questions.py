"""Mẫu câu hỏi: every type of answer, filled in, wrong or empty."""

from motcua.kernel.forms import MapPoint
from motcua.ui.maps import small_map
from motcua.ui.parts import FieldError, GroupRow, Landmark, Option, QuestionView

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

_NEAR = (
    Landmark(name="Sài Gòn", lat=10.7797, lng=106.7019),
    Landmark(name="Bến Thành", lat=10.7727, lng=106.6943),
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
        key="old_home",
        label="Nơi ở trước đây",
        type="address",
        parts=(("old", "phường Bến Nghé, quận 1"), ("became", "26740:26740")),
        options=_WARDS,
        became=(
            Option(
                value="26740:26740", label="Phường Sài Gòn", help="Trước là Phường Bến Nghé, Quận 1"
            ),
        ),
    ),
    QuestionView(
        key="place",
        label="Vị trí thửa đất",
        type="map_point",
        value="10.77690, 106.70090",
        map=small_map(MapPoint(lat=10.7769, lng=106.7009), landmarks=_NEAR),
    ),
    QuestionView(
        key="signed",
        label="Chữ ký của người khai",
        type="signature",
        parts=(("name", "Nguyễn Thị Ánh Tuyết"),),
        image_url="#g-hoi",
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
