"""Sắp xếp tổ chức at the browser: written, seen before, carried out by a second administrator."""

import pytest

from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.portals.office.tests.conftest import browser, leaves, post, text_of

URL = "/quan-tri/sap-xep"
WRITE = f"{URL}/moi"


def typed(**other) -> dict[str, str]:
    day = clock.now().date().replace(year=clock.now().year + 1)
    said = {
        "kind": "MERGER", "title": "Hợp nhất hai sở", "document": "",
        "effective_on.day": "1", "effective_on.month": str(day.month),
        "effective_on.year": str(day.year),
        "passes": "H29.99.16 > H29.99.90\r\nH29.99.15 > H29.99.90",
        "opens": "H29.99.90 | Sở Văn hóa và Du lịch | Sở VH-DL | H29",
    }  # fmt: skip
    return said | other


@pytest.fixture
def other(small_city):
    return browser(next(
        officer.staff_no
        for post in organisations.posts(clock.now().date())
        if post.role == "ADMINISTRATOR" and post.holder_id
        for officer in organisations.officers_by_id([post.holder_id]).values()
        if officer.staff_no != "quynh"
    ))  # fmt: skip


def proposed(quynh) -> str:
    answer = post(quynh, WRITE, **typed(propose="1"))
    assert answer.status_code == 303, text_of(answer)
    return answer.headers["Location"]


def test_what_an_act_would_change_is_seen_and_nothing_is_written(quynh):
    answer = post(quynh, WRITE, **typed(preview="1"))

    said = text_of(answer)
    assert answer.status_code == 200
    assert "Nếu thi hành lúc này" in said
    assert "Sở Văn hóa và Du lịch (H29.99.90)" in said
    assert "Trình người khác thi hành" in said
    assert organisations.unit("H29.99.16").valid_to is None
    assert text_of(quynh.get(URL)).count("Chờ thi hành") == 0


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"kind": ""}, "Bạn chọn loại sắp xếp."),
        ({"effective_on.month": "13"}, "Bạn nhập ngày có hiệu lực"),
        ({"passes": "H29.99.77 > H29.99.90"}, "Dòng 1: không có đơn vị «H29.99.77»"),
        ({"passes": "H29.99.16 >"}, ""),
        ({"opens": "H29.99.90"}, "cần mã và tên đầy đủ"),
        (
            {"passes": "H29.99.16 > H29.99.90; một phần\r\nH29.99.16 > H29.99.15; một phần"},
            "cần nói rõ đơn vị nào nhận việc đang mở. (H29.99.16)",
        ),
    ],
)
def test_what_cannot_be_read_is_named_and_kept(quynh, wrong, says):
    answer = post(quynh, WRITE, **typed(preview="1", **wrong))

    assert answer.status_code == (422 if says else 200)
    assert says in text_of(answer)
    assert "Hợp nhất hai sở" in text_of(answer)


def test_the_writer_does_not_carry_it_out_and_another_does(quynh, other):
    here = proposed(quynh)
    assert "Chờ thi hành: Hợp nhất hai sở" in text_of(quynh.get(URL))
    assert "Thi hành</button>" not in text_of(quynh.get(here))
    assert post(quynh, f"{here}/thi-hanh").status_code == 403
    assert "Thi hành</button>" in text_of(other.get(here))

    done = post(other, f"{here}/thi-hanh")

    assert done.status_code == 303
    assert "H29.99.90" in text_of(other.get(done.headers["Location"]))
    assert leaves("organisations.reorganise") == 1
    assert post(other, f"{here}/thi-hanh").status_code == 409
    assert post(other, f"{here}/bo").status_code == 409


def test_an_act_that_the_city_overtook_is_told_and_can_be_dropped(quynh, other):
    first, second = proposed(quynh), proposed(quynh)
    post(other, f"{first}/thi-hanh")

    late = post(other, f"{second}/thi-hanh")

    assert late.status_code in {409, 422}
    assert "H29.99.1" in text_of(late)
    assert post(quynh, f"{second}/bo").status_code == 303
    assert "Chờ thi hành" not in text_of(quynh.get(URL))


def test_acts_and_their_lines_are_lists_that_leave_as_files(quynh):
    listed = text_of(quynh.get(URL))
    assert "chính quyền địa phương hai cấp từ 01/07/2025" in listed
    act = organisations.reorganisations(*([clock.now().date().replace(2025, 7, 1)] * 2))[0]

    assert "H29.99.26743" in text_of(quynh.get(f"{URL}/{act.id}"))
    for address in (f"{URL}/xuat.csv", f"{URL}/{act.id}/xuat.csv"):
        file = quynh.get(address)
        assert (file.status_code, file.headers["Content-Type"][:8]) == (200, "text/csv")
