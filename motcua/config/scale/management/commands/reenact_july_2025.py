"""`motcua reenact_july_2025`: the merger of 1 July 2025 on a seeded past, counted to the end."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from motcua.config.env import ROOT
from motcua.config.scale.reenacting import Reenactment
from motcua.kernel import clock


class Command(BaseCommand):
    help = "Diễn lại sắp xếp 01/07/2025 trên một quá khứ mẫu; đếm xem gì sót, sai hạn, lệch tổng."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossiers", type=int, default=100_000)
        parser.add_argument("--out", type=Path, default=ROOT / "docs" / "bench")

    def handle(self, *, dossiers: int, out: Path, **_options: Any) -> None:
        if "organisations_unit" in connection.introspection.table_names() and _has_units():
            raise CommandError(
                "Cơ sở dữ liệu này đã có bộ máy. Diễn lại cần một nơi trống:"
                " đặt MOTCUA_VAR (hoặc DATABASE_URL) tới nơi khác."
            )
        began = clock.now()
        report = Reenactment().run(dossiers)
        for name, value in asdict(report).items():
            self.stdout.write(f"{name:<28}{value}")
        out.mkdir(parents=True, exist_ok=True)
        path = out / f"{began:%Y-%m-%d-%H%M}-july-2025.json"
        told = {"at": began.isoformat(), **asdict(report)}
        path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(f"Đã ghi {path}")
        if report.wrong:
            raise CommandError(f"Diễn lại không sạch: {report.wrong}")


def _has_units() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM organisations_unit)")
        return bool(cursor.fetchone()[0])
