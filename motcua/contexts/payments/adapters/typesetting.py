"""Bản in biên lai."""

from collections.abc import Mapping
from pathlib import Path

from motcua.kernel.typesetting import archival_pdf

FORM = Path(__file__).resolve().parents[1] / "forms" / "receipt.typ"


def receipt_as_pdf(values: Mapping[str, object]) -> bytes:
    """The receipt as archival PDF (PDF/A-2b)."""
    return archival_pdf(FORM, values)
