"""`motcua map --check`: what lags behind the code.

Pages of the map, links that lead nowhere, words the glossary lacks, sentences without English.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from django.apps import apps

from motcua.config import house
from motcua.config.env import ROOT
from motcua.config.map import drawing, happenings, sentences

NOT_OURS = frozenset({"var", "build", "node_modules"})
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")
WORD = re.compile(r"[A-Z][a-z]+")
GLOSSARY = ROOT / "GLOSSARY.md"


def complaints() -> Iterator[str]:
    """Needs Django set up. Nothing when all is well."""
    yield from (f"docs/{name}: chạy ./run map" for name in drawing.stale(drawing.pages()))
    for page in pages():
        yield from (f"{page.relative_to(ROOT)}: liên kết hỏng {link}" for link in dead_links(page))
    yield from sentences.untranslated()
    known = words_of(GLOSSARY.read_text(encoding="utf-8"))
    for name in names():
        for word in WORD.findall(name):
            if word not in known:
                yield f"GLOSSARY.md: chưa có từ {word} của {name}"


def pages() -> Iterator[Path]:
    """Every page of the project that people read."""
    for path in sorted(ROOT.rglob("*.md")):
        folders = path.relative_to(ROOT).parts[:-1]
        if not any(one.startswith(".") or one in NOT_OURS for one in folders):
            yield path


def dead_links(page: Path) -> Iterator[str]:
    """Links of this page to files that do not exist; addresses of the web are not asked."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for link in LINK.findall(CODE.sub("", text)):
        target = unquote(link.partition("#")[0])
        if target and ":" not in target and not (page.parent / target).exists():
            yield link


def words_of(glossary: str) -> frozenset[str]:
    """The words of every code name of the glossary."""
    return frozenset(word for name in CODE.findall(glossary) for word in WORD.findall(name))


def names() -> Iterator[str]:
    """Names that readers of tables and events meet."""
    for label in ("kernel", *house.CONTEXTS):
        yield from sorted(model.__name__ for model in apps.get_app_config(label).get_models())
    yield from (kind.__name__ for kind in happenings.kinds())
