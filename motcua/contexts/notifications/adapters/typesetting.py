"""Bản in bằng chứng đã báo: our form set with Typst; values travel as JSON and are never markup."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import fontpkg_be_vietnam_pro
import typst

FORMS = Path(__file__).resolve().parents[1] / "forms"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folder = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def proof_as_pdf(values: Mapping[str, object]) -> bytes:
    """How one notice was delivered, as archival PDF (PDF/A-2b)."""
    pdf: bytes = typst.compile(
        FORMS / "service.typ",
        root=FORMS,
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=["a-2b"],
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
    )
    return pdf
