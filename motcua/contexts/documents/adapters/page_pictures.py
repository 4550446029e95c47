"""Ảnh từng trang: a page of a PDF or a picture, drawn for a reader of words or for a person."""

import io
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageFilter, ImageOps

from motcua.contexts.documents.adapters import pictures, programs
from motcua.contexts.documents.contracts.files import PICTURES, FileView, MediaType
from motcua.contexts.documents.contracts.refusals import (
    DamagedFile,
    PictureTooLarge,
    PictureWanted,
)
from motcua.contexts.documents.ports import ReaderFailed, ReaderTrouble

PROGRAM = "pdftoppm"  # of poppler-utils
LONG_SIDE = 2339  # of A4 at 200 dots per inch
SHOWN_SIDE = 1600
PRINTED_SIDE = 1000  # of a picture within a page
SECONDS = 30.0
SPECKLE = 3  # points across: dust of a photocopier


def readable(file: FileView) -> bool:
    """Whether it has pages that can be drawn."""
    return file.media_type == MediaType.PDF or file.media_type in PICTURES


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page for a reader of words. shape: its height where its width is a thousand."""

    page: int
    picture: bytes
    shape: int


def for_reading(content: IO[bytes], file: FileView, page: int) -> Drawn:
    """A grey PNG, as large as a page at 200 dots per inch. Raises: ReaderFailed."""
    with _drawn(content, file, page, LONG_SIDE) as drawn:
        shape = 1000 * drawn.height // drawn.width
        return Drawn(page, _png(_cleaned(drawn.convert("L"))), shape)


def for_looking(content: IO[bytes], file: FileView, page: int) -> bytes:
    """A JPEG for the screen. Raises: ReaderFailed."""
    with _drawn(content, file, page, SHOWN_SIDE) as drawn:
        out = io.BytesIO()
        drawn.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def as_drawing(content: IO[bytes], file: FileView) -> str:
    """The first page within an SVG, for templates, which get text alone. Raises: PictureWanted."""
    try:
        with _drawn(content, file, 1, PRINTED_SIDE) as drawn:
            out = io.BytesIO()
            drawn.convert("RGB").save(out, "JPEG", quality=75)
            width, height = drawn.size
    except ReaderFailed as failed:
        raise PictureWanted from failed
    picture = b64encode(out.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{picture}"/></svg>'
    )


def shown(content: IO[bytes], file: FileView, page: int) -> bytes:
    """As `for_looking`, refused in words. Raises: PictureWanted."""
    try:
        return for_looking(content, file, page)
    except ReaderFailed as failed:
        raise PictureWanted from failed


def _drawn(content: IO[bytes], file: FileView, page: int, side: int) -> Image.Image:
    if file.media_type == MediaType.PDF:
        return Image.open(io.BytesIO(_of_pdf(content, page, side)), formats=("PNG",))
    if file.media_type not in PICTURES:
        raise ReaderFailed(ReaderTrouble.NO_PICTURE)
    try:
        return pictures.page_of(content, side=side)
    except (DamagedFile, PictureTooLarge) as unreadable:
        raise ReaderFailed(ReaderTrouble.NO_PICTURE) from unreadable


def _of_pdf(content: IO[bytes], page: int, side: int) -> bytes:
    """Only this page, no larger than asked for, whatever size the PDF says it has."""
    words = ["-f", str(page), "-l", str(page), "-singlefile", "-scale-to", str(side), "-png", "-"]
    return programs.output(PROGRAM, words, given=content.read(), seconds=SECONDS)


def _cleaned(grey: Image.Image) -> Image.Image:
    """Dust goes, ink is dark and paper is light."""
    return ImageOps.autocontrast(grey.filter(ImageFilter.MedianFilter(SPECKLE)), cutoff=1)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()


def pages(content: IO[bytes], file: FileView, most: int) -> Iterator[Drawn]:
    """Each page in turn, drawn for reading when it is asked for. Raises: ReaderFailed.

    Of some PDFs nobody counted the pages: those end where no page can be drawn any more.
    """
    known = file.pages if file.media_type == MediaType.PDF else 1
    for page in range(1, min(known or most, most) + 1):
        content.seek(0)
        try:
            drawn = for_reading(content, file, page)
        except ReaderFailed:
            if known is None and page > 1:
                return
            raise
        yield drawn
