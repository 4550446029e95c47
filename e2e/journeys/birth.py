"""What is told and shown to register a birth: Lê Gia An, child of Tuyết and Khoa."""

from datetime import date, timedelta

from e2e.journeys.citizen import Citizen
from e2e.journeys.papers import a_scan
from motcua.kernel.clock import city_date, now

BIRTH = "1.001193"
BEN_THANH_DESK = "Trung tâm Phục vụ hành chính công phường Bến Thành"
PROOF = "Giấy chứng sinh"
TRUE = "Tôi cam đoan các thông tin trên là đúng và chịu trách nhiệm về lời cam đoan này."


def applies_for_birth(tuyet: Citizen, *, child: str = "Lê Gia An", copies: int = 0) -> None:
    """From the procedure's page to the check before sending."""
    tuyet.begins(BIRTH)
    tuyet.fills("Người yêu cầu", {"Số điện thoại": "0900 000 001", "Bạn là gì của trẻ": "Mẹ"})
    tells_of_the_child(tuyet, child=child)
    tuyet.fills(
        "Bản sao và cam đoan",
        {"Bạn cần thêm bao nhiêu bản sao trích lục": str(copies), TRUE: True},
    )
    tuyet.attaches({PROOF: a_scan("giay-chung-sinh.pdf")})


def tells_of_the_child(tuyet: Citizen, *, child: str) -> None:
    tuyet.fills(
        "Thông tin của trẻ",
        {
            "Họ, chữ đệm và tên của trẻ": child,
            "Giới tính": "Nữ",
            "Ngày sinh": born_on(),
            "Dân tộc": "Kinh",
            "Quốc tịch": "Việt Nam",
        },
    )
    tuyet.fills(
        "Nơi sinh",
        {
            "Trẻ sinh ở đâu": "Bệnh viện, trạm y tế, nhà hộ sinh",
            "Tên cơ sở y tế": "Bệnh viện Phụ sản",
            "Địa chỉ nơi sinh": ("Phường Bến Thành", "1 Lê Lai"),
        },
    )
    tuyet.fills("Quê quán", {"Quê quán của trẻ": "Xã Củ Chi, Thành phố Hồ Chí Minh"})
    tuyet.fills(
        "Thông tin của cha",
        {
            "Có ghi tên cha vào giấy khai sinh không": "Có",
            "Họ và tên cha": "Lê Minh Khoa",
            "Số định danh của cha": "079188999002",
            "Ngày sinh của cha": date(1988, 3, 2),
            "Dân tộc của cha": "Kinh",
            "Quốc tịch của cha": "Việt Nam",
            "Nơi cư trú của cha": ("Phường Sài Gòn", "12 Nguyễn Huệ"),
        },
    )


def born_on() -> date:
    """Ten days ago: in time, whatever day the journey runs."""
    return city_date(now()) - timedelta(days=10)
