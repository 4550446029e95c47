"""Giới hạn: how much of anything one file may hold."""

from dataclasses import dataclass
from datetime import timedelta

MB = 1024 * 1024

# What one account may bring within a day and put to no use. The longest list of papers has some
# thirty; one form may carry five files of 50 MB. So an application begun three times over still
# fits, and a script cannot fill the store.
UNUSED_FILES_A_DAY = 100
UNUSED_BYTES_A_DAY = 300 * MB

# A file that comes in parts. A part is small enough that a broken one costs seconds on a weak
# network, and one file at most needs fewer calls than a person has in a minute.
PART = 2 * MB
UPLOAD_LIVES = timedelta(days=1)  # since its last part

# What is decoded while somebody waits: an A4 sheet at 600 dpi is 35 million points.
DECODED_PIXELS = 40_000_000
JOINED_AT_ONCE = 30

HANDOFF_LIVES = timedelta(minutes=10)  # a phone is asked to bring a paper while it is in hand

# What a machine reads of one paper; papers that matter say what they say on their first pages.
PAGES_READ = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes in bytes. ratio: unpacked to packed, asked only of archives that unpack large."""

    size: int = 50 * MB
    archive_entries: int = 1_000
    archive_directory: int = MB
    archive_unpacked: int = 300 * MB
    archive_ratio: int = 100
    archive_ratio_from: int = 10 * MB
    picture_pixels: int = 250_000_000
    picture_side: int = 40_000
    xml_size: int = 20 * MB
    xml_depth: int = 200
    pdf_object_streams: int = 64 * MB
