"""Ảnh của người lạ: which decoders are let at the bytes, and what they raise over odd ones."""

import struct
import zlib

FORMATS = ("JPEG", "PNG", "WEBP")
# AssertionError: of a palette whose transparency is cut short.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    OverflowError,
    AssertionError,
    struct.error,
    zlib.error,
)
