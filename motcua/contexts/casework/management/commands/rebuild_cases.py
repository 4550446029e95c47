"""`motcua rebuild_cases`: compare every case with its events, and mend what differs."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.contexts.casework import public
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.console import progress

BATCH = 500


class Command(BaseCommand):
    help = "Dựng lại bước, tình trạng, hạn của vụ việc từ các sự kiện; chạy lại được nhiều lần."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare only; exit code 1")
        parser.add_argument("--json", action="store_true", help="answer for scripts")

    def handle(self, *, check: bool, json: bool, **options: Any) -> None:
        read, differing = 0, list[str]()
        with progress(total=public.case_count(), label="Dựng lại vụ việc") as bar:
            for batch in public.case_batches(BATCH):
                if check:
                    differing += public.deviating_codes(batch)
                else:
                    rebuilt = public.rebuild_cases(batch, actor=SYSTEM, now=clock.now())
                    differing += rebuilt.mended
                read += len(batch)
                bar.update(len(batch))
        self._tell(read, differing, check=check, as_json=json)
        if check and differing:
            sys.exit(1)

    def _tell(self, read: int, differing: list[str], *, check: bool, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"cases": read, "differing": differing}))
            return
        for code in differing:
            self.stdout.write(f"LỆCH: {code}")
        done = "chỗ lệch" if check else "chỗ đã dựng lại"
        self.stdout.write(f"{read:,} vụ việc, {len(differing):,} {done}.")
