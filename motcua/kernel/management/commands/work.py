"""`motcua work`: the worker. Jobs, the retry lane, periodic work, and the ledger's sealer."""

import asyncio
import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from motcua.kernel import clock, events, ledger
from motcua.kernel.jobs import RETRY_LANE

log = logging.getLogger("motcua.work")


class Command(BaseCommand):
    help = "Chạy việc nền: giao sự kiện, gửi lại, việc định kỳ, niêm phong sổ cái."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=4)

    def handle(self, *, concurrency: int, **options: Any) -> None:
        stop = threading.Event()
        sealer = threading.Thread(target=_seal_each_second, args=(stop,), name="sealer")
        sealer.start()
        try:
            asyncio.run(_lanes(concurrency))
        finally:
            stop.set()
            sealer.join()


async def _lanes(concurrency: int) -> None:
    """Urgent, fresh and retried work side by side, so that none waits for another."""
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    worker_app = app.with_connector(connector.get_worker_connector())
    async with worker_app.open_async():
        fresh = worker_app.run_worker_async(
            queues=[events.QUEUE, "periodic", "default"],
            concurrency=concurrency,
            name="fresh",
            install_signal_handlers=False,
            fetch_job_polling_interval=2.0,
        )
        urgent = worker_app.run_worker_async(
            queues=[events.URGENT],
            concurrency=concurrency,
            name="urgent",
            install_signal_handlers=False,
            fetch_job_polling_interval=1.0,
        )
        again = worker_app.run_worker_async(
            queues=[RETRY_LANE],
            concurrency=1,
            name="retry",
            install_signal_handlers=False,
            fetch_job_polling_interval=1.0,
        )
        lanes = [asyncio.create_task(lane) for lane in (urgent, fresh, again)]
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(sign, lambda: [lane.cancel() for lane in lanes])
        await asyncio.gather(*lanes, return_exceptions=True)


def _seal_each_second(stop: threading.Event) -> None:
    while not stop.wait(1.0):
        try:
            close_old_connections()
            ledger.seal(now=clock.now())
        except Error as failure:  # the database may be restarting; the next second tries again
            log.warning("sealing waits: %s", failure)
    close_old_connections()
