"""`motcua ledger seal|verify|key|export|anchors|proof`."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from motcua.kernel import anchors, clock, exports, ledger
from motcua.kernel.console import progress
from motcua.kernel.errors import NotFound
from motcua.kernel.models import LedgerLeaf

Line = dict[str, object]


class Command(BaseCommand):
    help = (
        "Sổ cái hành động: niêm phong (seal), kiểm tra (verify), khóa công khai (key), "
        "xuất cả sổ (export TỆP), các lần neo (anchors TỆP), bằng chứng của một lá "
        "(proof TỆP --leaf SỐ)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["seal", "verify", "key", "export", "anchors", "proof"])
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--leaf", type=UUID)
        parser.add_argument("--json", action="store_true", help="answer for scripts")

    def handle(
        self, *, what: str, file: Path | None, leaf: UUID | None, json: bool, **options: Any
    ) -> None:
        simple: dict[str, Callable[[], None]] = {
            "key": lambda: self.stdout.write(ledger.public_key().hex()),
            "seal": self._seal,
            "verify": lambda: self._verify(as_json=json),
        }
        if what in simple:
            simple[what]()
        elif file is None:
            raise CommandError("Thiếu tên tệp để ghi.")
        elif what == "proof":
            self._proof(file, leaf)
        else:
            self._write(what, file)

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

    def _write(self, what: str, file: Path) -> None:
        lines: Iterable[Line] = exports.export_lines() if what == "export" else anchors.lines()
        total = sum(exports.sizes()) if what == "export" else 0
        written = 0
        with file.open("w", encoding="utf-8") as out, progress(total=total, label="Ghi sổ") as bar:
            for line in lines:
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
                bar.update()
                written += 1
        self.stdout.write(f"Đã ghi {file}: {written:,} dòng.")

    def _proof(self, file: Path, leaf: UUID | None) -> None:
        if leaf is None:
            raise CommandError("Thiếu số của lá: --leaf SỐ.")
        try:
            found = exports.proof_file(leaf)
        except NotFound as problem:
            raise CommandError(problem.message) from problem
        if found is None:
            raise CommandError("Lá này chưa được niêm phong; thử lại sau vài giây.")
        file.write_text(exports.as_text(found), encoding="utf-8")
        self.stdout.write(f"Đã ghi {file}.")
