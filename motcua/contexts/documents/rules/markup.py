"""Văn bản và XML: told apart from web pages, read without entities and without a document type."""

import codecs
import re
from typing import IO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from motcua.contexts.documents.contracts.files import MediaType
from motcua.contexts.documents.contracts.refusals import (
    DamagedFile,
    MarkupRefused,
    TypeNotAllowed,
)
from motcua.contexts.documents.rules.limits import Limits

CHUNK = 64 * 1024
PAGE_ROOTS = frozenset({"svg", "html", "body", "script"})
# A browser may take text that starts so for a page, whatever it is called.
PAGE = re.compile(
    rb"<\s*(?:!doctype\s+(?:html|svg)|html|head|body|script|iframe|svg|style|object|embed|a\s|img\s)",
    re.IGNORECASE,
)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def text_kind(stream: IO[bytes], head: bytes, limits: Limits) -> MediaType:
    """XML or plain text. Raises: TypeNotAllowed, MarkupRefused, DamagedFile."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"<?xml") or re.match(rb"<[A-Za-z_]", start):
        if PAGE.match(start):
            raise TypeNotAllowed(found="web_page")
        _check_xml(stream, limits)
        return MediaType.XML
    if PAGE.search(head):
        raise TypeNotAllowed(found="web_page")
    _check_text(stream)
    return MediaType.TXT


def _check_text(stream: IO[bytes]) -> None:
    """UTF-8 to the last byte, no control characters."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    stream.seek(0)
    try:
        while chunk := stream.read(CHUNK):
            if CONTROL.search(chunk):
                raise TypeNotAllowed(found="binary")
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as broken:
        raise TypeNotAllowed(found="binary") from broken


class _Watch:
    """Sees every element go by and keeps none."""

    def __init__(self, deepest: int) -> None:
        self.depth, self.deepest = 0, deepest

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > self.deepest:
            raise MarkupRefused(reason="too_deep")
        if tag.rpartition("}")[2].lower() in PAGE_ROOTS:
            raise TypeNotAllowed(found="web_page")

    def pi(self, target: str, _words: str | None = None) -> None:
        """A style sheet may bring programs, and may lie elsewhere."""
        if target.lower() == "xml-stylesheet":
            raise MarkupRefused(reason="style_sheet")

    def end(self, _tag: str) -> None:
        self.depth -= 1

    def close(self) -> None:
        return None


def _check_xml(stream: IO[bytes], limits: Limits) -> None:
    stream.seek(0)
    parser, read = DefusedXMLParser(target=_Watch(limits.xml_depth), forbid_dtd=True), 0
    try:
        while chunk := stream.read(CHUNK):
            read += len(chunk)
            if read > limits.xml_size:
                raise MarkupRefused(reason="too_large")
            parser.feed(chunk)
        parser.close()
    except DefusedXmlException as bomb:
        raise MarkupRefused(reason="entities") from bomb
    except (ParseError, ValueError, LookupError) as broken:
        raise DamagedFile from broken
