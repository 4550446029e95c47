"""What every template of the house must hold to, whoever wrote it."""

import re
from functools import cache
from pathlib import Path

import pytest

from motcua.ui import icons

HOUSE = Path(__file__).resolve().parents[2]
DJANGO = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
COMMENT = re.compile(r"\{%\s*comment.*?endcomment\s*%\}", re.DOTALL)
EXTENDS = re.compile(r"\{%\s*extends\s+[\"']([^\"']+)[\"']")
INLINE = {
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "script text": re.compile(r"<script\b[^>]*>\s*[^\s<]", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
}


@cache
def templates() -> dict[str, str]:
    """Name, as Django knows it, to text."""
    found = {}
    for path in sorted(HOUSE.glob("**/templates/**/*.html")):
        name = path.as_posix().split("/templates/", 1)[1]
        found[name] = COMMENT.sub("", path.read_text(encoding="utf-8"))
    return found


def chain(name: str) -> list[str]:
    """The template and those it extends, up to the root."""
    names = [name]
    while (found := EXTENDS.search(templates().get(names[-1], ""))) and found[1] in templates():
        names.append(found[1])
    return names


def pages() -> list[str]:
    """Templates that end in the base and that no other extends; shells are no pages."""
    shells = {f"ui/{name}.html" for name in ("citizen", "desk", "lead", "office", "plain")}
    extended = {name for each in templates() for name in chain(each)[1:]} | shells
    return [
        name for name in templates() if chain(name)[-1] == "ui/base.html" and name not in extended
    ]


@pytest.mark.parametrize("name", templates())
def test_nothing_is_inline(name):
    text = DJANGO.sub("", templates()[name])

    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize("name", pages())
def test_every_page_has_a_title(name):
    own = [one for one in chain(name) if one != "ui/base.html"]

    assert any(
        re.search(r"\{%\s*block (title|failure_title)\s*%\}\s*\S", templates()[one]) for one in own
    )


@pytest.mark.parametrize("name", templates())
def test_every_form_that_writes_carries_its_two_keys(name):
    forms = re.findall(r"<form\b(?:[^>]*)>.*?</form>", templates()[name], re.DOTALL | re.IGNORECASE)
    writing = [form for form in forms if re.search(r'method\s*=\s*"post"', form, re.IGNORECASE)]

    for form in writing:
        assert "{% csrf_token %}" in form
        assert "{% idempotency %}" in form


@pytest.mark.parametrize("name", templates())
def test_every_icon_exists(name):
    for icon in re.findall(r"\{%\s*icon\s+[\"']([\w-]+)[\"']", templates()[name]):
        assert icons.icon(icon)


def test_short_comments_stay_on_one_line():
    leaking = [
        name
        for name, text in templates().items()
        if any(opened.count("#}") == 0 for opened in re.findall(r"\{#.*", text))
    ]

    assert leaking == []
