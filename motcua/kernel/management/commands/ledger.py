"""`motcua ledger seal|verify|key`: the ledger of actions, by hand."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.kernel import clock, ledger
from motcua.kernel.console import progress
from motcua.kernel.models import LedgerLeaf


class Command(BaseCommand):
    help = "Sổ cái hành động: niêm phong (seal), kiểm tra (verify), khóa công khai (key)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["seal", "verify", "key"])
        parser.add_argument("--json", action="store_true", help="answer for scripts")

    def handle(self, *, what: str, json: bool, **options: Any) -> None:
        if what == "key":
            self.stdout.write(ledger.public_key().hex())
        elif what == "seal":
            self._seal()
        else:
            self._verify(as_json=json)

    def _seal(self) -> None:
        head = ledger.seal(now=clock.now())
        self.stdout.write(
            f"Đã niêm phong đầu sổ {head.number}: {head.size} lá." if head else "Không có lá mới."
        )

    def _verify(self, *, as_json: bool) -> None:
        with progress(total=LedgerLeaf.objects.count(), label="Kiểm tra sổ") as bar:
            findings, leaves, heads = ledger.verify(bar.update)
        if as_json:
            rows = [{"what": f.what, "where": f.where} for f in findings]
            self.stdout.write(json.dumps({"leaves": leaves, "heads": heads, "findings": rows}))
        else:
            for finding in findings:
                self.stdout.write(f"SAI: {finding.what} — {finding.where}")
            verdict = "nguyên vẹn" if not findings else f"{len(findings)} chỗ không khớp"
            self.stdout.write(f"{leaves:,} lá, {heads:,} đầu sổ: {verdict}.")
        if findings:
            sys.exit(1)
