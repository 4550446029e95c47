"""Dọn kho giấy tờ: remove bytes that no row needs, older than a day."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.contexts.documents.actions.sweeping import missing, sweep
from motcua.kernel import clock


class Command(BaseCommand):
    help = "Remove stored bytes that no row needs; never a row without its file. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, remove nothing")
        parser.add_argument("--check", action="store_true", help="also look for missing bytes")
        parser.add_argument("--json", action="store_true", help="one line of JSON for scripts")

    def handle(self, **options: Any) -> None:
        done = sweep(now=clock.now(), pretend=options["dry_run"])
        lost = missing() if options["check"] else ()
        if options["json"]:
            counts = {"removed": done.removed, "abandoned": done.abandoned, "missing": lost}
            self.stdout.write(json.dumps(counts))
        else:
            verb = "would go" if options["dry_run"] else "removed"
            self.stdout.write(f"{done.removed} orphans {verb}, {done.abandoned} abandoned uploads.")
            for sha256 in lost:
                self.stderr.write(f"missing: {sha256}")
        if lost:
            sys.exit(1)
