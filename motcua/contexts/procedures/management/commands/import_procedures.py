"""Take the national catalogue of procedures (CSDLQG về TTHC) from a file of its records."""

import gzip
import json
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.contexts.procedures.actions.importing import NationalEntry, import_batch
from motcua.contexts.procedures.actions.keeping import keep_import
from motcua.contexts.procedures.contracts import ImportOutcome, RowRemark
from motcua.contexts.procedures.rules.national import Unreadable, digest_of_record, read_record
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.console import progress

BATCH = 250  # records a transaction: short locks, visible progress


class Command(BaseCommand):
    help = "Nhập bản ghi danh mục thủ tục quốc gia (.jsonl, .jsonl.gz, .json); chạy lại được."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="read every row, save none")
        parser.add_argument("--report", type=Path, help="write unreadable rows and remarks as JSON")
        parser.add_argument("--json", action="store_true", help="the outcome as JSON")

    def handle(
        self, *, file: Path, dry_run: bool, report: Path | None, json: bool, **_options: Any
    ) -> None:
        started = time.monotonic()
        self.unreadable: list[dict[str, object]] = []
        self.remarks: list[dict[str, object]] = []
        began = clock.now()
        entries = self._read(file)
        outcome = ImportOutcome() if dry_run else self._save(entries)
        if not dry_run:
            keep_import(
                file.name,
                outcome,
                list(self._said()),
                read=len(entries),
                started_at=began,
                by=SYSTEM,
                now=clock.now(),
            )
        counts = asdict(outcome) | {
            "read": len(entries),
            "unreadable": len(self.unreadable),
            "with_remarks": len(self.remarks),
            "papers": sum(len(e.definition.components) for e in entries),
            "notes": sum(len(e.definition.notes) for e in entries),
            "seconds": round(time.monotonic() - started, 1),
        }
        if report:
            self._write(report, counts)
        self._tell(counts, as_json=json, dry_run=dry_run)

    def _read(self, file: Path) -> list[NationalEntry]:
        entries: dict[str, NationalEntry] = {}
        for place, record in self._records(file):
            try:
                read = read_record(record)
            except Unreadable as why:
                self._refuse(place, record.get("code"), str(why))
                continue
            code = read.definition.code
            if code in entries:
                self._refuse(place, code, "mã này đã có ở một dòng trước")
                continue
            entries[code] = NationalEntry(
                content=record,
                digest=digest_of_record(record),
                definition=read.definition,
                agencies=read.agencies,
            )
            if read.remarks:
                self.remarks.append({"row": place, "code": code, "remarks": list(read.remarks)})
        return list(entries.values())

    def _records(self, file: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
        for place, line in enumerate(self._lines(file), start=1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except ValueError as wrong:
                self._refuse(place, None, f"không phải JSON: {wrong}")
                continue
            if isinstance(record, Mapping):
                yield place, record
            else:
                self._refuse(place, None, "không phải một bản ghi {…}")

    def _lines(self, file: Path) -> Iterator[str]:
        try:
            raw = file.read_bytes()
            data = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
            text = data.decode("utf-8")
            if text.lstrip().startswith("["):
                return iter([json.dumps(row) for row in json.loads(text)])
        except (OSError, EOFError, ValueError) as wrong:
            raise CommandError(f"Không đọc được tệp {file.name}: {wrong}", returncode=2) from wrong
        return iter(text.splitlines())

    def _save(self, entries: list[NationalEntry]) -> ImportOutcome:
        total: Counter[str] = Counter()
        with progress(total=len(entries), label="Thủ tục quốc gia") as bar:
            for start in range(0, len(entries), BATCH):
                batch = entries[start : start + BATCH]
                total.update(asdict(import_batch(batch, by=SYSTEM, now=clock.now())))
                bar.update(len(batch))
        return ImportOutcome(**total)

    def _said(self) -> Iterator[RowRemark]:
        for row in self.unreadable:
            code, why = str(row["code"] or ""), str(row["why"])
            yield RowRemark(row=_place(row), code=code, why=why, unreadable=True)
        for row in self.remarks:
            said = row["remarks"]
            why = "; ".join(map(str, said)) if isinstance(said, list) else str(said)
            yield RowRemark(row=_place(row), code=str(row["code"]), why=why, unreadable=False)

    def _refuse(self, place: int, code: object, why: str) -> None:
        self.unreadable.append({"row": place, "code": code, "why": why})

    def _write(self, report: Path, counts: Mapping[str, object]) -> None:
        body = {"counts": counts, "unreadable": self.unreadable, "remarks": self.remarks}
        report.write_text(json.dumps(body, ensure_ascii=False, indent=1), encoding="utf-8")

    def _tell(self, counts: Mapping[str, object], *, as_json: bool, dry_run: bool) -> None:
        if as_json:
            body = dict(counts) | {"dry_run": dry_run, "unreadable_rows": self.unreadable}
            self.stdout.write(json.dumps(body, ensure_ascii=False))
            return
        for row in self.unreadable:
            self.stderr.write(f"Dòng {row['row']} ({row['code'] or 'không mã'}): {row['why']}")
        saved = (
            f"{counts['created']} mới, {counts['changed']} thay đổi, {counts['unchanged']} như cũ, "
            f"{counts['reference_only']} chỉ để đối chiếu."
        )
        if dry_run:
            saved = "Chỉ đọc thử, không lưu gì."
        self.stdout.write(
            f"Đọc được {counts['read']} thủ tục, {counts['unreadable']} dòng không đọc được, "
            f"{counts['with_remarks']} dòng có ghi chú. {saved} {counts['seconds']} giây."
        )


def _place(row: Mapping[str, object]) -> int:
    return int(str(row["row"]))
