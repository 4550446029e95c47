"""Bản in bằng chứng đã báo."""

from collections.abc import Mapping
from pathlib import Path

from motcua.kernel.typesetting import archival_pdf

FORM = Path(__file__).resolve().parents[1] / "forms" / "service.typ"


def proof_as_pdf(values: Mapping[str, object]) -> bytes:
    """How one notice was delivered, as archival PDF (PDF/A-2b)."""
    return archival_pdf(FORM, values)
