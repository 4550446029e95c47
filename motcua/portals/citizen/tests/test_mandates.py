"""The pages of mandates: one thing a page, without script; foreign ones do not exist."""

from datetime import timedelta

import pytest

from motcua.contexts.exchange.testing import in_process, registry
from motcua.contexts.identity import public as identity
from motcua.contexts.identity.testing import a_mandate, a_person, own_actor
from motcua.contexts.notifications import public as notifications
from motcua.kernel import clock
from motcua.kernel.clock import city_date
from motcua.portals.citizen.tests.conftest import BIRTH, text_of

WHO = {
    "number": "079 188 999 002", "name": "Lê Minh Khoa",
    "born_on.day": "2", "born_on.month": "3", "born_on.year": "1988",
}  # fmt: skip
GIVE = "/toi/uy-quyen/cho"


def until(days=30):
    day = city_date(clock.now()) + timedelta(days=days)
    return {"until.day": day.day, "until.month": day.month, "until.year": day.year}


def given(account):
    now = clock.now()
    return identity.mandates_given(own_actor(account, now=now), now=now)


ALL = {"kind": "HELPER", "acts": ["DRAFT", "SUBMIT"], "procedures": [BIRTH]}


@pytest.mark.parametrize(
    ("step", "typed", "says"),
    [
        ("who", WHO | {"number": "12"}, "Số định danh có 12 chữ số"),
        ("who", WHO | {"born_on.year": ""}, "Bạn nhập đủ ngày, tháng, năm"),
        ("kind", {}, "Bạn chọn một vai trò"),
        ("acts", {"acts": ["FLY"]}, "Bạn chọn ít nhất một việc"),
        ("check", WHO | ALL | {"kind": "PARENT"} | until(), "chứng minh theo cách khác"),
        ("check", WHO | ALL | until(400), "trong vòng một năm"),
    ],
)
def test_what_cannot_stay_is_said_and_what_was_typed_is_kept(tuyet, account, step, typed, says):
    answer = tuyet.send(GIVE, {"step": step, **typed})

    assert answer.status_code == 422
    assert says in text_of(answer)
    assert given(account) == ()


def test_each_page_asks_one_thing_and_carries_the_rest_along(tuyet):
    assert "Ai sẽ làm thay?" in text_of(tuyet.get(GIVE))

    said, asked = dict(WHO), []
    for step in ("who", "kind", "acts", "procedures", "until"):
        said |= {"kind": ALL["kind"]} if step == "kind" else {}
        said |= {step: ALL[step]} if step in ALL and step != "kind" else {}
        said |= until() if step == "until" else {}
        page = text_of(tuyet.send(GIVE, {"step": step, **said}))
        asked.append(page.split("<h1>")[1].split("</h1>")[0])

    assert asked == [
        "Người đó là ai với bạn?", "Người đó được làm gì?", "Cho những thủ tục nào?",
        "Đến ngày nào?", "Xem lại rồi ủy quyền",
    ]  # fmt: skip
    assert 'name="number" value="079 188 999 002"' in page
    assert "Đăng ký khai sinh" in page


def test_a_mandate_is_given_used_and_taken_back(tuyet, khoa, account, deliveries):
    answer = tuyet.send(GIVE, {"step": "check", **WHO, **ALL, **until()})

    assert answer.status_code == 303
    [row] = given(account)
    assert (row.scope.procedures, row.scope.acts) == ({BIRTH}, {"DRAFT", "SUBMIT"})
    assert "Lê Minh Khoa" in text_of(tuyet.get("/toi/uy-quyen"))
    deliveries()
    told = [one.template for one in notifications.messages_for(account.person_id)]
    assert "mandate_recorded" in told
    tuyet.send(f"/toi/uy-quyen/{row.id}/thu-hoi")
    assert "Đã hết hiệu lực" in text_of(tuyet.get("/toi/uy-quyen"))


def test_a_mandate_among_others_is_not_found(tuyet, khoa, account):
    other = a_person("Trần Văn Ba", personal_number="079180999003")
    mandate_id = a_mandate(account.person_id, other.id, now=clock.now())

    assert khoa.send(f"/toi/uy-quyen/{mandate_id}/thu-hoi").status_code == 404
    assert [one.in_force for one in given(account)] == [True]


def test_a_dead_register_names_no_child_and_says_so(tuyet, account, tmp_path):
    with registry.registered(in_process("population", tmp_path, down=True)):
        page = text_of(tuyet.get("/toi/uy-quyen/con"))
        answer = tuyet.send("/toi/uy-quyen/con", {"child": "0"})

    assert "chưa trả lời" in page
    assert answer.status_code == 422
    assert given(account) == ()


def test_whom_the_register_does_not_name_nobody_is_a_parent_of(tuyet, tmp_path):
    with registry.registered(in_process("population", tmp_path)):
        answer = tuyet.send("/toi/uy-quyen/con", {"child": "7"})

    assert answer.status_code == 422
    assert "không ghi người này là con bạn" in text_of(answer)
