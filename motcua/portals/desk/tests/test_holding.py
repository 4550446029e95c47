"""Claim, give, snooze, undo, and two officers at one dossier, through the browser's door."""

import itertools
import re
from datetime import timedelta

import pytest
from django.test import Client

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import PaperVerdict
from motcua.contexts.dossiers.web.desk import undoing
from motcua.contexts.identity.testing import signed_in
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.clock import city_date

KEYS = itertools.count()


def text_of(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def post(client, url: str, **data):
    return client.post(url, {"idempotency_key": f"hold-{next(KEYS)}", **data})


def act(client, code: str, action: str, **data):
    page = text_of(client.get(f"/ban/ho-so/{code}/lam/{action}"))
    version = re.search(r'name="seen_version" value="(\d+)"', page)[1]
    return post(client, f"/ban/ho-so/{code}/lam/{action}", seen_version=version, **data)


def holder_of(code: str):
    tasks = casework.tasks_of(casework.case(code))
    return next(task.assignee_id for task in tasks if task.closed_at is None)


def listed(client, address: str = "/ban") -> list[str]:
    return re.findall(r'name="case" value="([^"]+)"', text_of(client.get(address)))


def to_appraise(at_desk, code: str) -> None:
    act(at_desk("khue"), code, "receive")
    act(at_desk("nghia"), code, "assign", assignee=str(the_officer("bao").id))


def test_a_claim_is_undone_by_the_button_of_its_message(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")

    claimed = post(khue, f"/ban/ho-so/{code}/nhan-viec")
    page = text_of(khue.get(claimed["Location"]))
    held = holder_of(code)
    undone = post(khue, "/ban/hoan-tac")

    assert 'action="/ban/hoan-tac"' in page
    assert held == the_officer("khue").id
    assert holder_of(code) is None
    assert undone["Location"] == f"/ban/ho-so/{code}"
    assert "Đã hoàn tác: Bạn đã nhận hồ sơ" in text_of(khue.get(undone["Location"]))
    assert "Đã quá lúc hoàn tác" in text_of(khue.get(post(khue, "/ban/hoan-tac")["Location"]))


def test_an_undo_that_came_too_late_changes_nothing(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")
    post(khue, f"/ban/ho-so/{code}/nhan-viec")
    session = khue.session
    session[undoing.OFFER]["until"] = (clock.now() - timedelta(seconds=1)).timestamp()
    session.save()

    post(khue, "/ban/hoan-tac")

    assert holder_of(code) == the_officer("khue").id


def test_ticked_claims_are_undone_together(at_desk, submitted):
    codes, khue = [submitted() for _ in range(3)], at_desk("khue")
    post(khue, "/ban/nhan-viec", case=codes[:2])

    post(khue, "/ban/hoan-tac")

    assert [holder_of(code) for code in codes] == [None, None, None]


def test_a_head_gives_a_task_to_another_and_takes_it_back(at_desk, submitted):
    code, nghia, bao = submitted(), at_desk("nghia"), the_officer("bao")
    to_appraise(at_desk, code)
    form = text_of(nghia.get(f"/ban/ho-so/{code}/giao"))
    other = re.search(r'name="assignee" value="([0-9a-f-]{36})"', form)[1]

    nobody = post(nghia, f"/ban/ho-so/{code}/giao")
    given = post(nghia, f"/ban/ho-so/{code}/giao", assignee=other)
    now_held = str(holder_of(code))
    post(nghia, "/ban/hoan-tac")

    assert str(bao.id) not in form
    assert "Bạn chọn người được giao." in text_of(nobody)
    assert (given.status_code, now_held) == (303, other)
    assert holder_of(code) == bao.id
    refused = post(at_desk("bao"), f"/ban/ho-so/{code}/giao", assignee=other)
    assert refused.status_code == 403


def test_a_snoozed_dossier_leaves_my_list_and_the_next_one_opens(at_desk, submitted, actor_at):
    first, second, khue = submitted(), submitted(), at_desk("khue")
    form = text_of(khue.get(f"/ban/ho-so/{first}/gac"))
    until = re.search(r'name="until" value="([^"]+)"', form)[1]

    unsaid = post(khue, f"/ban/ho-so/{first}/gac")
    snoozed = post(khue, f"/ban/ho-so/{first}/gac", until=until)

    assert unsaid.status_code == 422
    assert snoozed["Location"] == f"/ban/ho-so/{second}"
    assert listed(khue) == [second]
    assert listed(khue, "/ban?viec=gac") == [first]
    assert "Bạn đã gác đến" in text_of(khue.get(f"/ban/ho-so/{first}"))
    desk = organisations.one_stop_desk("26743").id
    assert casework.open_tasks_at(desk, "RECEIVER") == 2
    post(khue, "/ban/hoan-tac")
    assert sorted(listed(khue)) == sorted([first, second])


@pytest.mark.parametrize("typed", [{"until": "rubbish"}, {"until": "ngay"}, {"until": "9999-12-31"},
                                   {"until": "ngay", "day.day": "31", "day.month": "2",
                                    "day.year": "2027"}])  # fmt: skip
def test_a_moment_that_is_none_is_asked_for_again(at_desk, submitted, typed):
    code = submitted()

    answer = post(at_desk("khue"), f"/ban/ho-so/{code}/gac", **typed)

    assert answer.status_code == 422
    assert "Gác lại, làm sau" in text_of(answer)


def test_a_snoozed_dossier_is_brought_back_at_once(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")
    until = clock.now() + timedelta(days=2)
    post(khue, f"/ban/ho-so/{code}/gac", until=until.isoformat())

    post(khue, f"/ban/ho-so/{code}/goi-lai")

    assert listed(khue) == [code]


def test_a_verdict_is_undone_to_what_it_was(at_desk, submitted, tuyet):
    code, bao = submitted(), at_desk("bao")
    to_appraise(at_desk, code)
    paper = dossiers.dossier(code, tuyet, now=clock.now()).papers[0]
    post(bao, f"/ban/ho-so/{code}/giay-to/{paper.id}", verdict="FAILED")

    post(bao, "/ban/hoan-tac")

    now = dossiers.dossier(code, tuyet, now=clock.now()).papers
    assert next(one for one in now if one.id == paper.id).verdict is PaperVerdict.NOT_CHECKED


def test_colleagues_at_one_dossier_are_told_of_each_other(at_desk, submitted):
    code = submitted()
    to_appraise(at_desk, code)
    bao, nghia = at_desk("bao"), at_desk("nghia")
    bao.get(f"/ban/ho-so/{code}")

    page = text_of(nghia.get(f"/ban/ho-so/{code}"))
    bao.get(f"/ban/ho-so/{code}/lam/propose")
    told = text_of(nghia.post(f"/ban/ho-so/{code}/dang-xem", {"seen": "3"}))
    old = text_of(nghia.post(f"/ban/ho-so/{code}/dang-xem", {"seen": "1"}))
    alone = text_of(at_desk("khue").post(f"/ban/ho-so/{code}/dang-xem", {"seen": "x"}))

    assert "Lê Quốc Bảo đang xem hồ sơ này" in page
    assert "Lê Quốc Bảo đang quyết định hồ sơ này" in told
    assert old.startswith("Hồ sơ vừa đổi")
    assert "Lê Quốc Bảo" in alone
    assert at_desk("phat").post(f"/ban/ho-so/{code}/dang-xem").status_code == 404


def test_while_a_colleague_decides_the_form_opens_only_when_one_insists(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")
    tuyen = next(
        one.staff_no
        for one in organisations.officers_of(
            organisations.one_stop_desk("26743").id, city_date(clock.now())
        )
        if one.staff_no != "khue" and "RECEIVER" in _roles(one.id)
    )
    khue.get(f"/ban/ho-so/{code}/lam/decline")

    closed = text_of(at_desk(tuyen).get(f"/ban/ho-so/{code}/lam/decline"))
    insisted = text_of(at_desk(tuyen).get(f"/ban/ho-so/{code}/lam/decline?van-lam=1"))
    khue.get(f"/ban/ho-so/{code}")
    at_desk(tuyen).get(f"/ban/ho-so/{code}")
    free = text_of(at_desk(tuyen).get(f"/ban/ho-so/{code}/lam/decline"))

    assert "Trần Minh Khuê đang quyết định hồ sơ này." in closed
    assert 'id="bieu-mau"' not in closed
    assert 'id="bieu-mau"' in insisted
    assert 'id="bieu-mau"' in free


def _roles(officer_id) -> set[str]:
    return {str(post.role) for post in organisations.posts_of(officer_id, city_date(clock.now()))}


def test_of_two_at_one_step_the_second_reads_what_happened_and_drops(at_desk, submitted):
    code, khue = submitted(), at_desk("khue")
    act(khue, code, "receive")

    answer = post(khue, f"/ban/ho-so/{code}/lam/decline", seen_version="1", reason="Trùng hồ sơ.")

    page = text_of(answer)
    assert answer.status_code == 409
    assert "Hồ sơ đã đổi khi bạn đang làm" in page
    assert re.search(r"Đồng nghiệp đã làm.*Tiếp nhận.*Trần Minh Khuê", page, re.S)
    assert "Bước mới không còn thao tác của bạn." in page
    assert ">Trùng hồ sơ.</textarea>" in page
    assert f'href="/ban/ho-so/{code}">Bỏ, xem hồ sơ' in page


def test_of_two_at_one_step_the_second_takes_it_up_where_it_still_can_be_done(at_desk, submitted):
    code, bao = submitted(), at_desk("bao")
    to_appraise(at_desk, code)
    act(bao, code, "propose")
    act(at_desk("nghia"), code, "return", return_for="noi", reason="Giao nhầm")

    answer = post(bao, f"/ban/ho-so/{code}/lam/propose", seen_version="3", note="Đã xem kỹ.")
    page = text_of(answer)
    again = re.search(r'name="seen_version" value="(\d+)"', page.partition('id="bieu-mau"')[2])[1]
    done = post(bao, f"/ban/ho-so/{code}/lam/propose", seen_version=again, note="Đã xem kỹ.")

    assert answer.status_code == 409
    assert "Làm lại trên bước mới" in page
    assert "Giao nhầm" in page
    assert done.status_code == 303


def test_who_stands_in_for_the_absent_is_seen_at_the_dossier(at_desk, submitted, actor_at):
    code = submitted()
    to_appraise(at_desk, code)
    today = city_date(clock.now())
    organisations.grant_substitution(
        absent_id=the_officer("bao").id,
        substitute_id=the_officer("phat").id,
        first_on=today,
        back_on=today + timedelta(days=3),
        reason="Ốm",
        actor=actor_at("nghia"),
        now=clock.now(),
    )

    page = text_of(at_desk("phat").get(f"/ban/ho-so/{code}"))

    assert "Đang vắng mặt, Huỳnh Tấn Phát làm thay." in page
    assert "Bạn làm thay Lê Quốc Bảo." in page


def test_an_undo_does_not_undo_what_a_colleague_said_of_the_paper(at_desk, submitted, tuyet):
    code, bao = submitted(), at_desk("bao")
    to_appraise(at_desk, code)
    paper = dossiers.dossier(code, tuyet, now=clock.now()).papers[0]
    address = f"/ban/ho-so/{code}/giay-to/{paper.id}"
    post(bao, address, verdict="FAILED")
    post(signed_in(Client(), bao.account), address, verdict="PASSED")

    undone = post(bao, "/ban/hoan-tac")

    assert "vừa có người ghi khác" in text_of(bao.get(undone["Location"]))
    now = dossiers.dossier(code, tuyet, now=clock.now()).papers
    assert next(one for one in now if one.id == paper.id).verdict is PaperVerdict.PASSED
