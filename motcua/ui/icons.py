"""Biểu tượng: Lucide drawings read from the wheel once and inlined into the page."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

from django.utils.safestring import SafeString

_INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_FRAME = (
    '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
    'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>'
)


class UnknownIcon(LookupError):
    """A template names an icon that the wheel does not have."""


@cache
def icon(name: str) -> SafeString:
    """The drawing as markup; hidden from screen readers, so a word always stands beside it.

    Raises: UnknownIcon.
    """
    try:
        drawing = _archive().read(f"{name}.svg").decode()
    except KeyError:
        raise UnknownIcon(name) from None
    found = _INNER.search(drawing)
    if found is None:
        raise UnknownIcon(name)
    return SafeString(_FRAME.format(re.sub(r"\s*\n\s*", "", found[1])))


@cache
def _archive() -> ZipFile:
    spec = find_spec("lucide")
    if spec is None or spec.origin is None:
        raise UnknownIcon("lucide is not installed")
    return ZipFile(Path(spec.origin).parent / "lucide.zip")
