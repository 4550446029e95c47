"""How well papers are read on this machine: pages whose words are known, field by field."""

import json
import os
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from motcua.contexts.documents.adapters import page_pictures
from motcua.contexts.documents.adapters.tesseract import paper_reader
from motcua.contexts.documents.contracts import FileView
from motcua.contexts.documents.ports import PaperReader, ReaderFailed
from motcua.contexts.documents.rules.inspection import inspect
from motcua.contexts.documents.rules.limits import Limits
from motcua.contexts.documents.rules.measuring import (
    NONE,
    Measured,
    article_measured,
    page_measured,
    plain,
)
from motcua.contexts.documents.rules.paper_kinds import paper_kinds
from motcua.contexts.documents.rules.reading import proposals
from motcua.contexts.documents.rules.words import Line, text_of
from motcua.kernel import clock
from motcua.kernel.clock import city_date

WITHOUT = UUID(int=0)
HEAD = (
    f"{'set':<44}{'pages':>6}{'letters':>9}{'wrong':>8}{'fields':>8}"
    f"{'exact':>8}{'cpu s':>8}{'wall s':>8}"
)


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds; what other programs of the machine do counts only by the clock."""

    processor: float = 0.0
    clock: float = 0.0

    def __add__(self, other: "Took") -> "Took":
        return Took(self.processor + other.processor, self.clock + other.clock)

    @classmethod
    def until_now(cls) -> "Took":
        spent = os.times()
        of_children = spent.children_user + spent.children_system
        return cls(spent.user + spent.system + of_children, time.perf_counter())

    def since(self, begun: "Took") -> "Took":
        return Took(self.processor - begun.processor, self.clock - begun.clock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """In the table «fields» are words with a digit in running text, fields of the kind on papers.

    took: seconds of a processor, and by the clock.
    """

    name: str
    pages: int
    measured: Measured
    took: Took

    def said(self) -> str:
        found = self.measured
        wrong = f"{100 * found.wrong / found.letters:.2f} %" if found.letters else "-"
        exact = f"{100 * found.exact / found.signs:.1f} %" if found.signs else "-"
        pages = max(1, self.pages)
        return (
            f"{self.name[:43]:<44}{self.pages:>6}{found.letters:>9}{wrong:>8}{found.signs:>8}"
            f"{exact:>8}{self.took.processor / pages:>8.2f}{self.took.clock / pages:>8.2f}"
        )


class Command(BaseCommand):
    help = "Đo việc đọc giấy trên một bộ trang đã biết chữ: rendered, scans, fields và gt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", default=settings.OCR_SET)
        parser.add_argument("--pages", type=int, default=8, help="trang mỗi bản quét, nhiều nhất")

    def handle(self, *, folder: Path | None, pages: int, **options: Any) -> None:
        if folder is None or not folder.is_dir():
            raise CommandError("Bạn nói thư mục có trang để đo, hoặc đặt MOTCUA_OCR_SET.")
        reader = paper_reader()
        try:
            name = reader.name()
        except ReaderFailed as failed:
            raise CommandError(
                "Máy này chưa có tesseract với dữ liệu tiếng Việt (gói tesseract-ocr-vie)."
            ) from failed
        self.stdout.write(f"{name}\n{HEAD}")
        for rows in (
            _rendered(folder, reader),
            _scans(folder, reader, pages),
            _fields(folder, reader),
        ):
            for row in rows:
                self.stdout.write(row.said())


def _rendered(folder: Path, reader: PaperReader) -> Iterator[Row]:
    """Pictures that all begin with the words of `gt/rendered_all.txt`."""
    truth = folder / "gt" / "rendered_all.txt"
    if not truth.is_file():
        return
    words = truth.read_text(encoding="utf-8")
    for path in sorted((folder / "rendered").glob("*")):
        lines, count, took = _read(path, reader, 1)
        measured = page_measured(words, text_of(lines))
        yield Row(name=f"rendered/{path.stem}", pages=count, measured=measured, took=took)


def _scans(folder: Path, reader: PaperReader, pages: int) -> Iterator[Row]:
    """Long papers with the articles of `gt/<name>.jsonl`, as far as they were read."""
    for path in sorted((folder / "scans").glob("*.pdf")):
        truth = folder / "gt" / f"{path.stem}.jsonl"
        lines, count, took = _read(path, reader, pages)
        measured = NONE
        if truth.is_file():
            told = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
            measured = _articles(told, plain(text_of(lines)))
        yield Row(name=f"scans/{path.stem}", pages=count, measured=measured, took=took)


def _articles(told: list[dict[str, Any]], read: str) -> Measured:
    """All that were found but the last, which the pages may not hold whole."""
    found = [article_measured(one["article"], one["text"], read) for one in told]
    whole = [one for one in found if one is not None][:-1]
    return sum(whole, NONE)


def _fields(folder: Path, reader: PaperReader) -> Iterator[Row]:
    """Papers of a kind with `<name>.json` beside them: {"kind": …, "values": {field: value}}."""
    sets: dict[str, list[Path]] = {}
    for path in sorted((folder / "fields").glob("*.json")):
        sets.setdefault(path.stem.rpartition("-")[0] or path.stem, []).append(path)
    for name, papers in sets.items():
        measured, count, took = NONE, 0, Took()
        for path in papers:
            told = json.loads(path.read_text(encoding="utf-8"))
            picture = next(one for one in path.parent.glob(f"{path.stem}.*") if one != path)
            lines, read, one = _read(picture, reader, 2)
            measured += _exact(told, lines)
            count, took = count + read, took + one
        yield Row(name=f"fields/{name}", pages=count, measured=measured, took=took)


def _exact(told: dict[str, Any], lines: tuple[Line, ...]) -> Measured:
    kind = paper_kinds()[told["kind"]]
    found = {one.key: one.value for one in proposals(kind, lines, today=city_date(clock.now()))}
    wanted: dict[str, str] = told["values"]
    exact = sum(found.get(key) == value for key, value in wanted.items())
    return Measured(letters=0, wrong=0, signs=len(wanted), exact=exact)


def _read(path: Path, reader: PaperReader, most: int) -> tuple[tuple[Line, ...], int, Took]:
    """The lines, how many pages, and what drawing and reading them took."""
    begun, lines, count = Took.until_now(), list[Line](), 0
    with path.open("rb") as content:
        size = path.stat().st_size
        told = inspect(content, size=size, limits=Limits())
        file = FileView(
            id=WITHOUT,
            sha256="",
            size=size,
            media_type=told.media_type,
            filename=path.name,
            pages=told.pages,
            created_at=clock.now(),
        )
        for drawn in page_pictures.pages(content, file, most):
            lines.extend(reader.lines(drawn.picture, page=drawn.page))
            count += 1
    return tuple(lines), count, Took.until_now().since(begun)
