"""Papers on a weak network: a picture is looked at first, a large file goes on where it stopped."""

import re

from e2e.journeys.citizen import TUYET
from motcua.contexts.documents.testing import a_pdf

BIRTH = "1.001193"
PART = 256 * 1024
SCAN = {
    "name": "chung-sinh.pdf",
    "mimeType": "application/pdf",
    "buffer": a_pdf("x" * (3 * PART)),
}


def at_her_papers(citizen):
    citizen.begins(BIRTH)
    citizen.page.goto(re.sub(r"/trang/.*", "/giay-to", citizen.page.url))
    return citizen.page.get_by_role("region", name="Giấy tờ tùy thân")


def test_a_large_file_chosen_again_after_the_network_broke_goes_on_where_it_stopped(a_citizen):
    citizen = a_citizen(TUYET)
    paper, page = at_her_papers(citizen), citizen.page
    arrived: list[int] = []

    def first_part_only(route):
        if arrived:
            route.abort("internetdisconnected")
            return
        arrived.append(int(route.request.headers["upload-offset"]))
        route.continue_()

    def counted(route):
        arrived.append(int(route.request.headers["upload-offset"]))
        route.continue_()

    parts = "**/giay-to/len/*"
    page.route(parts, lambda route: _only_parts(route, first_part_only))
    paper.get_by_label("Chọn tệp").set_input_files(SCAN)
    paper.get_by_text("Mất mạng. Có mạng sẽ tải tiếp từ chỗ dừng.").wait_for()
    page.unroute(parts)
    page.once("dialog", lambda asked: asked.accept())
    page.reload()
    page.route(parts, lambda route: _only_parts(route, counted))
    paper.get_by_label("Chọn tệp").set_input_files(SCAN)

    paper.get_by_role("link", name="chung-sinh.pdf").wait_for()
    assert arrived[:2] == [0, PART]
    assert arrived == sorted(set(arrived))


def _only_parts(route, handle):
    if route.request.method == "PATCH":
        handle(route)
    else:
        route.continue_()


def test_a_photograph_is_turned_and_made_smaller_before_it_goes_up(a_citizen, axe):
    citizen = a_citizen(TUYET)
    paper, page = at_her_papers(citizen), citizen.page
    picture = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": 390, "height": 300})

    paper.get_by_label("Chụp ảnh").set_input_files(
        {"name": "the.png", "mimeType": "image/png", "buffer": picture}
    )
    paper.get_by_text("Ảnh nhỏ, chữ có thể khó đọc.").wait_for()
    axe(page)
    paper.get_by_role("button", name="Xoay phải").click()
    paper.get_by_role("button", name="Dùng ảnh này").click()

    paper.get_by_role("link", name="the.jpg").wait_for()


def test_an_empty_file_is_refused_in_words_before_it_goes_up(a_citizen):
    citizen = a_citizen(TUYET)
    paper = at_her_papers(citizen)

    paper.get_by_label("Chọn tệp").set_input_files(
        {"name": "rong.pdf", "mimeType": "application/pdf", "buffer": b""}
    )

    paper.get_by_text("Tệp này trống (0 byte).").wait_for()


def test_a_picture_nobody_decided_on_holds_the_form_back(a_citizen):
    citizen = a_citizen(TUYET)
    paper, page = at_her_papers(citizen), citizen.page
    picture = page.screenshot(clip={"x": 0, "y": 0, "width": 390, "height": 300})
    paper.get_by_label("Chụp ảnh").set_input_files(
        {"name": "the.png", "mimeType": "image/png", "buffer": picture}
    )
    paper.get_by_role("button", name="Dùng ảnh này").wait_for()

    page.get_by_role("button", name="Xem lại và nộp").click()

    paper.get_by_text("Bạn bấm «Dùng ảnh này» hoặc «Bỏ» rồi gửi.").wait_for()
    assert page.url.endswith("/giay-to")


def test_without_script_the_form_sends_the_file(a_citizen):
    paper = at_her_papers(a_citizen(TUYET, java_script_enabled=False))

    paper.get_by_label("Chọn tệp").set_input_files(SCAN)
    paper.get_by_role("button", name="Tải lên").click()

    paper.get_by_role("link", name="chung-sinh.pdf").wait_for()
