"""What lives in the tree: the web server, the worker, the simulators of our neighbours."""

import gc
from collections.abc import Iterator

import django
from django.core.management import call_command
from django.db import connections
from django.urls import get_resolver
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from motcua.config import accounts, house
from motcua.config.env import Environment
from motcua.config.supervisor import Program

KILL_AFTER_SECONDS = 5


def load() -> None:
    """Everything that the forks will share. Leaves no connection and no thread behind."""
    django.setup()
    _ = get_resolver().url_patterns  # imports every page
    from motcua.config import wsgi

    assert wsgi.application
    connections.close_all()
    gc.collect()
    gc.freeze()  # the collector need not touch, and so copy, what stays


def of_the_city(environment: Environment) -> Iterator[Program]:
    yield Program("web", lambda: serve_pages(environment))
    yield Program("worker", lambda: work(environment))
    if environment.motcua_simulators and house.command_exists("simulators"):
        port = environment.port + 1
        yield Program("simulators", lambda: call_command("simulators", port=port))


def serve_pages(environment: Environment) -> None:
    """Until told to stop. A worker that dies is replaced by its master."""
    accounts.act_as(accounts.Program.WEB, environment)
    server = Granian(
        "motcua.config.wsgi:application",
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


def work(environment: Environment) -> None:
    """The jobs, until told to stop."""
    accounts.act_as(accounts.Program.WORKER, environment)
    call_command("work")
