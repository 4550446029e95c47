"""What is done leaves the queue after some days; what failed stays."""

from datetime import timedelta

from django.db import connection

from motcua.kernel import clock, jobs


def a_job(status, *, days_ago):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name)"
            " VALUES ('tests.any', 'tests') RETURNING id"
        )
        (number,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s",
            [status, number],
        )
        cursor.execute(
            "UPDATE procrastinate_events SET at = %s WHERE job_id = %s",
            [clock.now() - timedelta(days=days_ago), number],
        )
    return number


def left():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_jobs")
        return {number for (number,) in cursor.fetchall()}


def test_done_jobs_are_forgotten_after_a_while_and_others_never(db):
    a_job("succeeded", days_ago=4)
    a_job("aborted", days_ago=4)
    kept = {
        a_job("succeeded", days_ago=1),
        a_job("failed", days_ago=400),
        a_job("todo", days_ago=4),
        a_job("doing", days_ago=4),
    }

    assert jobs.forget_done(clock.now() - timedelta(days=3)) == 2

    assert left() == kept
