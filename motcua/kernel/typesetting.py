"""Dàn trang: a form of ours set with Typst; values travel as JSON and are never markup."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import fontpkg_be_vietnam_pro
import typst


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The typeface of every paper; none of the machine's own."""
    folder = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def archival_pdf(form: Path, values: Mapping[str, object]) -> bytes:
    """The form over these values as PDF/A-2b; it may import what lies beside it."""
    pdf: bytes = typst.compile(
        form,
        root=form.parent,
        font_paths=fonts(),
        format="pdf",
        pdf_standards=["a-2b"],
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
    )
    return pdf
