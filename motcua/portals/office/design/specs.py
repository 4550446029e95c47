"""Ô nhập của từng phần: which words and numbers each part of a procedure is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from motcua.contexts.casework.contracts import ActionKind, Seat, Silence, StepClock
from motcua.contexts.dossiers.contracts.words import STATUS_NAMES, NationalStatus
from motcua.contexts.procedures.contracts import (
    ComponentForm,
    FeeKind,
    FeeRule,
    FeeWhen,
    Online,
    PartialReason,
    TimeUnit,
)
from motcua.kernel.actors import ROLE_NAMES, Role
from motcua.kernel.forms import FieldType

Choices = tuple[tuple[str, str], ...]
KINDS = {
    ActionKind.MOVE: "Chuyển bước sau",
    ActionKind.ASSIGN: "Giao cho một người",
    ActionKind.RETURN: "Trả lại bước trước",
    ActionKind.SUPPLEMENT: "Hỏi người nộp gửi thêm (đồng hồ dừng)",
    ActionKind.OBLIGATION: "Chờ người nộp trả tiền (đồng hồ dừng)",
    ActionKind.CONSULT: "Hỏi ý kiến đơn vị khác",
    ActionKind.DECLINE: "Chưa tiếp nhận, kết thúc",
    ActionKind.STOP: "Dừng giải quyết, kết thúc",
    ActionKind.SIGN: "Ký",
    ActionKind.ISSUE: "Phát hành kết quả (đồng hồ hết)",
    ActionKind.RETURN_RESULT: "Trả kết quả, kết thúc",
}
SEATS = {
    Seat.RECEIVING: "Bộ phận tiếp nhận",
    Seat.DIVISION: "Phòng chuyên môn",
    Seat.AUTHORITY: "Cơ quan có thẩm quyền",
    Seat.RETURNING: "Bộ phận trả kết quả",
}
WORKERS = (
    Role.RECEIVER,
    Role.CASE_OFFICER,
    Role.DIVISION_HEAD,
    Role.SIGNER,
    Role.CLERK,
    Role.FEE_COLLECTOR,
    Role.RETURNER,
)
CLOCKS = {
    StepClock.RECEIVING: "Đồng hồ tiếp nhận (8 giờ làm việc)",
    StepClock.RUNS: "Đồng hồ giải quyết chạy",
    StepClock.ENDED: "Đồng hồ đã hết, kết quả đã có",
}
SILENCES = {Silence.CONSENT: "Coi như đồng ý", Silence.NO_OPINION: "Coi như không có ý kiến"}
TYPES = {
    FieldType.TEXT: "Một dòng chữ",
    FieldType.LONG_TEXT: "Nhiều dòng chữ",
    FieldType.NUMBER: "Số",
    FieldType.MONEY: "Số tiền",
    FieldType.DATE: "Ngày",
    FieldType.YES_NO: "Có hoặc không",
    FieldType.CHOICE: "Chọn một",
    FieldType.MULTI_CHOICE: "Chọn nhiều",
    FieldType.PERSONAL_NUMBER: "Số định danh",
    FieldType.PHONE: "Điện thoại",
    FieldType.EMAIL: "Thư điện tử",
    FieldType.PERSON_NAME: "Họ và tên",
    FieldType.ADDRESS: "Địa chỉ",
    FieldType.DECLARATION: "Cam đoan",
    FieldType.MAP_POINT: "Điểm trên bản đồ",
    FieldType.SIGNATURE: "Chữ ký",
    FieldType.GROUP: "Nhóm lặp lại",
}
UNITS = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.HOUR: "giờ làm việc",
    TimeUnit.CALENDAR_DAY: "ngày",
    TimeUnit.MONTH: "tháng",
    TimeUnit.SAME_DAY_15H: "trong ngày, nhận sau 15 giờ thì hôm sau",
    TimeUnit.RULE_TEXT: "chỉ có lời",
}
CHANNELS = (
    ("ALL", "Mọi kênh"),
    ("ONLINE", "Trên mạng"),
    ("COUNTER", "Tại quầy"),
    ("POSTAL", "Bưu chính"),
)
FORMS = {
    ComponentForm.ELECTRONIC: "Bản điện tử",
    ComponentForm.COPY: "Bản sao",
    ComponentForm.ORIGINAL: "Bản chính",
}
REGISTERS = (
    ("population", "Cơ sở dữ liệu dân cư"),
    ("civil_status", "Hộ tịch"),
    ("land", "Đất đai"),
    ("welfare", "An sinh xã hội"),
    ("education", "Giáo dục"),
)
PREFILLS = (
    ("population.full_name", "Dân cư: họ và tên"),
    ("population.personal_number", "Dân cư: số định danh"),
    ("population.born_on", "Dân cư: ngày sinh"),
    ("population.sex", "Dân cư: giới tính"),
    ("population.nationality", "Dân cư: quốc tịch"),
    ("population.ethnicity", "Dân cư: dân tộc"),
    ("population.religion", "Dân cư: tôn giáo"),
    ("population.permanent_address", "Dân cư: nơi thường trú"),
    ("population.current_address", "Dân cư: nơi ở hiện tại"),
    ("population.place_of_origin", "Dân cư: quê quán"),
    ("population.marital_status", "Dân cư: tình trạng hôn nhân"),
    ("account.phone", "Tài khoản: điện thoại"),
    ("account.email", "Tài khoản: thư điện tử"),
    ("organisation.full_name", "Doanh nghiệp: tên"),
    ("organisation.tax_code", "Doanh nghiệp: mã số thuế"),
    ("organisation.representative", "Doanh nghiệp: người đại diện"),
    ("organisation.current_address", "Doanh nghiệp: trụ sở"),
)
FEE_KINDS = {
    FeeKind.PHI: "Phí",
    FeeKind.LE_PHI: "Lệ phí",
    FeeKind.LAND_DUTY: "Nghĩa vụ tài chính về đất",
    FeeKind.TAX: "Thuế",
    FeeKind.POST: "Cước bưu chính",
    FeeKind.OTHER: "Khoản khác",
}
FEE_RULES = {
    FeeRule.FREE: "Miễn phí",
    FeeRule.FIXED: "Một mức",
    FeeRule.PER_PAGE: "Theo trang",
    FeeRule.PER_COPY: "Theo bản",
    FeeRule.HDND_TABLE: "Theo nghị quyết của Hội đồng nhân dân",
    FeeRule.TEXT: "Chỉ có lời",
}
FEE_WHENS = {
    FeeWhen.RECEPTION: "Khi nộp",
    FeeWhen.SUPPLEMENT: "Khi được báo",
    FeeWhen.RETURN: "Khi nhận kết quả",
}
ONLINES = {
    Online.FULL: "Toàn trình",
    Online.PARTIAL: "Một phần",
    Online.INFO_ONLY: "Chỉ thông tin",
    Online.NONE: "Không trực tuyến",
}
REASONS = {
    PartialReason.PRESENCE: "Phải có mặt",
    PartialReason.FIELD_CHECK: "Phải xem thực địa",
    PartialReason.INCIDENT: "Sự cố",
    PartialReason.TECHNICAL: "Kỹ thuật",
}


class Input(StrEnum):
    """How a value is typed, and what it becomes."""

    TEXT = "text"
    LONG = "long_text"
    NUMBER = "number"
    WHOLE = "whole"
    CHOICE = "choice"
    NUMBERED = "numbered"  # a choice stored as a number
    YES = "yes_no"
    LINES = "lines"
    OPTIONS = "options"
    DAY = "day"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One input. choices: fixed ones, or made from the table of the draft."""

    name: str
    label: str
    input: Input = Input.TEXT
    help: str = ""
    choices: Choices | Callable[[Mapping[str, Any]], Choices] = ()
    required: bool = False
    default: str = ""


def _said(words: Mapping[Any, str]) -> Choices:
    return tuple((str(getattr(key, "value", key)), said) for key, said in words.items())


def _steps(table: Mapping[str, Any]) -> Choices:
    steps = table.get("process", {}).get("step", ())
    return tuple((step["key"], step.get("name", step["key"])) for step in steps)


def _papers(table: Mapping[str, Any]) -> Choices:
    return tuple((one["key"], one.get("name", "")) for one in table.get("component", ()))


T, L = Input.TEXT, Input.LONG
KEY = Field(
    name="key",
    label="Mã",
    help="Chữ thường không dấu, số, gạch dưới. Sau này không đổi được.",
    required=True,
)
SHOW_IF = Field(name="show_if", label="Chỉ hiện khi", input=Input.CONDITION)
APPLIES_IF = Field(name="applies_if", label="Chỉ áp dụng khi", input=Input.CONDITION)
VERIFIED = Field(name="verified", label="Đã đối chiếu với văn bản", input=Input.YES, default="no")
SPECS: dict[str, tuple[Field, ...]] = {
    "step": (
        Field(name="name", label="Tên bước, cho cán bộ", required=True),
        Field(
            name="seat", label="Đơn vị làm", input=Input.CHOICE, choices=_said(SEATS), required=True
        ),
        Field(
            name="role",
            label="Chức danh",
            input=Input.CHOICE,
            choices=tuple((role.value, ROLE_NAMES[role]) for role in WORKERS),
            required=True,
        ),
        Field(name="hours", label="Giờ làm việc", input=Input.NUMBER, required=True),
        Field(
            name="clock",
            label="Quy tắc đồng hồ",
            input=Input.CHOICE,
            choices=_said(CLOCKS),
            required=True,
        ),
        Field(name="citizen_name", label="Tên người dân thấy", required=True),
        Field(name="citizen_name_en", label="Tên người dân thấy, tiếng Anh", required=True),
        Field(name="citizen_text", label="Người dân thấy gì", input=L, required=True),
        Field(name="citizen_text_en", label="Người dân thấy gì, tiếng Anh", input=L, required=True),
        Field(name="citizen_do", label="Người dân cần làm gì", input=L, required=True),
        Field(
            name="citizen_do_en", label="Người dân cần làm gì, tiếng Anh", input=L, required=True
        ),
        Field(
            name="message",
            label="Tin nhắn khi hồ sơ tới bước này",
            input=L,
            required=True,
            help="Gửi khi bước trước chuyển tới. Tiếp nhận và kết quả có tin riêng của thành phố.",
        ),
        Field(name="message_en", label="Tin nhắn, tiếng Anh", input=L, required=True),
        Field(
            name="visit",
            label="Điều cần xem khi xác minh thực địa",
            input=L,
            help="Mỗi dòng một điều. Để trống khi bước này không cần tới nơi.",
        ),
    ),
    "action": (
        Field(name="label", label="Chữ trên nút", required=True),
        Field(
            name="kind",
            label="Làm gì với hồ sơ",
            input=Input.CHOICE,
            choices=_said(KINDS),
            required=True,
        ),
        Field(name="to", label="Tới bước", input=Input.CHOICE, choices=_steps),
        Field(
            name="status",
            label="Trạng thái quốc gia sau đó",
            input=Input.NUMBERED,
            choices=tuple((str(int(s)), STATUS_NAMES[s]) for s in NationalStatus),
        ),
        Field(name="units", label="Đơn vị được hỏi ý kiến, mỗi dòng một mã", input=Input.LINES),
        Field(name="answer_hours", label="Giờ làm việc để trả lời", input=Input.NUMBER),
        Field(
            name="silence",
            label="Hết giờ không trả lời",
            input=Input.CHOICE,
            choices=_said(SILENCES),
        ),
        Field(
            name="silence_law",
            label="Căn cứ cho «không trả lời là đồng ý»",
            help="Văn bản, điều, khoản. Để trống thì trang nói là chưa có căn cứ luật.",
        ),
    ),
    "page": (
        Field(name="title", label="Tiêu đề", required=True),
        Field(name="title_en", label="Tiêu đề, tiếng Anh", required=True),
        Field(name="help", label="Giải thích", input=L),
        Field(name="help_en", label="Giải thích, tiếng Anh", input=L),
        SHOW_IF,
    ),
    "question": (
        Field(name="label", label="Câu hỏi", required=True),
        Field(name="label_en", label="Câu hỏi, tiếng Anh", required=True),
        Field(
            name="type",
            label="Kiểu trả lời",
            input=Input.CHOICE,
            choices=_said(TYPES),
            required=True,
        ),
        Field(name="required", label="Bắt buộc", input=Input.YES, default="yes"),
        Field(name="help", label="Giải thích", input=L),
        Field(name="help_en", label="Giải thích, tiếng Anh", input=L),
        Field(name="example", label="Ví dụ"),
        Field(
            name="options",
            label="Lựa chọn",
            input=Input.OPTIONS,
            help="Mỗi dòng một lựa chọn: mã | lời | lời tiếng Anh.",
        ),
        Field(name="prefill", label="Điền sẵn từ", input=Input.CHOICE, choices=PREFILLS),
        Field(name="evidence", label="Thay cho giấy tờ", input=Input.CHOICE, choices=_papers),
        Field(name="legal", label="Căn cứ"),
        SHOW_IF,
    ),
    "component": (
        Field(name="name", label="Tên giấy tờ", input=L, required=True),
        Field(name="name_en", label="Tên giấy tờ, tiếng Anh"),
        Field(name="required", label="Bắt buộc", input=Input.YES, default="yes"),
        Field(
            name="form",
            label="Hình thức",
            input=Input.CHOICE,
            choices=_said(FORMS),
            default=ComponentForm.ELECTRONIC.value,
        ),
        Field(
            name="replaced_by", label="Cơ sở dữ liệu đã có", input=Input.CHOICE, choices=REGISTERS
        ),
        Field(name="filled_here", label="Điền ngay tại đây", input=Input.YES, default="no"),
        Field(name="originals", label="Số bản chính", input=Input.WHOLE),
        Field(name="copies", label="Số bản sao", input=Input.WHOLE),
        Field(name="note", label="Ghi chú", input=L),
        APPLIES_IF,
    ),
    "fee": (
        Field(
            name="kind", label="Loại", input=Input.CHOICE, choices=_said(FEE_KINDS), required=True
        ),
        Field(
            name="rule",
            label="Cách tính",
            input=Input.CHOICE,
            choices=_said(FEE_RULES),
            required=True,
        ),
        Field(name="label", label="Tên khoản"),
        Field(name="amount", label="Mức thu, đồng", input=Input.WHOLE),
        Field(name="channel", label="Kênh", input=Input.CHOICE, choices=CHANNELS, default="ALL"),
        Field(name="case", label="Trường hợp"),
        Field(
            name="when",
            label="Khi nào",
            input=Input.NUMBERED,
            choices=tuple((str(int(k)), v) for k, v in FEE_WHENS.items()),
            default="1",
        ),
        Field(name="text", label="Lời", input=L),
        VERIFIED,
        APPLIES_IF,
    ),
    "duration": (
        Field(name="channel", label="Kênh", input=Input.CHOICE, choices=CHANNELS, default="ALL"),
        Field(
            name="unit",
            label="Đơn vị tính",
            input=Input.CHOICE,
            choices=_said(UNITS),
            required=True,
        ),
        Field(name="value", label="Số", input=Input.NUMBER),
        Field(name="case", label="Trường hợp"),
        Field(name="text", label="Lời", input=L),
        Field(
            name="restart", label="Gửi thêm xong thì tính lại từ đầu", input=Input.YES, default="no"
        ),
        Field(name="valid_from", label="Từ ngày (năm-tháng-ngày)", input=Input.DAY),
        Field(name="valid_to", label="Đến trước ngày (năm-tháng-ngày)", input=Input.DAY),
        VERIFIED,
        APPLIES_IF,
    ),
    "legal": (
        Field(name="document", label="Văn bản", required=True),
        Field(name="title", label="Trích yếu"),
        Field(name="article", label="Điều, khoản"),
        VERIFIED,
    ),
    "retention": (
        Field(
            name="of",
            label="Của",
            input=Input.CHOICE,
            choices=(("DOSSIER", "Hồ sơ"), ("RESULT", "Kết quả")),
            required=True,
        ),
        Field(
            name="years",
            label="Số năm",
            input=Input.WHOLE,
            help="Để trống nếu giữ vĩnh viễn. Bản mới không rút ngắn hạn của hồ sơ đã đóng.",
        ),
        Field(
            name="counted_from",
            label="Tính từ",
            input=Input.CHOICE,
            choices=(
                ("ENDED", "Ngày kết thúc hồ sơ"),
                ("ISSUED", "Ngày cấp kết quả cuối"),
                ("YEAR_END", "Hết năm kết thúc hồ sơ"),
            ),
            default="ENDED",
        ),
        Field(name="law", label="Căn cứ", required=True),
        Field(name="mark", label="Độ tin (S…, K-h, K-m, K-l)"),
        VERIFIED,
    ),
    "head": (
        Field(name="name", label="Tên thủ tục", input=L, required=True),
        Field(name="name_en", label="Tên tiếng Anh", input=L, required=True),
        Field(
            name="online",
            label="Mức độ trực tuyến",
            input=Input.CHOICE,
            choices=_said(ONLINES),
            required=True,
        ),
        Field(
            name="partial_reason",
            label="Vì sao chỉ một phần",
            input=Input.CHOICE,
            choices=_said(REASONS),
        ),
        Field(name="description", label="Mô tả", input=L),
        Field(name="conditions", label="Yêu cầu, điều kiện", input=L),
        Field(name="keywords", label="Từ người dân dùng, mỗi dòng một từ", input=Input.LINES),
        Field(name="decision", label="Quyết định công bố"),
    ),
    "texts": (
        Field(name="for_whom", label="Dành cho ai", input=L, required=True),
        Field(
            name="before_you_start", label="Trước khi bắt đầu, mỗi dòng một ý", input=Input.LINES
        ),
        Field(name="steps", label="Các bước, mỗi dòng một bước", input=Input.LINES, required=True),
        Field(name="result", label="Kết quả", input=L),
    ),
}


def spec_of(path: tuple[str, ...]) -> tuple[Field, ...]:
    """The inputs of the part that a path names."""
    if not path:
        return SPECS["head"]
    if path[0] == "texts":
        return SPECS["texts"]
    return SPECS.get(path[-2], ()) if len(path) > 1 else ()
