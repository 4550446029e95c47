"""Làm cùng lúc: several dossiers, one press, a job; each with its own line in its history."""

import json
import re

import pytest
from django.db import DatabaseError, connection

from motcua.contexts.dossiers.actions import joint
from motcua.contexts.dossiers.contracts import NationalStatus
from motcua.contexts.dossiers.models import JointItem, JointRun
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.workbooks import read_table
from motcua.portals.desk.tests.test_desk import act, assigned, post, queries_of, status, text_of

ALL = "/ban/hang-loat"


def planned(client, codes) -> str:
    answer = post(client, f"{ALL}/chon", case=codes)
    assert answer.status_code == 303
    return text_of(client.get(answer["Location"]))


def seen_in(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(seen\.[^"]+)" value="(\d+)"', page))


def begun(client, action: str, codes, **more) -> str:
    """The address of the run that this press began."""
    answer = post(client, ALL, action=action, case=codes, label="Việc thử", **more)
    assert answer.status_code == 303, text_of(answer)
    return answer["Location"]


def to_sign(at_desk, submitted, how_many: int) -> list[str]:
    codes = [submitted() for _ in range(how_many)]
    for code in codes:
        assigned(at_desk, code)
        act(at_desk("bao"), code, "propose")
        act(at_desk("nghia"), code, "approve")
    return codes


def states() -> list[str]:
    return list(JointItem.objects.order_by("run", "number").values_list("state", flat=True))


def leaves_of(code: str) -> int:
    return LedgerLeaf.objects.filter(action="dossiers.take_step", subject=code).count()


def test_the_signer_signs_several_at_once(at_desk, submitted, deliveries):
    codes, van = to_sign(at_desk, submitted, 2), at_desk("van")
    page = planned(van, codes)

    run = begun(van, "sign", codes, **seen_in(page))
    deliveries()

    assert "được 2 hồ sơ" in page
    assert "Đã ghi 2 hồ sơ." in text_of(van.get(run))
    for code in codes:
        history = text_of(van.get(f"/ban/ho-so/{code}?muc=lich-su"))
        assert re.search(r"<h\d[^>]*>Ký[^<]*</h\d>.*Đỗ Thanh Vân", history, re.S)


def test_one_moved_by_somebody_else_meanwhile_is_refused_alone(
    at_desk, submitted, tuyet, deliveries
):
    codes, khue = [submitted() for _ in range(3)], at_desk("khue")
    run = begun(khue, "receive", codes, **seen_in(planned(khue, codes)))
    act(khue, codes[1], "receive")

    deliveries()

    page = text_of(khue.get(run))
    assert "Đã ghi 2 hồ sơ. 1 hồ sơ chưa làm được" in page
    assert "thao tác của bạn chưa được ghi" in page
    assert f"{ALL}?hs={codes[1]}" in page
    assert {status(code, tuyet) for code in codes} == {NationalStatus.RECEIVED}


def test_a_trial_says_what_would_happen_and_changes_nothing(at_desk, submitted, tuyet, deliveries):
    codes, khue = [submitted() for _ in range(2)], at_desk("khue")
    seen = seen_in(planned(khue, codes))
    act(khue, codes[1], "receive")

    run = begun(khue, "receive", codes, trial="1", **seen)
    deliveries()

    page = text_of(khue.get(run))
    assert "Thử xong, chưa ghi gì. 1 hồ sơ làm được. 1 hồ sơ chưa làm được" in page
    assert "Sẽ sang bước «" in page
    assert status(codes[0], tuyet) is NationalStatus.REGISTERED
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    assert again["case"] == codes[0]
    begun(khue, again["action"], [codes[0]], **seen_in(page))
    deliveries()
    assert status(codes[0], tuyet) is NationalStatus.RECEIVED


def test_the_same_press_sent_twice_is_one_run(at_desk, submitted, tuyet, deliveries):
    codes, khue = [submitted() for _ in range(2)], at_desk("khue")
    seen = seen_in(planned(khue, codes))

    first, second = (begun(khue, "receive", codes, key="same", **seen) for _ in range(2))
    deliveries()

    assert first == second
    assert JointRun.objects.count() == 1
    assert {status(code, tuyet) for code in codes} == {NationalStatus.RECEIVED}


def test_a_worker_that_fails_midway_goes_on_with_what_waits(at_desk, submitted, tuyet, deliveries):
    codes, khue = [submitted() for _ in range(3)], at_desk("khue")
    run = begun(khue, "receive", codes, **seen_in(planned(khue, codes)))
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # a table with checks to come stays as it is
        cursor.execute(
            "ALTER TABLE dossiers_jointitem ADD CONSTRAINT breaks"
            " CHECK (number <> 2 OR state = 'WAITING')"
        )
    with pytest.raises(DatabaseError):
        deliveries()
    half = text_of(khue.get(run))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE dossiers_jointitem DROP CONSTRAINT breaks")

    deliveries()

    assert "Đã xét 1 trên 3 hồ sơ." in half
    assert 'hx-trigger="every 2s"' in half
    assert states() == ["DONE"] * 3
    assert [leaves_of(code) for code in codes] == [1, 1, 1]
    assert "Đã ghi 3 hồ sơ." in text_of(khue.get(run))
    assert "hx-trigger" not in text_of(khue.get(run)).partition("<main")[2]


def test_a_job_that_comes_again_does_nothing_twice(at_desk, submitted, deliveries):
    codes, khue = [submitted() for _ in range(2)], at_desk("khue")
    begun(khue, "receive", codes, **seen_in(planned(khue, codes)))
    deliveries()

    joint.work_off(JointRun.objects.get().id, now=clock.now())

    assert states() == ["DONE", "DONE"]
    assert [leaves_of(code) for code in codes] == [1, 1]
    told = LedgerLeaf.objects.filter(action="dossiers.joint_item")
    assert sorted(json.loads(leaf.body)["facts"]["code"] for leaf in told) == sorted(codes)


def test_the_result_is_a_file_for_whoever_began_it_alone(at_desk, submitted, deliveries):
    codes, khue = [submitted() for _ in range(2)], at_desk("khue")
    run = begun(khue, "receive", codes, **seen_in(planned(khue, codes)))
    deliveries()

    sheet = read_table(khue.get(f"{run}.xlsx").content)
    lines = b"".join(khue.get(f"{run}.csv").streaming_content).decode("utf-8-sig").splitlines()

    assert [line.cells[0].text for line in sheet.lines] == codes
    assert {line.cells[1].text for line in sheet.lines} == {"Đã làm"}
    assert [line.split(",")[0] for line in lines[1:]] == codes
    for address in (run, f"{run}.xlsx", f"{run}.csv"):
        assert at_desk("nghia").get(address).status_code == 404
    assert run in text_of(khue.get("/ban/cung-luc"))
    assert run not in text_of(at_desk("nghia").get("/ban/cung-luc"))


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


def test_a_press_made_by_hand_moves_nothing_that_needs_words_or_is_not_ones_own(
    at_desk, submitted, tuyet, deliveries
):
    code, khue = submitted(), at_desk("khue")
    seen = seen_in(planned(khue, [code]))

    words = begun(khue, "supplement", [code], **seen)
    foreign = begun(at_desk("ngan"), "receive", [code], **seen)
    deliveries()

    assert "Việc này cần điền riêng cho từng hồ sơ." in text_of(khue.get(words))
    assert "Không tìm thấy hồ sơ này" in text_of(at_desk("ngan").get(foreign))
    assert status(code, tuyet) is NationalStatus.REGISTERED


def test_several_are_given_to_one_case_officer(at_desk, submitted, deliveries):
    codes, nghia = [submitted() for _ in range(2)], at_desk("nghia")
    for code in codes:
        act(at_desk("khue"), code, "receive")
    page, bao = planned(nghia, codes), str(the_officer("bao").id)

    refused = begun(nghia, "assign", codes[:1], **seen_in(page))
    given = begun(nghia, "assign", codes, assignee=bao, **seen_in(page))
    deliveries()

    assert f'value="{bao}"' in page
    assert "Bạn chọn người được giao." in text_of(nghia.get(refused))
    assert "Đã ghi 2 hồ sơ." in text_of(nghia.get(given))
    inbox = text_of(at_desk("bao").get("/ban?cua-toi=1"))
    assert all(code in inbox for code in codes)


def test_nothing_ticked_and_too_much_ticked_are_told(at_desk):
    khue = at_desk("khue")

    nothing = post(khue, f"{ALL}/chon")
    many = post(khue, f"{ALL}/chon", case=[f"H29.99-20260101-{n:07d}" for n in range(55)])

    assert nothing["Location"] == "/ban"
    assert many["Location"].count("H29.99") == 50
    page = text_of(khue.get(many["Location"]))
    assert "Bạn đánh dấu những hồ sơ cần làm cùng lúc." in page
    assert "nhiều nhất 50 hồ sơ" in page
    assert post(khue, ALL, action="receive").status_code == 422


def test_the_plan_costs_the_same_for_each_dossier(at_desk, submitted):
    codes, khue = [submitted() for _ in range(4)], at_desk("khue")

    one, two, four = (queries_of(khue, f"{ALL}?hs={','.join(codes[:n])}") for n in (1, 2, 4))

    assert four - two == 2 * (two - one)
