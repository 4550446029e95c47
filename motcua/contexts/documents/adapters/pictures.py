"""Ảnh giấy tờ: looked at, turned, made small, joined. The one place where a paper is decoded.

Only three decoders are let at the bytes, and none before its size was judged.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import IO

from PIL import ExifTags, Image, ImageFilter, ImageOps, ImageStat

from motcua.contexts.documents.contracts.files import Advice
from motcua.contexts.documents.contracts.refusals import DamagedFile, PictureTooLarge
from motcua.contexts.documents.rules.limits import DECODED_PIXELS, Limits
from motcua.kernel.pictures import BROKEN, FORMATS

HOW = {"JPEG": {"quality": 92}, "PNG": {}, "WEBP": {"quality": 92}}
LOOKED_AT = 480  # longest side, as on the device (upload.js), so that both say the same
BLURRED, DARK, SMALL = 60, 70, 700
ONE_COLOUR, NEAR = 0.995, 12
QUARTERS = {
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}
DOTS, MARGIN = 200, 80  # of a joined page, per inch; 80 dots are a centimetre
A4 = (1654, 2339)
THUMB = 240
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
EDGES = ImageFilter.Kernel((3, 3), (0, -1, 0, -1, 4, -1, 0, -1, 0), scale=1, offset=128)

# What is larger was refused by its header already; `_opened` asks for much less before it decodes.
Image.MAX_IMAGE_PIXELS = Limits().picture_pixels


def advice_on(file: IO[bytes]) -> tuple[Advice, ...]:
    """What a reader of the paper would find wrong; nothing of it keeps the paper from coming.

    A picture that is too large to be looked at quickly gets no advice.
    """
    try:
        with _opened(file, side=LOOKED_AT) as picture:
            orientation = picture.getexif().get(ExifTags.Base.Orientation, 1)
            small = ImageOps.exif_transpose(picture).convert("L")
            small.thumbnail((LOOKED_AT, LOOKED_AT))
    except PictureTooLarge:
        return ()
    except DamagedFile:
        return (Advice.UNREADABLE,)
    if _one_colour(small):
        return (Advice.EMPTY,)
    told = (
        (Advice.BLURRED, _sharpness(small) < BLURRED),
        (Advice.DARK, ImageStat.Stat(small).mean[0] < DARK),
        (Advice.SMALL, min(_size(file)) < SMALL),
        (Advice.SIDEWAYS, orientation not in (0, 1)),
    )
    return tuple(advice for advice, found in told if found)


def turned(file: IO[bytes], quarters: int) -> bytes:
    """Clockwise by so many right angles, upright for every reader, without what a camera notes.

    Raises: DamagedFile, PictureTooLarge.
    """
    with _opened(file) as picture:
        made = ImageOps.exif_transpose(picture)
        if quarters:
            made = made.transpose(QUARTERS[quarters])
        how = HOW[str(picture.format)]
        out = io.BytesIO()
        made.save(out, picture.format, exif=b"", **how)
    return out.getvalue()


def thumbnail(file: IO[bytes]) -> bytes:
    """A small JPEG to tell papers apart by. Raises: DamagedFile, PictureTooLarge."""
    with _opened(file, side=THUMB) as picture:
        small = _on_white(picture)
    small.thumbnail((THUMB, THUMB))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=70)
    return out.getvalue()


def page_of(file: IO[bytes], *, side: int) -> Image.Image:
    """The whole picture upright, its longest side as asked. Raises: DamagedFile, PictureTooLarge.

    What is smaller is drawn larger: a reader of words wants letters of some size.
    """
    with _opened(file, side=side) as picture:
        upright = _on_white(picture)
    return ImageOps.contain(upright, (side, side))


def joined(files: Sequence[IO[bytes]], *, title: str, now: datetime) -> bytes:
    """One PDF, a page of A4 for each picture in this order; wide pictures lie on wide pages.

    Raises: DamagedFile, PictureTooLarge.
    """
    pages = _pages(files)
    moment, out = now.utctimetuple(), io.BytesIO()
    next(pages).save(
        out,
        "PDF",
        save_all=True,
        append_images=pages,
        resolution=DOTS,
        quality=85,
        title=title,
        creationDate=moment,
        modDate=moment,
    )
    return out.getvalue()


def _pages(files: Sequence[IO[bytes]]) -> Iterator[Image.Image]:
    for file in files:
        with _opened(file, side=max(A4)) as picture:
            upright = _on_white(picture)
        wide = upright.width > upright.height
        width, height = (A4[1], A4[0]) if wide else A4
        fitted = ImageOps.contain(upright, (width - 2 * MARGIN, height - 2 * MARGIN))
        page = Image.new("RGB", (width, height), "white")
        page.paste(fitted, ((width - fitted.width) // 2, (height - fitted.height) // 2))
        yield page


def _on_white(picture: Image.Image) -> Image.Image:
    """Upright; where nothing was painted it is white, as paper is."""
    upright = ImageOps.exif_transpose(picture)
    if not upright.has_transparency_data:
        return upright.convert("RGB")
    painted = upright.convert("RGBA")
    ground = Image.new("RGBA", painted.size, "white")
    return Image.alpha_composite(ground, painted).convert("RGB")


@contextmanager
def _opened(file: IO[bytes], *, side: int = 0) -> Iterator[Image.Image]:
    """side: no longer one is wanted, so that a JPEG is decoded in a fraction of its size.

    Raises: PictureTooLarge before anything is decoded; DamagedFile for what does not open.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if side:
                picture.draft("RGB", (side, side))
            if picture.width * picture.height > DECODED_PIXELS:
                raise PictureTooLarge(width=picture.width, height=picture.height)
            picture.load()
            yield picture
    except BOMBS as bomb:
        raise PictureTooLarge from bomb
    except BROKEN as broken:
        raise DamagedFile from broken


def _sharpness(grey: Image.Image) -> float:
    """How much neighbouring points differ. The outermost have no neighbours and are left out."""
    edges = grey.filter(EDGES)
    inner = edges.crop((1, 1, max(2, edges.width - 1), max(2, edges.height - 1)))
    return ImageStat.Stat(inner).var[0]


def _size(file: IO[bytes]) -> tuple[int, int]:
    """As its header says; asked only of what opened before."""
    file.seek(0)
    with Image.open(file, formats=FORMATS) as picture:
        return picture.size


def _one_colour(grey: Image.Image) -> bool:
    """Nearly every point is as bright as most are: a sheet without a word, a covered lens."""
    counts = grey.histogram()
    most = counts.index(max(counts))
    near = counts[max(0, most - NEAR) : most + NEAR + 1]
    return sum(near) >= ONE_COLOUR * grey.width * grey.height
