"""`motcua witness`: keep and countersign the heads of a ledger that somebody else runs."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

from django.core.management.base import BaseCommand, CommandError

from motcua.contexts.exchange.adapters.simulators.alone import WitnessAlone
from motcua.contexts.exchange.adapters.simulators.server import LOOPBACK, Quiet
from motcua.kernel import clock


class Command(BaseCommand):
    help = "Chạy một nhân chứng của sổ cái: giữ và ký các đầu sổ, từ chối sổ bị bẻ."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True)
        parser.add_argument("--port", type=int, required=True)
        parser.add_argument("--folder", type=Path, required=True, help="key and list; back it up")
        parser.add_argument("--token-file", type=Path, required=True, help="shared with the city")

    def handle(
        self, *, name: str, port: int, folder: Path, token_file: Path, **options: Any
    ) -> None:
        try:
            token = token_file.read_text(encoding="utf-8").strip()
            application = WitnessAlone(name, folder=folder, token=token, now=clock.now)
            server = make_server(LOOPBACK, port, application, handler_class=Quiet)
        except OSError as problem:
            raise CommandError(f"Không chạy được: {problem.strerror}.") from problem
        if not token:
            raise CommandError("Tệp mã dùng chung trống.")
        self.stderr.write(f"Nhân chứng {name} trả lời ở http://{LOOPBACK}:{port}/{name}/")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.exit(0)
