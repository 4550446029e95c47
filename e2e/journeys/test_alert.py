"""An urgent alert, from two officers to every channel: released, updated, cancelled, expired."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from e2e.browser import DESKTOP
from e2e.journeys.citizen import KHOA, Citizen
from e2e.journeys.officer import Officer
from e2e.journeys.test_passkey import give_authenticator
from e2e.journeys.waiting import eventually, until
from e2e.living_city import City
from motcua.contexts.alerts.tests.cap_rules import NS, faults, parsed, text

WARD, WRITER, RELEASER = "Phường Sài Gòn", "ha", "van"
CIRCLE, CIRCLE_SAID = "10.7769,106.7009 2", "10.77690,106.70090 2.0"
RING = "10.70,106.60 10.80,106.60 10.80,106.70"
END_ALL = """
from motcua.contexts.alerts.models import Alert
from motcua.contexts.alerts.queries import live
from motcua.kernel import clock
now = clock.now()
Alert.objects.filter(state="RELEASED", released_at__lt=now).update(expires_at=now)
live.snapshot.changed()
live.Edition.objects.update(version=live.uuid7())
"""


@pytest.fixture
def quiet_again(city: City) -> Iterator[None]:
    """Other journeys meet no band, however this one ends."""
    yield
    city.runs(END_ALL)


def writes(desk: Officer, asked: str, *, area: str) -> str:
    """Fill in the draft that the page begins, and save it; its address."""
    desk.opens(f"/ban/canh-bao/soan?{asked}")
    desk.page.get_by_label("Vùng trên bản đồ").fill(area)
    desk.page.get_by_role("button", name="Lưu để người khác phát").click()
    expect(desk.page.get_by_text("Bạn đã viết cảnh báo này nên không tự phát được")).to_be_visible()
    return desk.page.url.removeprefix(desk.city.url)


def with_a_passkey(page: Page, city: City) -> Officer:
    """The second person: a code to sign in, then a passkey, which needs no new code each time."""
    # Browsers know no passkeys of a bare network address.
    desk = Officer(page, replace(city, url=city.url.replace("127.0.0.1", "localhost")))
    give_authenticator(page)
    desk.gives_password(RELEASER)
    desk.gives_code(RELEASER)
    desk.is_at_the_desk()
    desk.opens("/toi/cach-xac-nhan/them")
    page.get_by_label("Tên để nhận ra").fill("Máy trực cảnh báo")
    page.get_by_role("button", name="Tạo khóa truy cập").click()
    expect(page.get_by_role("heading", name="Máy trực cảnh báo").last).to_be_visible()
    return desk


def releases(desk: Officer, address: str) -> None:
    desk.opens(address)
    desk.page.get_by_role("button", name=re.compile("^Phát .*bằng khóa truy cập")).click()
    expect(desk.page.get_by_text("Đã phát. Mọi trang hiện cảnh báo")).to_be_visible()


def follows_the_ward(her: Citizen) -> None:
    her.opens("/toi/noi-theo-doi")
    her.page.get_by_label("Phường, xã, đặc khu").select_option(label=WARD)
    her.page.get_by_label("Nơi ở", exact=True).check()
    her.page.get_by_role("button", name="Theo dõi nơi này").click()
    expect(her.page.get_by_role("heading", name=WARD)).to_be_visible()


def rings_at_a_device(her: Citizen) -> None:
    """At any hour: what is no emergency, as the end of one, else waits for the morning."""
    her.opens("/thong-bao/cai-dat")
    for hour in ("Từ", "Đến"):  # the same twice: never quiet
        her.page.get_by_label(hour, exact=True).fill("00:00")
    with her.page.expect_navigation():
        her.page.get_by_role("button", name="Lưu cách nhận").click()
    her.page.get_by_role("button", name="Thêm máy thử").click()
    expect(her.page.get_by_text("Máy này nhận tin đẩy từ bây giờ")).to_be_visible()


def pushed(page: Page, city: City, title: str, code: str) -> str:
    """What the device of the stand-ins opened with its own keys."""

    def look() -> str:
        page.goto(f"{city.simulators}/push")
        found = page.get_by_role("listitem").filter(has_text=f"/canh-bao/{code}")
        return next((one for one in found.all_inner_texts() if title in one), "")

    return eventually(page, look)


def document_of(page: Page, city: City, code: str):
    """The CAP document, which breaks no rule of the standard."""
    answer = page.request.get(f"{city.url}/canh-bao/cap/{code}.xml")
    assert faults(answer.text()) == []
    return parsed(answer.text())


def band(her: Citizen):
    return her.page.locator(".alert--emergency")


def test_two_officers_warn_update_and_cancel(
    city: City, a_citizen, an_officer, new_page, quiet_again, axe
):
    her, writer = a_citizen(KHOA), an_officer(WRITER)
    second = with_a_passkey(new_page(viewport=DESKTOP), city)
    machine = new_page(viewport=DESKTOP)
    follows_the_ward(her)
    rings_at_a_device(her)

    address = writes(writer, "mau=ngap", area=CIRCLE)
    code = address.rsplit("/", 1)[1]
    assert machine.request.get(f"{city.url}/canh-bao/{code}").status == 404
    releases(second, address)

    her.opens("/thu-tuc")
    until(her.page, band(her))
    band(her).get_by_role("link", name="Xem đầy đủ việc cần làm").click()
    until(her.page, her.page.get_by_role("button", name="Tôi đã đọc"))
    axe(her.page)
    her.page.get_by_role("button", name="Tôi đã đọc").click()
    expect(her.page.get_by_text("Đã ghi nhận bạn đã đọc cảnh báo")).to_be_visible()
    assert "Mở app Công dân số" in pushed(machine, city, "Cảnh báo khẩn cấp", code)
    assert code in machine.request.get(f"{city.url}/canh-bao.rss").text()
    assert text(next(document_of(machine, city, code).iter(f"{NS}area")), "circle") == CIRCLE_SAID
    writer.opens(f"{address}/tiep-can")
    expect(writer.page.get_by_role("row", name=re.compile(WARD))).to_contain_text("dưới 5")
    axe(writer.page)

    changed = writes(writer, f"cap-nhat={code}", area=RING).rsplit("/", 1)[1]
    releases(second, f"/ban/canh-bao/{changed}")
    her.opens(f"/canh-bao/{code}")
    expect(her.page.get_by_text("Tin này đã được thay hoặc hủy")).to_be_visible()
    pushed(machine, city, "Cảnh báo có thay đổi", changed)
    document = document_of(machine, city, changed)
    assert code in text(document, "references")
    assert len(text(next(document.iter(f"{NS}area")), "polygon").split()) == len(RING.split()) + 1

    last = writes(writer, f"huy={changed}", area=RING).rsplit("/", 1)[1]
    releases(second, f"/ban/canh-bao/{last}")
    her.opens("/thu-tuc")
    eventually(her.page, lambda: her.page.reload() and band(her).count() == 0)
    pushed(machine, city, "Cảnh báo đã hủy", last)
    assert text(document_of(machine, city, last), "msgType") == "Cancel"


EXERCISE = """
from motcua.contexts.alerts.contracts import Status
from motcua.contexts.alerts.testing import a_released
from motcua.kernel import clock
print(a_released(now=clock.now(), status=Status.EXERCISE, hours=1))
"""


def test_an_exercise_says_so_everywhere_and_ends_by_itself(city: City, a_citizen, quiet_again):
    code = city.runs(EXERCISE).split()[-1]
    her = a_citizen()

    her.opens("/")
    until(her.page, band(her))
    expect(band(her)).to_contain_text("Diễn tập, không có nguy hiểm thật")
    assert text(document_of(her.page, city, code), "status") == "Exercise"
    answer = her.page.request.get(f"{city.url}/api/v1/alerts/{code}")
    assert json.loads(answer.text())["status"] == "Exercise"

    city.runs(END_ALL)
    eventually(her.page, lambda: her.page.reload() and band(her).count() == 0)
    her.opens("/canh-bao")
    until(her.page, her.page.get_by_text("Không có cảnh báo nào đang có hiệu lực"))
    her.opens(f"/canh-bao/{code}")
    until(her.page, her.page.get_by_text(re.compile("[Hh]ết hiệu lực")))
