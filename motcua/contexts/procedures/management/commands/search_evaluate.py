"""Measure the search on questions with known answers: recall, mean reciprocal rank, and time."""

import json
import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError

from motcua.contexts.procedures.queries.catalogue import search
from motcua.contexts.procedures.queries.finding import search_index
from motcua.contexts.procedures.rules.search.words import syllables
from motcua.kernel.text import fold

DEPTH = 10
LEAST_MS = 0.0001
Question = dict[str, str]


class Spent(NamedTuple):
    """Seconds by the clock, and of the processor for this thread alone."""

    wall: float
    cpu: float


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
        times: list[Spent] = []
        for question in questions:
            text = question["question"]
            for kind, typed in ((question["kind"], text), (question["kind"] + "/bare", fold(text))):
                started = _now()
                codes = [hit.code for hit in search(typed, limit=DEPTH, on=None)]
                times.append(_since(started))
                wanted = question["procedure_code"]
                rank = next((n for n, code in enumerate(codes, 1) if code == wanted), 0)
                ranks[kind].append(rank)
                if misses and rank != 1 and typed == text:
                    self.stderr.write(f"{rank or '-'} {wanted} {text}")
        self._tell({kind: _figures(found) for kind, found in ranks.items()}, times, bare, json)

    def _tell(
        self,
        figures: dict[str, dict[str, float]],
        times: Sequence[Spent],
        bare: Sequence[Spent],
        as_json: bool,
    ) -> None:
        speed: dict[str, float] = {"procedures": len(search_index().lines)}
        for name, spent in (("search", times), ("bare_lookup", bare)):
            for of, clock in (
                ("wall", [one.wall for one in spent]),
                ("cpu", [one.cpu for one in spent]),
            ):
                speed |= {f"{name}_{of}_p{q}_ms": _percentile(clock, q) for q in (50, 95, 99)}
        bare_ms = max(speed["bare_lookup_cpu_p95_ms"], LEAST_MS)
        speed["ratio"] = round(speed["search_cpu_p95_ms"] / bare_ms, 2)
        if as_json:
            self.stdout.write(json.dumps({"kinds": figures, "speed": speed}, ensure_ascii=False))
            return
        for kind, row in figures.items():
            self.stdout.write(f"{kind:24}" + "  ".join(f"{k} {v:g}" for k, v in row.items()))
        for name, value in speed.items():
            self.stdout.write(f"{name:28}{value:g}")


def _questions(file: Path) -> list[Question]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        needed = ("question", "procedure_code", "kind")
        return [{name: str(row[name]) for name in needed} for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise CommandError(f"Không đọc được {file.name}: {wrong}", returncode=2) from wrong


def _now() -> Spent:
    return Spent(time.perf_counter(), time.thread_time())


def _since(started: Spent) -> Spent:
    now = _now()
    return Spent(now.wall - started.wall, now.cpu - started.cpu)


def _bare_times(questions: Sequence[Question]) -> list[Spent]:
    """The same words looked up in the postings and summed: the floor for any ranking."""
    index = search_index().index
    times = []
    for question in questions:
        words = syllables(question["question"])
        started = _now()
        index.lookup(words)
        times.append(_since(started))
    return times


def _figures(ranks: Sequence[int]) -> dict[str, float]:
    total = len(ranks)
    recall = {f"R@{k}": round(sum(0 < r <= k for r in ranks) / total, 3) for k in (1, 5, 10)}
    mrr = round(sum(1 / r for r in ranks if r) / total, 3)
    return {"n": total, **recall, "MRR": mrr}


def _percentile(seconds: Sequence[float], percent: int) -> float:
    """In milliseconds, to a tenth of a microsecond."""
    at = min(int(len(seconds) * percent / 100), len(seconds) - 1)
    return round(sorted(seconds)[at] * 1000, 4) if seconds else 0.0
