"""Bản in: receipts, the reconciliation of a day."""

from collections.abc import Mapping
from pathlib import Path

from motcua.kernel.typesetting import archival_pdf

FORM = Path(__file__).resolve().parents[1] / "forms" / "receipt.typ"

BANK_DAY = FORM.with_name("bank_day.typ")
UNIT_DAY = FORM.with_name("unit_day.typ")


def receipt_as_pdf(values: Mapping[str, object]) -> bytes:
    """The receipt as archival PDF (PDF/A-2b)."""
    return archival_pdf(FORM, values)


def bank_day_as_pdf(values: Mapping[str, object]) -> bytes:
    """The reconciliation of a day as archival PDF."""
    return archival_pdf(BANK_DAY, values)


def unit_day_as_pdf(values: Mapping[str, object]) -> bytes:
    """The closing of a unit's day as archival PDF."""
    return archival_pdf(UNIT_DAY, values)
