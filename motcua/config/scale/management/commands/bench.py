"""`./run bench`: one table, in one run, at 0, 100,000 and 1,000,000 dossiers."""

import json
import os
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from motcua.config.env import ROOT
from motcua.config.scale import history
from motcua.config.scale.benching import Bench
from motcua.config.scale.measuring import Figure
from motcua.contexts.dossiers.models import Dossier
from motcua.kernel import clock

SIZES = (0, 100_000, 1_000_000)


class Command(BaseCommand):
    help = "Đo tốc độ, in một bảng cạnh giới hạn của chính cơ sở dữ liệu."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
        parser.add_argument("--out", type=Path, default=ROOT / "docs" / "bench")

    def handle(self, *, sizes: list[int], out: Path, **_options: Any) -> None:
        name = connection.settings_dict["NAME"]
        if os.environ.get("DATABASE_URL") and "bench" not in str(name):
            raise CommandError(
                f"«{name}» không phải cơ sở dữ liệu để đo: bench ghi một triệu hồ sơ. "
                "Đặt DATABASE_URL tới một cơ sở dữ liệu có tên chứa «bench»."
            )
        began = clock.now()
        figures: list[Figure] = []
        for size in sorted(sizes):
            self._grow_to(size)
            figures.extend(Bench(clock.now()).figures(size))
        self.stdout.write(table(figures))
        out.mkdir(parents=True, exist_ok=True)
        path = out / f"{began:%Y-%m-%d-%H%M}.json"
        rows = [asdict(f) | {"ratio": f.ratio} for f in figures]
        path.write_text(
            json.dumps({"at": began.isoformat(), "figures": rows}, indent=1, ensure_ascii=False)
            + "\n",
            encoding="utf-8",
        )
        self.stdout.write(f"Đã ghi {path}")

    def _grow_to(self, size: int) -> None:
        missing = size - Dossier.objects.count()
        if missing > 0:
            history.seed(missing, now=clock.now(), seed_number=2026 + size)
        call_command("refresh_board", "--all")


def table(figures: list[Figure]) -> str:
    """Lines for people: milliseconds, share of the raw rate, growth against the empty city."""
    empty = {f.job: f.ms for f in figures if f.dossiers == 0}
    head = (
        f"{'Việc':<24}{'hồ sơ':>11}{'ms':>9}{'thô ms':>9}{'tỉ lệ':>7}{'câu lệnh':>10}"
        f"{'so với 0':>10}  ghi chú"
    )
    lines = [head, "─" * len(head)]
    for f in figures:
        raw = f"{f.raw_ms:.3f}" if f.raw_ms is not None else ""
        ratio = f"{f.ratio:.2f}" if f.ratio is not None else ""
        grown = f"×{f.ms / empty[f.job]:.2f}" if f.job in empty else ""
        lines.append(
            f"{f.job:<24}{f.dossiers:>11,}{f.ms:>9.3f}{raw:>9}{ratio:>7}"
            f"{f.statements:>10}{grown:>10}  {f.note}"
        )
    return "\n".join(lines)
