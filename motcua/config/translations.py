"""Bản dịch: from the .po files we write to the .mo files that are read, without GNU gettext.

A fresh machine has no msgfmt. The .mo format is small: a header, a sorted table of originals, a
table of translations, and their bytes; plural forms of one message are joined by a zero byte.
"""

import ast
import os
import re
import struct
from collections.abc import Iterator
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "locale"
MAGIC, HEAD, PAIR = 0x950412DE, 28, 8
_WORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+(".*")')
_ENTRY = re.compile(r"\n\s*\n")


class BrokenCatalogue(ValueError):
    """A .po file that does not say what it translates."""


def compile_all(root: Path = LOCALE) -> tuple[Path, ...]:
    """Write every .mo that is missing or older than its .po; returns those written."""
    return tuple(_compiled(source) for source in sorted(root.rglob("*.po")) if _stale(source))


def _stale(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compiled(source: Path) -> Path:
    made = source.with_suffix(".mo")
    fresh = made.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(catalogue(source.read_text(encoding="utf-8")))
    fresh.replace(made)
    return made


def catalogue(text: str) -> bytes:
    """The bytes of the .mo, without the untranslated. Raises: BrokenCatalogue."""
    messages = dict(sorted(_messages(text)))
    originals: list[tuple[int, int]] = []
    translations: list[tuple[int, int]] = []
    blob = bytearray()
    start = HEAD + 2 * PAIR * len(messages)
    for table, said in ((originals, messages.keys()), (translations, messages.values())):
        for words in said:
            table.append((len(words), start + len(blob)))
            blob += words + b"\0"
    pairs = b"".join(struct.pack("<II", *pair) for pair in (*originals, *translations))
    behind = HEAD + PAIR * len(messages)
    head = struct.pack("<7I", MAGIC, 0, len(messages), HEAD, behind, 0, start)
    return head + pairs + bytes(blob)


def _messages(text: str) -> Iterator[tuple[bytes, bytes]]:
    for entry in _ENTRY.split(text):
        lines = [line for line in entry.splitlines() if line and not line.startswith("#")]
        if not lines or any(
            line.startswith("#,") and "fuzzy" in line for line in entry.splitlines()
        ):
            continue
        said = _said(lines)
        original = said.get("msgid", "")
        if said.get("msgid_plural"):
            original += "\0" + said["msgid_plural"]
        if said.get("msgctxt"):
            original = said["msgctxt"] + "\x04" + original
        forms = [value for word, value in said.items() if word.startswith("msgstr")]
        if all(forms) and forms:
            yield original.encode(), "\0".join(forms).encode()


def _said(lines: list[str]) -> dict[str, str]:
    """Keyword to text, continued lines joined."""
    said: dict[str, str] = {}
    word = ""
    for line in lines:
        if found := _WORD.fullmatch(line.strip()):
            word = found[1]
            said[word] = ast.literal_eval(found[2])
        elif word and line.strip().startswith('"'):
            said[word] += ast.literal_eval(line.strip())
        else:
            raise BrokenCatalogue(f"not understood: {line!r}")
    return said
