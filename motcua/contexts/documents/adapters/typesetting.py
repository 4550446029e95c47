"""Dàn trang: Typst in this process, fonts loaded once, data passed as JSON and never as markup."""

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import segno
import typst

from motcua.contexts.documents.contracts.official import Form
from motcua.contexts.documents.rules import printing
from motcua.kernel.clock import start_of_day
from motcua.kernel.typesetting import fonts

FORMS = Path(__file__).resolve().parent.parent / "forms"
NO_DRAWINGS: Mapping[str, str] = {}
_here = threading.local()  # a compiler holds the document it sets, so each thread has its own


def _compiler() -> typst.Compiler:
    if not hasattr(_here, "compiler"):
        _here.compiler = typst.Compiler(root=str(FORMS), font_paths=fonts())
    found: typst.Compiler = _here.compiler
    return found


@lru_cache(maxsize=16384)
def displayable(char: str) -> bool:
    """Whether a typeface at hand has this character; asked of the typesetter itself."""
    source = '#set text(font: "Libertinus Serif")\n#json(bytes(sys.inputs.at("data")))'
    try:
        _set(source, char, None)
    except typst.TypstError:
        return False
    return True


def set_form(form: Form) -> bytes:
    """The official form as PDF/A-2b."""
    values = printing.form_values(form, displayable) | {"qr": qr_svg(form.qr_url)}
    dated = start_of_day(form.letterhead.on)
    return _set((FORMS / f"form_{form.number}.typ").read_text(encoding="utf-8"), values, dated)


def set_result(
    source: str,
    values: Mapping[str, object],
    *,
    qr_url: str = "",
    drawings: Mapping[str, str] = NO_DRAWINGS,
) -> bytes:
    """A pack's template over plain values; it may import "/kit.typ" and nothing else."""
    printed = printing.plain(values, displayable)
    assert isinstance(printed, dict)
    return _set(source, printed | {"qr": qr_svg(qr_url), "drawings": dict(drawings)}, None)


def qr_svg(url: str) -> str:
    if not url:
        return ""
    return segno.make(url, error="m", micro=False).svg_inline(border=1, omitsize=True)


def _set(source: str, values: object, dated: datetime | None) -> bytes:
    pdf = _compiler().compile(
        input=source.encode(),
        format="pdf",
        pdf_standards=["a-2b"],  # archival: fonts inside, no missing letters
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
        timestamp=int(dated.timestamp()) if dated else None,
    )
    if not isinstance(pdf, bytes):
        raise TypeError("the typesetter answered something else than one PDF")
    return pdf
