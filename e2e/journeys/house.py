"""What is told and shown to be permitted a house: a small one that the owner designed."""

from collections.abc import Mapping
from datetime import timedelta

from playwright.sync_api import expect

from e2e.journeys.citizen import Citizen
from e2e.journeys.forms import Answer
from e2e.journeys.papers import a_scan
from motcua.kernel.clock import city_date, now

HOUSE = "1.013225"
DRAWINGS = (
    "Bản vẽ mặt bằng công trình trên lô đất và sơ đồ vị trí",
    "Bản vẽ mặt bằng các tầng, mặt đứng, mặt cắt",
    "Bản vẽ mặt bằng móng, mặt cắt móng và sơ đồ đấu nối điện, nước",
)


SELF: Mapping[str, Answer] = {"Số điện thoại": "0900 000 001"}


def applies_for_house(
    owner: Citizen,
    *,
    who: Mapping[str, Answer] = SELF,
    known_from: str = "CSDL quốc gia về dân cư",
) -> None:
    """who: what is asked of the owner and was not known. known_from: where the rest came from."""
    owner.begins(HOUSE)
    owner.fills("Công trình", {"Bạn xây gì": "Nhà ở riêng lẻ"})
    expect(owner.page.get_by_role("heading", level=1)).to_have_text("Chủ đầu tư")
    assert known_from in owner.reads()
    owner.fills("Chủ đầu tư", who)
    tells_of_the_plot(owner)
    owner.fills("Vị trí trên đất", {"Có nhà liền kề không": "Không"})
    owner.fills("Thiết kế", {"Ai thiết kế": "Chủ nhà tự thiết kế"})
    start = city_date(now()) + timedelta(days=40)
    owner.fills(
        "Thời gian xây", {"Ngày dự kiến khởi công": start, "Dự kiến xây trong bao nhiêu tháng": "6"}
    )
    truthful = "Tôi cam đoan làm đúng giấy phép được cấp. Nếu sai, tôi chịu trách nhiệm."
    owner.fills("Cam đoan", {truthful: True})
    owner.attaches({name: a_scan(f"ban-ve-{n}.pdf") for n, name in enumerate(DRAWINGS, 1)})


def tells_of_the_plot(owner: Citizen) -> None:
    owner.fills(
        "Thửa đất",
        {
            "Địa chỉ nơi xây": ("Phường Sài Gòn", "8 Pasteur"),
            "Bạn có giấy tờ gì về đất": "Giấy chứng nhận quyền sử dụng đất (sổ đỏ, sổ hồng)",
            "Số phát hành giấy chứng nhận": "AA 00000001",
            "Tờ bản đồ số": "12",
            "Thửa đất số": "45",
            "Diện tích thửa đất": "62,8",
        },
    )
    owner.fills(
        "Quy mô",
        {
            "Số tầng nổi": "1",
            "Số tầng hầm": "0",
            "Có tầng lửng không": "Không",
            "Có tum không": "Không",
            "Diện tích xây dựng tầng trệt": "50",
            "Tổng diện tích sàn": "50",
            "Chiều cao công trình": "4,5",
        },
    )
    owner.fills("Từng tầng", {"Tên tầng": "Tầng trệt", "Dùng để": "Ở", "Diện tích": "50"})
