"""PDF: whether it can act by itself, how many pages, whether it came whole. Never rendered."""

import mmap
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from motcua.contexts.documents.contracts.refusals import DamagedFile
from motcua.contexts.documents.rules.limits import Limits

View = bytes | mmap.mmap
TAIL = 4096
CHUNK = 64 * 1024
DISGUISES = 5_000  # escaped names in one file; nobody needs so many
OBJECT_STREAMS = 20_000
DICTIONARY = 2048  # an object stream begins within so many bytes of naming its type
ACTING = (
    rb"JavaScript|Launch|EmbeddedFiles?|Filespec|SubmitForm|ImportData|GoToR|GoToE|RichMedia|XFA"
    rb"|Encrypt"  # what is inside cannot be looked at
)
# /JS is short enough to occur by chance in compressed bytes, so what follows it must fit too.
ACTS = re.compile(rb"/(?:(?:" + ACTING + rb")(?![A-Za-z0-9])|JS\s*[(<0-9])")
DISGUISED = re.compile(rb"/[A-Za-z0-9]{0,20}(?:#[0-9A-Fa-f]{2}[A-Za-z0-9]{0,20})+[\s(<0-9]?")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm(?![A-Za-z])")
LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
# Words and pictures are named so. Without one a page may be drawn by lines alone, never in little.
DRAWN = re.compile(rb"/(?:Font|XObject|Image|Pattern|Shading)(?![A-Za-z])")
CONTENT = re.compile(rb"/Contents(?![A-Za-z])")
LITTLE = 20_000
BODY = re.compile(rb"stream\r?\n")


@dataclass(frozen=True, slots=True)
class Portable:
    """acts: scripts, launches, files inside, forms that send, or locked so that we cannot tell.

    locked: it says that it is encrypted. empty: as far as can be told nothing is on its pages.
    """

    acts: bool
    pages: int | None
    locked: bool = False
    empty: bool = False


class Unreadable(Exception):
    """An object stream that does not open within the budget."""


def check(view: View, limits: Limits) -> Portable:
    """view: the whole file, mapped. Raises: DamagedFile when the end is missing (cut off)."""
    if view.rfind(b"%%EOF", max(0, len(view) - TAIL)) < 0:
        raise DamagedFile
    acts, pages, empty = _acts(view), _pages(view), _is_empty(view, len(view))
    try:
        for inside in _object_streams(view, limits.pdf_object_streams):
            acts = acts or _acts(inside)
            pages += _pages(inside)
            empty = empty and _is_empty(inside, len(view))
    except Unreadable:
        acts, empty = True, False
    return Portable(acts, pages or None, bool(LOCKED.search(view)), bool(pages) and empty)


def _is_empty(view: View, size: int) -> bool:
    if DRAWN.search(view):
        return False
    return size < LITTLE or not CONTENT.search(view)


def _acts(view: View) -> bool:
    if ACTS.search(view):
        return True
    for count, found in enumerate(DISGUISED.finditer(view)):
        if count > DISGUISES or ACTS.match(_unescaped(found[0]) + b" "):
            return True
    return False


def _unescaped(name: bytes) -> bytes:
    return ESCAPE.sub(lambda escape: bytes((int(escape[1], 16),)), name)


def _pages(view: View) -> int:
    return sum(1 for _ in PAGE.finditer(view))


def _object_streams(view: View, budget: int) -> Iterator[bytes]:
    """Contents of the compressed object streams. Raises: Unreadable."""
    for count, found in enumerate(OBJECT_STREAM.finditer(view)):
        if count > OBJECT_STREAMS:
            raise Unreadable
        body = BODY.search(view, found.end(), found.end() + DICTIONARY)
        if body is None:
            raise Unreadable
        inside, spent = _inflated(view, body.end(), budget)
        budget -= spent
        yield inside


def _inflated(view: View, start: int, budget: int) -> tuple[bytes, int]:
    """What unpacks from there, and what it cost: bytes read and bytes made both count, since a
    hostile stream may be all of one and nothing of the other."""
    unpacker, inside, at = zlib.decompressobj(), bytearray(), start
    try:
        while not unpacker.eof and at < len(view):
            inside += unpacker.decompress(view[at : at + CHUNK], budget)
            at += CHUNK
            spent = at - start + len(inside)
            if spent > budget or unpacker.unconsumed_tail:
                raise Unreadable
    except zlib.error as broken:
        raise Unreadable from broken
    if not unpacker.eof:
        raise Unreadable
    return bytes(inside), spent - len(unpacker.unused_data)
