"""Is this process alive; can it do its work."""

import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from motcua.kernel.access import open_to_all, route


@route(open_to_all)
def process(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@route(open_to_all)
def ready(request: HttpRequest) -> JsonResponse:
    """503 with the name of what is missing, never with its address or password."""
    checks: dict[str, Callable[[], bool]] = {
        "database": lambda: _answers("SELECT 1"),
        "queue": lambda: _answers("SELECT 1 FROM procrastinate_jobs LIMIT 1"),
        "storage": _storage_is_writable,
    }
    parts = {name: "ok" if check() else "down" for name, check in checks.items()}
    well = set(parts.values()) == {"ok"}
    status = {"status": "ok" if well else "down", **parts}
    return JsonResponse(status, status=200 if well else 503)


def _answers(statement: str) -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return False
    return True


def _storage_is_writable() -> bool:
    """A remote store is asked by its own adapter's monitor, not at every probe."""
    if settings.STORAGE_URL:
        return True
    nearest = next(
        folder for folder in (Path(settings.STORAGE_ROOT), settings.VAR) if folder.exists()
    )
    return os.access(nearest, os.W_OK)
