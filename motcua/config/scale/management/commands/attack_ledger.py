"""`motcua attack_ledger`: bend a ledger in seven ways at random places; say what was found."""

import json
import random
import secrets
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.config.env import ROOT
from motcua.config.scale import attacking
from motcua.kernel import clock
from motcua.kernel.console import progress


class Command(BaseCommand):
    help = "Bẻ một sổ cái mẫu theo bảy cách ở nhiều chỗ; xem máy kiểm có thấy không."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--positions", type=int, default=1000, help="of each kind")
        parser.add_argument("--leaves", type=int, default=1_000_000)
        parser.add_argument("--seed", type=int, default=None)
        parser.add_argument("--out", type=Path, default=ROOT / "docs" / "bench")

    def handle(
        self, *, positions: int, leaves: int, seed: int | None, out: Path, **options: Any
    ) -> None:
        seed = secrets.randbits(32) if seed is None else seed
        chance = random.Random(seed)
        self.stdout.write(f"Hạt giống: {seed}")
        with tempfile.TemporaryDirectory() as folder:
            told = self._told(Path(folder) / "ledger.jsonl", positions, leaves, chance)
        began = clock.now()
        told = {"at": began.isoformat(), "seed": seed, **told}
        out.mkdir(parents=True, exist_ok=True)
        path = out / f"{began:%Y-%m-%d-%H%M}-ledger-attack.json"
        path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(f"Đã ghi {path}")
        if told["false_alarms"] or told["found"] != told["attacks"]:
            raise CommandError("Máy kiểm bỏ sót, hoặc báo nhầm.")

    def _told(
        self, path: Path, positions: int, leaves: int, chance: random.Random
    ) -> dict[str, Any]:
        with progress(total=leaves, label="Viết sổ") as bar:
            made = attacking.write(path, leaves, chance, bar.update)
        began = time.perf_counter()
        with progress(total=leaves, label="Đọc sổ sạch") as bar:
            alarms = attacking.read_clean(made, bar.update)
        clean_seconds = time.perf_counter() - began
        controls = attacking.positions(made, min(positions, 20), chance)
        for leaf in controls:
            if attacking.found(made, attacking.unbent, leaf):
                alarms.append(("control", str(leaf)))
        kinds: dict[str, dict[str, object]] = {}
        with progress(total=positions * len(attacking.BENDS), label="Bẻ sổ") as bar:
            for name, bend in attacking.BENDS.items():
                seen = 0
                for leaf in attacking.positions(made, positions, chance):
                    seen += attacking.found(made, bend, leaf)
                    bar.update()
                [leaf] = attacking.positions(made, 1, chance)
                whole = attacking.found_by_process(made, bend, leaf)
                kinds[name] = {"attacks": positions, "found": seen, "whole_file_found": whole}
                self.stdout.write(f"{name}: {seen} / {positions}, cả tệp: {whole}")
        return {
            "leaves": made.leaves,
            "heads": made.heads,
            "anchors": len(made.anchors),
            "false_alarms": len(alarms),
            "clean_seconds": round(clean_seconds, 1),
            "kinds": kinds,
            "attacks": positions * len(kinds),
            "found": sum(int(str(kind["found"])) for kind in kinds.values()),
        }
