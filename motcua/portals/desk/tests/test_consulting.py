"""Opinions through the browser: both sides of a question, more time, taken back, too late."""

import itertools
import re
from datetime import timedelta
from uuid import UUID

import pytest

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.tasks import apply_silence
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date

KEYS = itertools.count()


def text_of(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def post(client, url: str, **data):
    return client.post(url, {"idempotency_key": f"ask-{next(KEYS)}", **data})


def act(client, code: str, action: str, **data):
    page = text_of(client.get(f"/ban/ho-so/{code}/lam/{action}"))
    version = re.search(r'name="seen_version" value="(\d+)"', page)[1]
    return post(client, f"/ban/ho-so/{code}/lam/{action}", seen_version=version, **data)


@pytest.fixture
def asked(at_desk, submitted):
    """Bảo asked one unit; the code, the form's words, and the browser of whoever answers."""
    code, bao = submitted(), at_desk("bao")
    act(at_desk("khue"), code, "receive")
    act(at_desk("nghia"), code, "assign", assignee=str(the_officer("bao").id))
    form = text_of(bao.get(f"/ban/ho-so/{code}/lam/consult"))
    unit = re.search(r'name="unit" value="([0-9a-f-]{36})"', form)[1]
    act(bao, code, "consult", unit=unit, question="Có vướng gì?", answer_hours="16")
    able = organisations.holders_of(UUID(unit), Role.CONSULTED, city_date(clock.now()))
    return code, form, at_desk(able[0].staff_no)


def the_opinion(code: str):
    (opinion,) = casework.opinions_of(casework.case(code).id)
    return opinion


def test_consent_by_silence_says_that_no_law_stands_behind_it(asked):
    code, form, unit = asked

    answering = text_of(unit.get(f"/ban/ho-so/{code}/y-kien"))

    words = "coi là đồng ý theo quy trình nội bộ, chưa có căn cứ luật"
    assert words in form
    assert words in answering


def test_more_time_is_asked_for_once_and_given_by_who_asked(at_desk, asked):
    code, _form, unit = asked
    opinion, url = the_opinion(code), f"/ban/ho-so/{code}/y-kien/doi"
    which = {"opinion": str(opinion.id)}

    unsaid = post(unit, url, change="LONGER", hours="8", reason="", **which)
    wanted = post(unit, url, change="LONGER", hours="8", reason="Chờ bản đồ", **which)
    seen = text_of(at_desk("bao").get(f"/ban/ho-so/{code}?muc=y-kien"))
    foreign = post(unit, url, change="GRANT", **which)
    given = post(at_desk("bao"), url, change="GRANT", **which)
    again = post(unit, url, change="LONGER", hours="8", reason="Nữa", **which)

    assert [one.status_code for one in (unsaid, wanted, foreign, given, again)] == [
        422, 303, 403, 303, 409,
    ]  # fmt: skip
    assert "Xin thêm 8 giờ làm việc: Chờ bản đồ" in seen
    assert the_opinion(code).due_at > opinion.due_at


def test_a_question_is_taken_back_and_the_asker_goes_on(at_desk, asked, deliveries):
    code, _form, unit = asked
    which, url = {"opinion": str(the_opinion(code).id)}, f"/ban/ho-so/{code}/y-kien/doi"

    done = post(at_desk("bao"), url, change="WITHDRAW", reason="Đã rõ", **which)
    twice = post(at_desk("bao"), url, change="WITHDRAW", reason="Đã rõ", **which)
    odd = post(at_desk("bao"), url, change="NOTHING", **which)
    deliveries()

    assert [one.status_code for one in (done, twice, odd)] == [303, 409, 409]
    assert "Đã rút câu hỏi ý kiến" in text_of(unit.get("/thong-bao?muc=cho-biet"))
    assert "Đã rút câu hỏi" in text_of(at_desk("bao").get(f"/ban/ho-so/{code}?muc=y-kien"))


def test_a_late_answer_is_read_beside_the_silence_that_counted(at_desk, asked, deliveries):
    code, _form, unit = asked
    opinion = the_opinion(code)
    apply_silence(opinion.due_at + timedelta(hours=1))

    form = text_of(unit.get(f"/ban/ho-so/{code}/y-kien"))
    said = {"verdict": "DISAGREE", "text": "Đất có tranh chấp.", "opinion": str(opinion.id)}
    sent = post(unit, f"/ban/ho-so/{code}/y-kien", **said)
    deliveries()

    shown = text_of(at_desk("bao").get(f"/ban/ho-so/{code}?muc=y-kien"))
    assert "Đã quá hạn" in form
    assert sent.status_code == 303
    assert "Đất có tranh chấp." in shown
    assert "không đồng ý, để tham khảo" in shown
    assert "1 đơn vị được hỏi: 1 quá hạn không trả lời." in shown
    assert "Ý kiến tới sau hạn" in text_of(at_desk("bao").get("/thong-bao?muc=cho-biet"))
