"""`./run seed history --dossiers N`: a believable past, with a progress bar."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from motcua.config.scale import history
from motcua.kernel import clock


class Command(BaseCommand):
    help = "Gieo một quá khứ tin được: nhiều năm, tuần, Tết, mùa cao điểm, trễ hạn theo lĩnh vực."

    requires_system_checks = ()  # a long command starts at once

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossiers", type=int, default=100_000, help="how many dossiers")
        parser.add_argument("--seed", type=int, default=2026, help="of the dice")
        parser.add_argument("--json", action="store_true", help="answer for scripts")

    def handle(self, *, dossiers: int, seed: int, json: bool, **_options: Any) -> None:
        written = history.seed(dossiers, now=clock.now(), seed_number=seed)
        # The nightly count looks back a few months only; this past is years long.
        call_command("refresh_board", "--all", stdout=self.stderr)
        self._tell(written, as_json=json)

    def _tell(self, written: int, *, as_json: bool) -> None:
        words = json.dumps({"written": written}) if as_json else f"Đã gieo {written:,} hồ sơ."
        self.stdout.write(words)
