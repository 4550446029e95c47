"""`motcua work`: the worker. Jobs, the retry lane, periodic work, and the ledger's sealer."""

import asyncio
import logging
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from motcua.kernel import clock, events, ledger
from motcua.kernel.jobs import READING, RETRY_LANE

log = logging.getLogger("motcua.work")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Work that waits for no other lane. slots: how many at once, where that is fixed."""

    queues: tuple[str, ...]
    polls_seconds: float = 1.0
    slots: int | None = None


FRESH = "fresh"
LANES = {
    "urgent": Lane(queues=(events.URGENT,)),
    FRESH: Lane(queues=(events.QUEUE, "periodic", "default"), polls_seconds=2.0),
    "retry": Lane(queues=(RETRY_LANE,), slots=1),
    "reading": Lane(queues=(READING,), slots=1),
}


class Command(BaseCommand):
    help = "Chạy việc nền: giao sự kiện, gửi lại, việc định kỳ, niêm phong sổ cái."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=4)
        parser.add_argument(
            "--lanes",
            nargs="+",
            choices=[*LANES],
            default=[*LANES],
            help="Chỉ các làn này; «urgent» chạy riêng thì việc thường không chen được.",
        )

    def handle(self, *, concurrency: int, lanes: list[str], **options: Any) -> None:
        stop = threading.Event()
        sealer = threading.Thread(target=_seal_each_second, args=(stop,), name="sealer")
        if FRESH in lanes:  # the other processes beside it have their hands free
            sealer.start()
        try:
            asyncio.run(run_lanes(lanes, concurrency))
        finally:
            stop.set()
            if sealer.is_alive():
                sealer.join()


async def run_lanes(lanes: Iterable[str], concurrency: int, *, wait: bool = True) -> None:
    """Side by side, so that none waits for another. wait: for more when nothing is due."""
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    worker_app = app.with_connector(connector.get_worker_connector())
    async with worker_app.open_async():
        running = [
            asyncio.create_task(
                worker_app.run_worker_async(
                    queues=[*LANES[name].queues],
                    concurrency=LANES[name].slots or concurrency,
                    name=name,
                    wait=wait,
                    listen_notify=wait,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=LANES[name].polls_seconds,
                )
            )
            for name in lanes
        ]
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(sign, lambda: [lane.cancel() for lane in running])
        # A lane that fell (the database restarted) ends all: whoever started us starts us again.
        await asyncio.wait(running, return_when=asyncio.FIRST_EXCEPTION)
        for lane in running:
            lane.cancel()
        for ended in await asyncio.gather(*running, return_exceptions=True):
            if isinstance(ended, Exception):
                log.warning("a lane fell: %s", ended)


def _seal_each_second(stop: threading.Event) -> None:
    while not stop.wait(1.0):
        try:
            close_old_connections()
            ledger.seal(now=clock.now())
        except Error as failure:  # the database may be restarting; the next second tries again
            log.warning("sealing waits: %s", failure)
    close_old_connections()
