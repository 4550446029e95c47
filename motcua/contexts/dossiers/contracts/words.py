"""Trạng thái, nguồn, hình thức: the words that dossiers are told in."""

from enum import IntEnum, StrEnum


class NationalStatus(IntEnum):
    """Trạng thái hồ sơ: the ten states synchronised with the national portal (facts 1.4)."""

    REGISTERED = 1
    RECEIVED = 2
    NOT_RECEIVED = 3
    IN_PROCESS = 4
    SUPPLEMENT_ASKED = 5
    OBLIGATION_ASKED = 6
    WITHDRAWAL_ASKED = 7
    STOPPED = 8
    DONE = 9
    RETURNED = 10


STATUS_NAMES: dict[NationalStatus, str] = {
    NationalStatus.REGISTERED: "Mới đăng ký",
    NationalStatus.RECEIVED: "Được tiếp nhận",
    NationalStatus.NOT_RECEIVED: "Không được tiếp nhận",
    NationalStatus.IN_PROCESS: "Đang xử lý",
    NationalStatus.SUPPLEMENT_ASKED: "Yêu cầu bổ sung giấy tờ",
    NationalStatus.OBLIGATION_ASKED: "Yêu cầu thực hiện nghĩa vụ tài chính",
    NationalStatus.WITHDRAWAL_ASKED: "Công dân yêu cầu rút hồ sơ",
    NationalStatus.STOPPED: "Dừng xử lý",
    NationalStatus.DONE: "Đã xử lý xong",
    NationalStatus.RETURNED: "Đã trả kết quả",
}


# The same, in the words of ux 14, for the people who wait.
PLAIN_STATUS: dict[NationalStatus, str] = {
    NationalStatus.REGISTERED: "Đã nộp, chờ tiếp nhận",
    NationalStatus.RECEIVED: "Đã tiếp nhận",
    NationalStatus.NOT_RECEIVED: "Chưa tiếp nhận được",
    NationalStatus.IN_PROCESS: "Đang xử lý",
    NationalStatus.SUPPLEMENT_ASKED: "Cần bạn gửi thêm",
    NationalStatus.OBLIGATION_ASKED: "Cần bạn trả phí, thuế",
    NationalStatus.WITHDRAWAL_ASKED: "Bạn đã xin rút",
    NationalStatus.STOPPED: "Đã dừng",
    NationalStatus.DONE: "Có kết quả",
    NationalStatus.RETURNED: "Đã trả kết quả",
}


class Source(StrEnum):
    """Where a dossier came from."""

    NATIONAL_PORTAL = "NATIONAL_PORTAL"
    CITY_APP = "CITY_APP"
    COUNTER = "COUNTER"
    ASSISTED = "ASSISTED"
    POST = "POST"
    API = "API"


SOURCE_NAMES: dict[Source, str] = {
    Source.NATIONAL_PORTAL: "Cổng Dịch vụ công quốc gia",
    Source.CITY_APP: "Công dân số",
    Source.COUNTER: "Tại quầy",
    Source.ASSISTED: "Cán bộ nộp giúp",
    Source.POST: "Bưu chính",
    Source.API: "Hệ thống kết nối",
}


class Channel(IntEnum):
    """KenhThucHien of the national exchange."""

    COUNTER = 1
    ONLINE = 2
    POSTAL = 3


AT_DESK = frozenset({Source.COUNTER, Source.ASSISTED, Source.POST})
CHANNEL_OF: dict[Source, Channel] = {
    Source.NATIONAL_PORTAL: Channel.ONLINE,
    Source.CITY_APP: Channel.ONLINE,
    Source.API: Channel.ONLINE,
    Source.ASSISTED: Channel.ONLINE,
    Source.COUNTER: Channel.COUNTER,
    Source.POST: Channel.POSTAL,
}


class ReturnForm(StrEnum):
    """How the result reaches the applicant."""

    ELECTRONIC = "ELECTRONIC"
    COUNTER = "COUNTER"
    POST = "POST"


class PaperForm(IntEnum):
    """LoaiBan of the national exchange."""

    ORIGINAL = 0
    COPY = 1
    ELECTRONIC = 2


class PaperSource(StrEnum):
    UPLOADED = "UPLOADED"
    SCANNED = "SCANNED"  # at a desk; without a file the original was only shown
    HANDED_IN = "HANDED_IN"  # left at a desk on paper, without a file
    FROM_STORE = "FROM_STORE"
    FROM_DATABASE = "FROM_DATABASE"
    PRODUCED = "PRODUCED"  # the form filled here


class NotReusable(StrEnum):
    """Why a result is not handed in again."""

    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"


class PaperVerdict(StrEnum):
    NOT_CHECKED = "NOT_CHECKED"
    PASSED = "PASSED"
    FAILED = "FAILED"


class SupplementPhase(StrEnum):
    INTAKE = "INTAKE"
    PROCESSING = "PROCESSING"
