"""Every sentence marked for translation, and every refusal, has an English one."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

import motcua
from motcua.kernel.errors import DomainError

HOUSE = Path(motcua.__file__).parent
MARKS = {"_", "gettext", "ngettext"}
TAG = re.compile(r"""\{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""")
BLOCK = re.compile(
    r"\{%\s*blocktranslate([^%]*)%\}(.*?)\{%\s*(?:plural|endblocktranslate)", re.DOTALL
)
UNDERSTOOD_ALIKE = {"đồng"}


def marked() -> Iterator[str]:
    for file in HOUSE.rglob("*.py"):
        if "tests" not in file.parts:
            yield from in_code(ast.parse(file.read_text("utf-8")))
    for file in HOUSE.rglob("*.html"):
        yield from in_template(file.read_text("utf-8"))


def in_code(tree: ast.AST) -> Iterator[str]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            first = call.args[0] if call.args else None
            if call.func.id in MARKS and isinstance(first, ast.Constant):
                yield str(first.value)


def in_template(text: str) -> Iterator[str]:
    for double, single in TAG.findall(text):
        yield double or single
    for options, words in BLOCK.findall(text):
        if "trimmed" in options:
            words = " ".join(line.strip() for line in words.strip().splitlines())
        yield re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", words)


def refusals(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from refusals(below)


def citizens_meet(refusal: type[DomainError]) -> bool:
    return not {"tests", "desk", "office", "management"} & set(refusal.__module__.split("."))


def untranslated(sentences: Iterator[str]) -> list[str]:
    with translation.override("en"):
        return sorted({s for s in sentences if s and gettext(s) == s} - UNDERSTOOD_ALIKE)


def test_every_marked_sentence_has_english():
    assert untranslated(marked()) == []


def test_every_refusal_has_english():
    import_module(settings.ROOT_URLCONF)  # what pages refuse is known when they are
    ours = [one for one in refusals() if one.__module__.startswith("motcua.")]
    said = (text for one in ours for text in (one.sentence, one.next_step) if citizens_meet(one))
    assert len(ours) > 50
    assert untranslated(said) == []


def test_a_refusal_speaks_the_language_of_its_reader():
    refusal = DomainError()
    with translation.override("en"):
        assert refusal.message == "This could not be done."
    assert refusal.message == "Chưa làm được việc này."
