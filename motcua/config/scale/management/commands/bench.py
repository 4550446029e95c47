"""`./run bench`: one table, in one run, at 0, 100,000 and 1,000,000 dossiers."""

import json
import os
import platform
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from motcua.config.env import ROOT
from motcua.config.scale import alerting, history
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
        parser.add_argument(
            "--residents", type=int, default=100_000, help="Số người nhận một cảnh báo."
        )
        parser.add_argument("--alerts", action="store_true", help="Chỉ đo cảnh báo.")
        parser.add_argument("--out", type=Path, default=ROOT / "docs" / "bench")

    def handle(
        self, *, sizes: list[int], residents: int, alerts: bool, out: Path, **_options: Any
    ) -> None:
        name = connection.settings_dict["NAME"]
        if os.environ.get("DATABASE_URL") and "bench" not in str(name):
            raise CommandError(
                f"«{name}» không phải cơ sở dữ liệu để đo: bench ghi một triệu hồ sơ. "
                "Đặt DATABASE_URL tới một cơ sở dữ liệu có tên chứa «bench»."
            )
        began = clock.now()
        figures: list[Figure] = []
        for size in () if alerts else sorted(sizes):
            self._grow_to(size)
            figures.extend(Bench(clock.now()).figures(size))
        figures.extend(alerting.figures(residents, Dossier.objects.count()))
        self.stdout.write(table(figures))
        out.mkdir(parents=True, exist_ok=True)
        path = out / f"{began:%Y-%m-%d-%H%M}.json"
        rows = [asdict(f) | {"ratio": f.ratio, "cpu_ratio": f.cpu_ratio} for f in figures]
        told = {"at": began.isoformat(), "machine": _machine(), "figures": rows}
        path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        self.stdout.write(f"Đã ghi {path}")

    def _grow_to(self, size: int) -> None:
        missing = size - Dossier.objects.count()
        if missing > 0:
            history.seed(missing, now=clock.now(), seed_number=2026 + size)
        call_command("refresh_board", "--all")


def _machine() -> dict[str, object]:
    """What a reader needs to judge the figures; a load above the processors disturbs the clock."""
    connection.ensure_connection()
    return {
        "processors": os.cpu_count(),
        "load_of_the_last_quarter": round(os.getloadavg()[2], 2),
        "python": platform.python_version(),
        "postgresql": connection.connection.info.server_version,
        "system": f"{platform.system()} {platform.machine()}",
    }


def table(figures: list[Figure]) -> str:
    """Lines for people: time, share of the raw rate, growth against the empty city."""
    empty = {(f.job, f.note): f for f in figures if f.dossiers == 0}
    head = (
        f"{'Việc':<24}{'hồ sơ':>10}{'ms':>9}{'thô':>9}{'tỉ lệ':>7}{'CPU µs':>9}{'thô':>8}"
        f"{'tỉ lệ':>7}{'so với 0':>10}{'câu lệnh':>10}  ghi chú"
    )
    lines = [head, "─" * len(head)]
    for f in figures:
        grown = _grown(f, empty.get((f.job, f.note)))
        lines.append(
            f"{f.job:<24}{f.dossiers:>10,}{f.ours.ms:>9.3f}{f.raw.ms:>9.3f}{f.ratio:>7.2f}"
            f"{f.ours.cpu_us or 0:>9.0f}{f.raw.cpu_us or 0:>8.0f}{f.cpu_ratio or 0:>7.2f}"
            f"{grown:>10}{f.statements:>10}  {f.note}"
        )
    return "\n".join(lines)


def _grown(figure: Figure, empty: Figure | None) -> str:
    """By processor time where it is known: the clock also shows what strangers did."""
    if empty is None:
        return ""
    if figure.ours.cpu_us and empty.ours.cpu_us:
        return f"×{figure.ours.cpu_us / empty.ours.cpu_us:.2f}"
    return f"×{figure.ours.ms / empty.ours.ms:.2f}"
