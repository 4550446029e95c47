"""`motcua archive verify|restore|export PATH`."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.contexts.archive.actions import checking, exporting, restoring
from motcua.contexts.archive.contracts import Checked
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import DomainError


class Command(BaseCommand):
    help = (
        "Kho lưu trữ: kiểm một gói (verify ĐƯỜNG-DẪN), phục hồi hồ sơ từ gói (restore ĐƯỜNG-DẪN), "
        "ghi một gói ra tệp zip (export ĐƯỜNG-DẪN --package MÃ)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "restore", "export"])
        parser.add_argument("path", type=Path)
        parser.add_argument("--package", default="", help="mã gói, cho export")
        parser.add_argument(
            "--ledger-key", default="", help="khóa công khai của sổ (64 chữ số hex)"
        )
        parser.add_argument("--disposed", type=Path, help="tệp mã đã tiêu hủy, mỗi dòng một mã")

    def handle(self, *, what: str, path: Path, **options: Any) -> None:
        try:
            if what == "export":
                written = exporting.export(options["package"], path, now=clock.now())
                self.stdout.write(f"Đã ghi {path}: {written:,} byte.")
            elif what == "verify":
                self._tell(checking.check(path, key=_key(options["ledger_key"])))
            else:
                self._restore(path, _key(options["ledger_key"]), options["disposed"])
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal

    def _restore(self, path: Path, key: bytes | None, listed: Path | None) -> None:
        disposed = listed.read_text(encoding="utf-8").split() if listed else []
        told = restoring.restore(
            path, actor=SYSTEM, now=clock.now(), key=key, disposed=frozenset(disposed)
        )
        self._tell(told.checked)
        for sentence in told.refused:
            self.stdout.write(f"KHÔNG PHỤC HỒI: {sentence}")
        self.stdout.write(f"Phục hồi {len(told.restored):,} hồ sơ; đã có {len(told.there):,}.")
        if told.refused:
            sys.exit(1)

    def _tell(self, told: Checked) -> None:
        """Names every finding; ends with code 1 when there is one."""
        for finding in told.findings:
            self.stdout.write(f"SAI: {finding}")
        verdict = "nguyên vẹn" if told.good else f"{len(told.findings)} chỗ không khớp"
        self.stdout.write(
            f"{told.dossiers:,} hồ sơ, {told.files:,} tệp, {told.size:,} byte, "
            f"{told.signatures:,} chữ ký, {told.proofs:,} bằng chứng: {verdict}."
        )
        if not told.good:
            sys.exit(1)


def _key(text: str) -> bytes | None:
    """Raises: CommandError."""
    if not text:
        return None
    try:
        key = bytes.fromhex(text)
    except ValueError as wrong:
        raise CommandError("Khóa của sổ có 64 chữ số hex.") from wrong
    if len(key) != 32:
        raise CommandError("Khóa của sổ có 64 chữ số hex.")
    return key
