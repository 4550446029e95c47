"""Vì sao việc hỏng: the class of a failure and where it happened, kept per job.

The words of an exception are never kept: a message may quote a name or a number.
"""

import traceback
from contextlib import suppress
from datetime import datetime
from types import TracebackType

from django.db import Error

from motcua.kernel import clock
from motcua.kernel.models import JobFailure

OURS = "motcua."


class Noting:
    """Around the work of a job: notes a failure and lets it go on to the worker."""

    def __init__(self, job_id: int | None) -> None:
        self._job_id = job_id

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if failure is not None and self._job_id is not None:
            with suppress(Error):  # a lost database is told by the failure itself
                note(self._job_id, failure, at=clock.now())


def note(job_id: int, failure: BaseException, *, at: datetime) -> None:
    """Keep the newest failure of a job and the time of its first."""
    kind = type(failure)
    told = {
        "error": f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")[:160],
        "place": _place(failure)[:160],
        "last_at": at,
    }
    JobFailure.objects.update_or_create(
        job_id=job_id, defaults=told, create_defaults={**told, "first_at": at}
    )


def _place(failure: BaseException) -> str:
    """The innermost line of ours: «motcua.contexts.payments.tasks:31»."""
    place = ""
    for frame, line in traceback.walk_tb(failure.__traceback__):
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith(OURS) and module != __name__:
            place = f"{module}:{line}"
    return place
