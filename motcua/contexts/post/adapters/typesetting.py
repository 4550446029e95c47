"""Bản in: the sheet that the desk and the postman sign."""

from collections.abc import Mapping
from pathlib import Path

from motcua.kernel.typesetting import archival_pdf

SHEET = Path(__file__).resolve().parents[1] / "forms" / "sheet.typ"


def sheet_as_pdf(values: Mapping[str, object]) -> bytes:
    """The hand-over sheet as archival PDF."""
    return archival_pdf(SHEET, values)
