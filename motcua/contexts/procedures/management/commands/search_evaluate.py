"""Measure the search on questions with known answers: recall and mean reciprocal rank by kind."""

import json
import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.contexts.procedures.queries.catalogue import search
from motcua.contexts.procedures.queries.finding import search_index
from motcua.contexts.procedures.rules.search.words import syllables
from motcua.kernel.text import fold

DEPTH = 10
Question = dict[str, str]


class Command(BaseCommand):
    help = "Đo tìm kiếm trên câu hỏi có đáp án: R@1, R@5, R@10, MRR theo loại."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="JSON lines: question, procedure_code, kind")
        parser.add_argument("--misses", action="store_true", help="print what was not first")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, file: Path, misses: bool, json: bool, **_options: Any) -> None:
        questions = _questions(file)
        bare = _bare_times(questions)
        ranks: dict[str, list[int]] = defaultdict(list)
        times: list[float] = []
        for question in questions:
            text = question["question"]
            for kind, typed in ((question["kind"], text), (question["kind"] + "/bare", fold(text))):
                started = time.perf_counter()
                codes = [hit.code for hit in search(typed, limit=DEPTH, on=None)]
                times.append(time.perf_counter() - started)
                wanted = question["procedure_code"]
                rank = next((n for n, code in enumerate(codes, 1) if code == wanted), 0)
                ranks[kind].append(rank)
                if misses and rank != 1 and typed == text:
                    self.stderr.write(f"{rank or '-'} {wanted} {text}")
        self._tell({kind: _figures(found) for kind, found in ranks.items()}, times, bare, json)

    def _tell(
        self,
        figures: dict[str, dict[str, float]],
        times: Sequence[float],
        bare: Sequence[float],
        as_json: bool,
    ) -> None:
        speed = {
            "search_p95_ms": round(_p95(times) * 1000, 2),
            "bare_lookup_p95_ms": round(_p95(bare) * 1000, 2),
            "ratio": round(_p95(times) / _p95(bare), 2),
        }
        if as_json:
            self.stdout.write(json.dumps({"kinds": figures, "speed": speed}, ensure_ascii=False))
            return
        for kind, row in figures.items():
            self.stdout.write(f"{kind:24}" + "  ".join(f"{k} {v:g}" for k, v in row.items()))
        self.stdout.write("  ".join(f"{name} {value:g}" for name, value in speed.items()))


def _questions(file: Path) -> list[Question]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        needed = ("question", "procedure_code", "kind")
        return [{name: str(row[name]) for name in needed} for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise CommandError(f"Không đọc được {file.name}: {wrong}", returncode=2) from wrong


def _bare_times(questions: Sequence[Question]) -> list[float]:
    """The same words looked up in the postings and summed: the floor for any ranking."""
    index = search_index().index
    times = []
    for question in questions:
        words = syllables(question["question"])
        started = time.perf_counter()
        index.lookup(words)
        times.append(time.perf_counter() - started)
    return times


def _figures(ranks: Sequence[int]) -> dict[str, float]:
    total = len(ranks)
    recall = {f"R@{k}": round(sum(0 < r <= k for r in ranks) / total, 3) for k in (1, 5, 10)}
    mrr = round(sum(1 / r for r in ranks if r) / total, 3)
    return {"n": total, **recall, "MRR": mrr}


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)] if times else 0.0
