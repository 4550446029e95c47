"""Tên tệp: what an uploader called the file, made safe to show. Never a path."""

import re
import unicodedata

from motcua.kernel.text import nfc

LONGEST = 120  # characters; fits a line on a phone and every file system's 255 bytes in Vietnamese
NAMELESS = "tep"
_UNSAFE = re.compile(r'[<>:"|?*\\/]')
_BLANKS = re.compile(r"\s+")


def display_name(raw: str, *, extensions: tuple[str, ...]) -> str:
    """The cleaned name with an extension that tells the truth about the bytes.

    extensions: those of the true kind, the first is added when the name has none of them.
    """
    name = _clean(raw)
    stem, dot, extension = name.rpartition(".")
    if dot and extension.lower() in extensions:
        return _shortened(stem, extension.lower())
    return _shortened(name, extensions[0])


def stated_extension(raw: str) -> str:
    """The extension the uploader wrote, lower case, "" without one."""
    _, dot, extension = _clean(raw).rpartition(".")
    return extension.lower() if dot and extension.isalnum() and len(extension) <= 5 else ""


def _clean(raw: str) -> str:
    """Last part of a path, composed, without marks that hide or turn what is read."""
    last = re.split(r"[\\/]", raw)[-1]
    seen = "".join(char for char in nfc(last) if unicodedata.category(char) not in ("Cf", "Co", "Cs"))
    name = _BLANKS.sub(" ", _UNSAFE.sub("_", seen)).strip(" .")
    return name or NAMELESS


def _shortened(stem: str, extension: str) -> str:
    room = LONGEST - len(extension) - 1
    return f"{stem[:room].rstrip(' .') or NAMELESS}.{extension}"
