"""PDF có mật khẩu: whether one must be known to open it. Asked only of files that say so."""

from typing import IO

from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

# What a reader stumbles over in a file that is not as the standard wants it.
ODD = (PdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError)


def needs_password(file: IO[bytes]) -> bool:
    """False also when nobody can tell: then the file is kept, and only ever downloaded."""
    file.seek(0)
    try:
        reader = PdfFileReader(file, strict=False)
        return reader.encrypted and reader.decrypt(b"").status is AuthStatus.FAILED
    except (*ODD, NotImplementedError):
        return False
