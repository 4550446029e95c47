"""Markdown and Mermaid, always written the same way, so that a page changes only with the code."""

from collections.abc import Iterable, Sequence

DRAWN = "<!-- Drawn by ./run map from the code. Change the code, not this page. -->"


def document(title: str, *blocks: str) -> str:
    return "\n\n".join((f"# {title}", DRAWN, *blocks)) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [_row(heads), "|" + "---|" * len(heads)]
    return "\n".join([*lines, *(_row(row) for row in rows)])


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(value: object) -> str:
    return " ".join(str(value).replace("|", "\\|").split())


def mermaid(kind: str, lines: Iterable[str]) -> str:
    return "\n".join(("```mermaid", kind, *(f"    {line}" for line in lines), "```"))


def first_sentence(text: str | None) -> str:
    """Of a docstring: up to the first full stop or colon at the end of a line."""
    whole = " ".join((text or "").split("\n\n")[0].split())
    return whole.split(". ")[0].rstrip(".:")


def plain(label: str) -> str:
    """A label that Mermaid cannot mistake for its own marks."""
    return label.replace(":", " -").replace('"', "'").replace(";", ",")
