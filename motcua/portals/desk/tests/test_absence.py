"""Absence: the head arranges it, the substitute works, others are told whom to ask."""

import re

from motcua.contexts.organisations.testing import the_officer
from motcua.portals.desk.tests.test_desk import act, assigned, post, text_of


def arranged(client, who: str, instead: str, **more: str):
    asked = {
        "absent_id": str(the_officer(who).id),
        "substitute_id": str(the_officer(instead).id) if instead else "",
        "first_on.day": "1",
        "first_on.month": "11",
        "first_on.year": "2026",
        "back_on.day": "30",
        "back_on.month": "12",
        "back_on.year": "2099",
        "reason": "Nghỉ phép năm",
    }
    return post(client, "/ban/vang-mat", **{**asked, **more})


def test_the_substitute_finds_the_work_of_the_absent(at_desk, submitted):
    code = submitted()
    assigned(at_desk, code)

    answer = arranged(at_desk("van"), "bao", "phat")

    assert answer.status_code == 303
    assert f"/ban/ho-so/{code}" in text_of(at_desk("phat").get("/ban"))
    assert act(at_desk("phat"), code, "propose").status_code == 303
    assert "làm thay Lê Quốc Bảo" in text_of(at_desk("phat").get("/ban/vang-mat"))


def test_the_head_ends_an_absence_and_sees_what_was_wrong(at_desk):
    van = at_desk("van")
    wrong = arranged(van, "bao", "phat", **{"back_on.year": "2020"})
    arranged(van, "bao", "")

    page = text_of(van.get("/ban/vang-mat"))
    url = re.search(r'action="(/ban/vang-mat/[^"]+/ket-thuc)"', page)[1]

    assert wrong.status_code == 422
    assert 'value="Nghỉ phép năm"' in text_of(wrong)
    assert "Người đứng đầu đơn vị" in page
    assert post(van, url).status_code == 303
    assert "Không có ai vắng mặt" in text_of(van.get("/ban/vang-mat"))


def test_whoever_is_no_head_is_told_who_arranges(at_desk):
    bao = at_desk("bao")

    page = text_of(bao.get("/ban/vang-mat"))
    answer = arranged(bao, "bao", "phat")

    assert "Phạm Hữu Nghĩa" in page
    assert answer.status_code == 403


def test_a_day_beyond_every_calendar_is_no_day(at_desk):
    for beyond in ("9" * 30, "9" * 5000):
        answer = arranged(at_desk("van"), "bao", "phat", **{"back_on.year": beyond})

        assert answer.status_code == 422
