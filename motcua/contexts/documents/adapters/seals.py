"""Dấu số: what a reader sees of the agency's signature, drawn over the signature of its officer."""

import io
from dataclasses import dataclass
from datetime import datetime

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.stamp import StaticStampStyle

from motcua.contexts.documents.adapters import measuring_pages
from motcua.contexts.documents.adapters.typesetting import FORMS
from motcua.contexts.documents.rules import layout
from motcua.kernel.clock import city_time
from motcua.kernel.typesetting import archival_pdf

POINT = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Seal:
    """page: from nought. box: left, bottom, right, top in points. drawing: one page of PDF."""

    page: int
    box: tuple[int, int, int, int]
    drawing: bytes


class _Drawing(PdfContent):
    """A page of another PDF, from memory."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        writer: BasePdfFileWriter = self._ensure_writer
        form = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        self.resources.xobject["/Dau"] = form
        left, bottom, right, top = form.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Dau Do"


def seal_for(pdf: bytes, agency: str, at: datetime) -> Seal | None:
    """Where an officer's signature is seen; a paper without one is sealed unseen."""
    sheet = measuring_pages.measured(pdf)
    place = layout.place_of_seal(sheet)
    if place is None:
        return None
    moment = f"{city_time(at):%H:%M:%S %d/%m/%Y} +07:00"
    values = {"agency": agency, "at": moment, "size": place.size}
    left, top = place.left * POINT, (sheet.height - place.top) * POINT
    side = place.size * POINT
    box = (round(left), round(top - side), round(left + side), round(top))
    return Seal(place.page - 1, box, archival_pdf(FORMS / "seal.typ", values))


def field_of(name: str, seal: Seal) -> SigFieldSpec:
    return SigFieldSpec(sig_field_name=name, on_page=seal.page, box=seal.box)


def style_of(seal: Seal) -> StaticStampStyle:
    return StaticStampStyle(border_width=0, background=_Drawing(seal.drawing))
