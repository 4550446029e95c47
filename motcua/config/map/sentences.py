"""Sentences marked for translation that have no English: only citizen pages mark theirs."""

import ast
import io
import re
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from django.utils.translation.template import templatize

from motcua.config import house, translations

ENGLISH = translations.LOCALE / "en" / "LC_MESSAGES" / "django.po"
STRING = r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*u?({STRING})(?:\s*,\s*u?({STRING}))?")
NAMES = {
    "_": "gettext",
    "gettext_lazy": "gettext",
    "ngettext_lazy": "ngettext",
    "pgettext_lazy": "pgettext",
}
OF_NOBODY = frozenset({"tests", "migrations"})
Marked = tuple[str, str, str]  # context, singular, plural


class _Missing(NullTranslations):
    """What the catalogue falls back to: nothing, so that it is seen."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""

    def pgettext(self, context: str, message: str) -> str:
        return ""


def untranslated(root: Path = house.HOUSE) -> Iterator[str]:
    """`file: sentence` for each that the English catalogue lacks."""
    for path in sorted(root.rglob("*")):
        if path.suffix not in {".py", ".html"} or OF_NOBODY & {*path.relative_to(root).parts}:
            continue
        for marked in _marked(path):
            if not _english(marked):
                yield f"{path.relative_to(root.parent)}: chưa có bản tiếng Anh «{marked[1]}»"


def _marked(path: Path) -> Iterator[Marked]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        for name, first, second in CALL.findall(templatize(text, origin=str(path))):
            yield _sorted(name, ast.literal_eval(first), ast.literal_eval(second or "''"))
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = NAMES.get(node.func.id, node.func.id)
            words = [one.value for one in node.args[:2] if isinstance(one, ast.Constant)]
            if name in {"gettext", "ngettext", "pgettext"} and words:
                yield _sorted(name, str(words[0]), str(words[-1]))


def _sorted(name: str, first: str, second: str) -> Marked:
    if name == "pgettext":
        return first, second, ""
    return "", first, second if name == "ngettext" else ""


def _english(marked: Marked) -> str:
    context, singular, plural = marked
    if context:
        return _catalogue().pgettext(context, singular)
    if plural:
        return _catalogue().ngettext(singular, plural, 2)
    return _catalogue().gettext(singular)


@cache
def _catalogue() -> GNUTranslations:
    made = translations.catalogue(ENGLISH.read_text(encoding="utf-8"))
    english = GNUTranslations(io.BytesIO(made))
    english.add_fallback(_Missing())
    return english
