"""Xuất tệp: rows that stream as CSV, with cells that a spreadsheet only shows; PDF."""

import csv
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse, StreamingHttpResponse

from motcua.kernel.web import as_file

# What a spreadsheet, in any of its languages, may take for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
# Where a spreadsheet that parts cells otherwise than we do would begin a cell within ours.
AFTER_ANOTHER_PARTING = re.compile(rf"([;\t\r\n]\"? *)(?=[{re.escape(''.join(FORMULA))}])")
MARK = "\ufeff"  # tells a spreadsheet that this is UTF-8


def harmless(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula becomes text, also cut at a semicolon."""
    told = AFTER_ANOTHER_PARTING.sub(r"\1'", cell)
    return f"'{told}" if cell.lstrip(" ").startswith(FORMULA) else told


def csv_answer(
    name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]
) -> StreamingHttpResponse:
    writer = csv.writer(_Echo())

    def lines() -> Iterable[str]:
        yield MARK + str(writer.writerow(heads))
        for row in rows:
            yield str(writer.writerow([harmless(cell) for cell in row]))

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    return as_file(answer, name)


def pdf_answer(name: str, content: bytes, *, shown: bool = False) -> HttpResponse:
    """shown: the browser opens it, and keeps it under the name when asked."""
    return as_file(HttpResponse(content, content_type="application/pdf"), name, shown=shown)


class _Echo:
    """A file that hands back what is written."""

    def write(self, text: str) -> str:
        return text
