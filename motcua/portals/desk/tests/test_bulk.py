"""Làm cùng lúc: several dossiers, one look, one press, each with its own line in its history."""

import re

from motcua.contexts.dossiers.contracts import NationalStatus
from motcua.contexts.organisations.testing import the_officer
from motcua.portals.desk.tests.test_desk import act, assigned, post, queries_of, status, text_of

ALL = "/ban/hang-loat"


def planned(client, codes) -> str:
    answer = post(client, f"{ALL}/chon", case=codes)
    assert answer.status_code == 303
    return text_of(client.get(answer["Location"]))


def seen_in(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(seen\.[^"]+)" value="(\d+)"', page))


def to_sign(at_desk, submitted, how_many: int) -> list[str]:
    codes = [submitted() for _ in range(how_many)]
    for code in codes:
        assigned(at_desk, code)
        act(at_desk("bao"), code, "propose")
        act(at_desk("nghia"), code, "approve")
    return codes


def test_the_signer_signs_several_at_once(at_desk, submitted):
    codes, van = to_sign(at_desk, submitted, 2), at_desk("van")

    page = planned(van, codes)
    answer = post(van, ALL, action="sign", case=codes, **seen_in(page))

    assert "được 2 hồ sơ" in page
    assert answer.status_code == 303
    assert "Đã ghi 2 hồ sơ." in text_of(van.get(answer["Location"]))
    for code in codes:
        history = text_of(van.get(f"/ban/ho-so/{code}?muc=lich-su"))
        assert re.search(r"<h\d[^>]*>Ký[^<]*</h\d>.*Đỗ Thanh Vân", history, re.S)


def test_one_moved_by_somebody_else_stops_no_other(at_desk, submitted, tuyet):
    codes, khue = [submitted() for _ in range(3)], at_desk("khue")
    page = planned(khue, codes)
    act(khue, codes[1], "receive")

    answer = post(khue, ALL, action="receive", case=codes, **seen_in(page))

    told = text_of(khue.get(answer["Location"]))
    assert "Đã ghi 2 hồ sơ." in told
    assert f"{codes[1]}: " in told
    assert {status(code, tuyet) for code in codes} == {NationalStatus.RECEIVED}


def test_the_same_press_sent_twice_moves_each_dossier_once(at_desk, submitted, tuyet):
    codes, khue = [submitted() for _ in range(2)], at_desk("khue")
    sent = {"action": "receive", "case": codes, **seen_in(planned(khue, codes))}

    first, second = (post(khue, ALL, key="same-press", **sent) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    page = text_of(khue.get("/ban"))
    assert "Đã ghi 2 hồ sơ." in page
    assert f"{codes[0]}: " not in page
    assert {status(code, tuyet) for code in codes} == {NationalStatus.RECEIVED}


def test_what_cannot_be_done_together_is_told_with_its_reason(at_desk, submitted):
    mine, gone = submitted(), submitted()
    act(at_desk("khue"), gone, "receive")

    _, _, page = planned(at_desk("khue"), [mine, gone, "H29.99-20260101-0000001"]).partition(
        "<main"
    )

    assert "được 1 hồ sơ" in page
    assert "Không làm cùng lúc được: 1 hồ sơ" in page
    assert "Phạm Hữu Nghĩa" in page
    assert "H29.99-20260101-0000001" not in page


def test_several_are_given_to_one_case_officer(at_desk, submitted):
    codes, nghia = [submitted() for _ in range(2)], at_desk("nghia")
    for code in codes:
        act(at_desk("khue"), code, "receive")
    page, bao = planned(nghia, codes), str(the_officer("bao").id)

    refused = post(nghia, ALL, action="assign", case=codes[:1], **seen_in(page))
    post(nghia, ALL, action="assign", case=codes, assignee=bao, **seen_in(page))

    assert f'value="{bao}"' in page
    told = text_of(nghia.get(refused["Location"]))
    assert f"{codes[0]}: Bạn chọn người được giao." in told
    assert "Đã ghi 2 hồ sơ." in told
    inbox = text_of(at_desk("bao").get("/ban?cua-toi=1"))
    assert all(code in inbox for code in codes)


def test_nothing_ticked_and_too_much_ticked_are_told(at_desk, submitted):
    khue = at_desk("khue")

    nothing = post(khue, f"{ALL}/chon")
    many = post(khue, f"{ALL}/chon", case=[f"H29.99-20260101-{n:07d}" for n in range(25)])

    assert nothing["Location"] == "/ban"
    assert many["Location"].count("H29.99") == 20
    page = text_of(khue.get(many["Location"]))
    assert "Bạn đánh dấu những hồ sơ cần làm cùng lúc." in page
    assert "nhiều nhất 20 hồ sơ" in page


def test_the_plan_costs_the_same_for_each_dossier(at_desk, submitted):
    codes, khue = [submitted() for _ in range(4)], at_desk("khue")

    one, two, four = (queries_of(khue, f"{ALL}?hs={','.join(codes[:n])}") for n in (1, 2, 4))

    assert four - two == 2 * (two - one)
