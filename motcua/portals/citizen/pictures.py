"""Mã QR trong ảnh: a photograph that somebody sent is looked at in memory and forgotten."""

import io
import warnings

import zxingcpp
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image

from motcua.kernel.errors import Invalid
from motcua.kernel.pictures import BROKEN, FORMATS

QR = zxingcpp.barcode_formats_from_str("QRCode")
MOST_BYTES = 15 * 2**20
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2400  # enough for a code that fills a tenth of the picture


class NoPicture(Invalid):
    sentence = "Không mở được ảnh này. Bạn chọn ảnh JPEG, PNG hoặc WebP."


class NoCode(Invalid):
    sentence = "Không thấy mã QR trong ảnh."


def code_in(file: "UploadedFile[bytes] | None") -> str:
    """What the largest QR of the picture says. Raises: NoPicture, NoCode."""
    if file is None or not file.size:
        raise NoPicture(_("Bạn chụp hoặc chọn một ảnh có mã QR."))
    if file.size > MOST_BYTES:
        raise NoPicture(_("Ảnh lớn hơn 15 MB. Bạn chụp lại hoặc chọn ảnh nhỏ hơn."))
    found = zxingcpp.read_barcodes(_opened(file.read()), formats=QR)
    said = [one.text.strip() for one in found if one.text.strip()]
    if not said:
        raise NoCode(
            _("Không thấy mã QR trong ảnh. Bạn chụp gần hơn, đủ sáng, để cả mã nằm trong ảnh.")
        )
    return said[0]


def _opened(content: bytes) -> Image.Image:
    """Grey, and no larger than needed. Raises: NoPicture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise NoPicture(_("Ảnh quá rộng. Bạn chụp lại hoặc chọn ảnh nhỏ hơn."))
            picture.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
            grey = picture.convert("L")
    except (*BROKEN, Image.DecompressionBombError, Warning) as wrong:
        raise NoPicture(_("Không mở được ảnh này. Bạn chọn ảnh JPEG, PNG hoặc WebP.")) from wrong
    grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return grey
