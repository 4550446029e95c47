"""Serve the stand-ins of VNeID, the population register, the bank, mail and SMS on loopback."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from motcua.contexts.exchange.adapters.simulators.server import serve
from motcua.contexts.exchange.adapters.wiring import simulators
from motcua.kernel import clock


class Command(BaseCommand):
    help = "Serve the stand-ins of the city's neighbours (VNeID, population, bank, mail, SMS)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.ENVIRONMENT.port + 1)

    def handle(self, *, port: int, **options: Any) -> None:
        self.stderr.write(f"Stand-ins answer at http://127.0.0.1:{port}")
        try:
            serve(simulators(port=port, now=clock.now), port=port)
        except OSError as problem:
            raise CommandError(f"Port {port} cannot be used: {problem.strerror}.") from problem
        except KeyboardInterrupt:
            sys.exit(0)
