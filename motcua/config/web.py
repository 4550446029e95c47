"""The web server: loads the city once, then forks workers who share what was loaded."""

import gc

from django.urls import get_resolver
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from motcua.config import wsgi
from motcua.config.env import Environment

KILL_AFTER_SECONDS = 5


def serve(environment: Environment) -> int:
    """Until told to stop. A worker that dies is replaced by its master."""
    _ = get_resolver().url_patterns  # imports every page
    gc.collect()
    gc.freeze()  # what is loaded now stays; the collector need not touch, and so copy, its pages
    server = Granian(
        f"{wsgi.__name__}:application",
        address="127.0.0.1",
        port=environment.port,
        interface=Interfaces.WSGI,
        workers=environment.motcua_web_workers,
        blocking_threads=environment.motcua_web_threads,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_AFTER_SECONDS,
    )
    server.serve()
    return 0
