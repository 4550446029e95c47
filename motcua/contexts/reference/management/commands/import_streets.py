"""Take the streets of the city from a table with old_province, old_district and street."""

import csv
import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.contexts.reference.actions.streets import read_streets, take_streets
from motcua.contexts.reference.contracts import StreetRow, StreetsTaken
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM

COLUMNS = ("old_province", "old_district", "street")
SHOWN = 20  # remarks that are printed one by one


class Command(BaseCommand):
    help = "Nhập tên đường theo quận, huyện cũ (.csv); tệp mới thay toàn bộ tệp trước."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="read every row, save none")
        parser.add_argument("--json", action="store_true", help="the outcome as JSON")

    def handle(self, *, file: Path, dry_run: bool, json: bool, **_options: Any) -> None:
        rows = _rows(file)
        if dry_run:
            found, remarks = read_streets(rows)
            taken = StreetsTaken(taken=len(found), new=0, gone=0, remarks=tuple(remarks))
        else:
            taken = take_streets(rows, by=SYSTEM, now=clock.now())
        self._tell(taken, read=len(rows), as_json=json, dry_run=dry_run)

    def _tell(self, taken: StreetsTaken, *, read: int, as_json: bool, dry_run: bool) -> None:
        if as_json:
            said = asdict(taken) | {"read": read, "dry_run": dry_run}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        for remark in taken.remarks[:SHOWN]:
            self.stderr.write(f"Dòng {remark.row}: {remark.why}")
        saved = f"{taken.new} mới, {taken.gone} thôi dùng."
        if dry_run:
            saved = "Chỉ đọc thử, không lưu gì."
        self.stdout.write(
            f"Đọc được {read} dòng: {taken.taken} tên đường trong quận, huyện cũ, "
            f"{len(taken.remarks)} dòng không nhận. {saved}"
        )


def _rows(file: Path) -> list[StreetRow]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            lines = list(csv.DictReader(text))
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise CommandError(f"Không đọc được tệp {file.name}: {wrong}", returncode=2) from wrong
    if not lines or not set(COLUMNS) <= set(lines[0]):
        raise CommandError(f"Tệp cần có các cột {', '.join(COLUMNS)}.", returncode=2)
    return [
        StreetRow(province=line[p] or "", district=line[d] or "", street=line[s] or "")
        for p, d, s in [COLUMNS]
        for line in lines
    ]
