"""Ảnh: width and height from the header alone; a picture is never decoded here."""

import struct
from typing import IO

from motcua.contexts.documents.contracts.files import MediaType
from motcua.contexts.documents.contracts.refusals import DamagedFile, PictureTooLarge
from motcua.contexts.documents.rules.limits import Limits

HEIF_HEADER = 256 * 1024  # dimensions of a HEIC photograph stand well within
JPEG_SEGMENTS = 4_000
NOT_FRAMES = frozenset({0xC4, 0xC8, 0xCC})  # DHT, JPG, DAC lie among the SOF markers
BARE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length


def check(stream: IO[bytes], kind: MediaType, limits: Limits) -> None:
    """Raises: PictureTooLarge, DamagedFile."""
    stream.seek(0)
    try:
        width, height = READERS[kind](stream)
    except (struct.error, IndexError, ValueError) as broken:
        raise DamagedFile from broken
    if not width or not height:
        raise DamagedFile
    if max(width, height) > limits.picture_side or width * height > limits.picture_pixels:
        raise PictureTooLarge(width=width, height=height)


def _png(stream: IO[bytes]) -> tuple[int, int]:
    head = stream.read(24)
    if head[12:16] != b"IHDR":
        raise ValueError("no header chunk")
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def _jpeg(stream: IO[bytes]) -> tuple[int, int]:
    stream.seek(2)
    for _ in range(JPEG_SEGMENTS):
        marker = _next_marker(stream)
        if marker in BARE:
            continue
        (length,) = struct.unpack(">H", stream.read(2))
        if 0xC0 <= marker <= 0xCF and marker not in NOT_FRAMES:
            _, height, width = struct.unpack(">BHH", stream.read(5))
            return width, height
        stream.seek(length - 2, 1)
    raise ValueError("no frame")


def _next_marker(stream: IO[bytes]) -> int:
    if stream.read(1) != b"\xff":
        raise ValueError("not at a marker")
    marker = b"\xff"
    while marker == b"\xff":
        marker = stream.read(1)
    return marker[0]


def _webp(stream: IO[bytes]) -> tuple[int, int]:
    head = stream.read(30)
    form, body = head[12:16], head[20:]
    if form == b"VP8X":
        width, height = (int.from_bytes(body[at : at + 3], "little") + 1 for at in (4, 7))
        return width, height
    if form == b"VP8L" and body[0] == 0x2F:
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 ":
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("no such form")


def _heic(stream: IO[bytes]) -> tuple[int, int]:
    """The largest extent: a file holds the picture, its tiles and its thumbnail."""
    head = stream.read(HEIF_HEADER)
    found = [(0, 0)]
    at = head.find(b"ispe")
    while at >= 0:
        width, height = struct.unpack(">II", head[at + 8 : at + 16])
        found.append((width, height))
        at = head.find(b"ispe", at + 4)
    return max(found, key=lambda extent: extent[0] * extent[1])


READERS = {
    MediaType.PNG: _png,
    MediaType.JPEG: _jpeg,
    MediaType.WEBP: _webp,
    MediaType.HEIC: _heic,
}
