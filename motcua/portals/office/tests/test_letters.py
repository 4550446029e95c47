"""Dead letters through the browser's door: seen without content, run again once, given up."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.kernel import failures
from motcua.kernel.errors import Conflict
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM
from motcua.portals.office.tests.conftest import leaves, post, state_of, text_of

URL = "/quan-tri/viec-nen"
OTHER = "motcua.contexts.notifications.subscribers.tell"


def test_a_dead_letter_is_listed_and_shown_without_what_it_carries(quynh, dead):
    job = dead()
    failures.note(job, Conflict("Nguyễn Thị Ánh Tuyết"), at=MONDAY_9AM)

    home, listed, shown = (text_of(quynh.get(u)) for u in ("/quan-tri", URL, f"{URL}/{job}"))

    assert "Việc nền hỏng" in home
    assert f"{URL}?phan=hong" in home
    assert f"{URL}/{job}" in listed
    for page in (listed, shown):
        assert "motcua.kernel.errors.Conflict" in page
        assert "9:00, 23/11/2026" in page
        assert "Ánh Tuyết" not in page


def test_running_again_twice_is_once(quynh, dead):
    job = dead()
    shown = text_of(quynh.get(f"{URL}/{job}"))

    first = post(quynh, f"{URL}/{job}/chay-lai", idempotency_key="same")
    second = post(quynh, f"{URL}/{job}/chay-lai", idempotency_key="same")
    third = post(quynh, f"{URL}/{job}/chay-lai")

    assert "Chạy lại mọi việc cùng loại" in shown
    assert (first.status_code, second.status_code, third.status_code) == (303, 303, 409)
    assert "không còn nằm trong danh sách hỏng" in text_of(third)
    assert (state_of(job), leaves("kernel.retry_letter")) == ("todo", 1)
    assert LedgerLeaf.objects.get(action="kernel.retry_letter").subject == f"job {job}"


def test_all_of_one_kind_go_again_and_no_other(quynh, dead):
    jobs, other = [dead(), dead()], dead(subscriber=OTHER)

    answer = post(quynh, f"{URL}/{jobs[0]}/chay-lai-cung-loai")

    assert answer["Location"] == URL
    assert [state_of(job) for job in (*jobs, other)] == ["todo", "todo", "failed"]
    assert leaves("kernel.retry_kind") == 1
    assert post(quynh, f"{URL}/{jobs[0]}/chay-lai-cung-loai").status_code == 409


def test_giving_up_needs_a_reason_of_the_list(quynh, dead):
    job = dead()

    refused = post(quynh, f"{URL}/{job}/bo", reason="vì bà Ánh Tuyết")
    answer = post(quynh, f"{URL}/{job}/bo", reason="DONE_BY_HAND")

    assert refused.status_code == 422
    assert "Bạn chọn lý do bỏ việc này." in text_of(refused)
    assert answer["Location"] == URL
    assert state_of(job) == "cancelled"
    leaf = LedgerLeaf.objects.get(action="kernel.give_up_letter")
    assert "DONE_BY_HAND" in leaf.body
    assert "Ánh Tuyết" not in leaf.body
    assert post(quynh, f"{URL}/{job}/bo", reason="DONE_BY_HAND").status_code == 409


def periodic(status: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, status)"
            " VALUES ('periodic', 'kernel.forget_old_keys', 'keys', %s) RETURNING id",
            [status],
        )
        return cursor.fetchone()[0]


def test_periodic_work_is_not_run_beside_its_next_turn(quynh):
    old, newer = periodic("failed"), periodic("failed")
    post(quynh, f"{URL}/{old}/chay-lai-cung-loai")

    assert (state_of(old), state_of(newer)) == ("failed", "todo")
    answer = post(quynh, f"{URL}/{old}/chay-lai")
    assert answer.status_code == 409
    assert "đang chờ chạy" in text_of(answer)


@pytest.mark.parametrize("number", ["999999", "9" * 30])
@pytest.mark.parametrize("what", ["", "/chay-lai", "/chay-lai-cung-loai", "/bo"])
def test_an_unknown_job_is_not_found(quynh, what, number):
    url = f"{URL}/{number}{what}"

    answer = post(quynh, url, reason="NOT_NEEDED") if what else quynh.get(url)

    assert answer.status_code == 404
    assert "Không có việc nền mang số này" in text_of(answer)


def test_the_list_pages_by_kind_and_costs_the_same_however_long(quynh, dead):
    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as sent:
            assert quynh.get(url).status_code == 200
        return len(sent)

    other = dead(subscriber=OTHER)
    quynh.get(URL)
    one = queries(URL)
    jobs = [dead() for _ in range(60)]

    page = text_of(quynh.get(f"{URL}?viec=motcua.contexts.payments.subscribers.ask_for_money"))
    older = text_of(quynh.get(f"{URL}?truoc={jobs[10]}"))

    assert queries(URL) == one <= 12
    assert f"{URL}/{other}" not in page
    assert f"truoc={jobs[10]}" in page
    assert f"{URL}/{other}" in older
    assert f"{URL}/{jobs[10]}" not in older


def test_waiting_jobs_are_listed_and_exported(quynh, dead):
    job = dead()
    post(quynh, f"{URL}/{job}/chay-lai")

    waiting = text_of(quynh.get(f"{URL}?phan=cho"))
    file = b"".join(quynh.get(f"{URL}/xuat.csv?phan=cho")).decode()

    assert f"{URL}/{job}" in waiting
    assert "payments.subscribers.ask_for_money" in file
