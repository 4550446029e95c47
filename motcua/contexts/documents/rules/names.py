"""Tên tệp: what an uploader called the file, made safe to show. Never a path."""

import re
import unicodedata

from motcua.contexts.documents.rules.kinds import KINDS
from motcua.kernel.text import nfc

LONGEST = 120  # characters; fits a line on a phone and every file system's 255 bytes in Vietnamese
NAMELESS = "tep"
KNOWN = frozenset(extension for kind in KINDS.values() for extension in kind.extensions)
UNSEEN = frozenset({"Cf", "Co", "Cs"})  # joiners and direction marks, private use, surrogates
_UNSAFE = re.compile(r'[<>:"|?*\\/]')
_BLANKS = re.compile(r"\s+")


def display_name(raw: str, *, extensions: tuple[str, ...]) -> str:
    """The cleaned name with an extension that tells the truth about the bytes.

    extensions: those of the true kind. A name without one of them gets the first, in place of the
    extension of another kind we keep, behind anything else.
    """
    name = _clean(raw)
    stem, dot, extension = name.rpartition(".")
    if dot and extension.lower() in extensions:
        return _shortened(stem, extension.lower())
    if dot and extension.lower() in KNOWN:
        return _shortened(stem, extensions[0])
    return _shortened(name, extensions[0])


def stated_extension(raw: str) -> str:
    """The extension the uploader wrote, lower case, "" without one."""
    _, dot, extension = _clean(raw).rpartition(".")
    return extension.lower() if dot and extension.isalnum() and len(extension) <= 5 else ""


def _clean(raw: str) -> str:
    """Last part of a path, composed, without marks that hide or turn what is read."""
    last = re.split(r"[\\/]", raw)[-1]
    seen = "".join(char for char in nfc(last) if unicodedata.category(char) not in UNSEEN)
    name = _BLANKS.sub(" ", _UNSAFE.sub("_", seen)).strip(" .")
    return name or NAMELESS


def _shortened(stem: str, extension: str) -> str:
    room = LONGEST - len(extension) - 1
    return f"{stem[:room].rstrip(' .') or NAMELESS}.{extension}"
