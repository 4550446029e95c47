"""`motcua map`: draws every page, or tells with --check what lags behind the code."""

import sys
from collections.abc import Iterator
from pathlib import Path

import django

from motcua.config.console import step
from motcua.config.env import ROOT

DOCS = ROOT / "docs"


def run(rest: list[str]) -> int:
    """Writes what changed, removes what is not drawn any more. --check: only tells."""
    django.setup()
    if rest == ["--check"]:
        return _check()
    drawn = pages()
    for name in stale(drawn):
        path = DOCS / name
        if name in drawn:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(drawn[name], encoding="utf-8")
        else:
            path.unlink()
        step(f"docs/{name}")
    step(f"Bản đồ có {len(drawn)} trang trong docs/map và docs/legal")
    return 0


def _check() -> int:
    from motcua.config.map import checking

    found = list(checking.complaints())
    sys.stdout.writelines(f"{one}\n" for one in found)
    return 1 if found else 0


def pages() -> dict[str, str]:
    """Path below docs/ -> text. Needs Django set up."""
    from motcua.config.map import (
        addresses,
        contexts,
        entities,
        handles,
        happenings,
        matrix,
        offers,
        workflows,
    )
    from motcua.config.security import page as security

    drawn = {
        "contexts.md": contexts.page(),
        "statuses.md": workflows.statuses(),
        "processes.md": workflows.processes(),
        "events.md": happenings.page(),
        "access.md": addresses.page(),
        "access-matrix.md": matrix.page(),
        "services.md": offers.page(),
        "commands.md": handles.page(),
        "security.md": security.page(),
        **entities.pages(),
    }
    found = {f"map/{name}": text for name, text in drawn.items()}
    return {**found, "map/README.md": _index(sorted(drawn)), "legal/README.md": offers.legal()}


def stale(drawn: dict[str, str]) -> list[str]:
    """Pages that differ from what the code says now, missing or left over ones too."""
    left_over = {name for name in _kept() if name not in drawn}
    changed = {name for name, text in drawn.items() if _text(DOCS / name) != text}
    return sorted(left_over | changed)


def _kept() -> Iterator[str]:
    for folder in ("map", "legal"):
        for path in (DOCS / folder).rglob("*.md"):
            yield path.relative_to(DOCS).as_posix()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _index(names: list[str]) -> str:
    from motcua.config.map.marks import document

    lines = [f"- [{_title(name)}]({name})" for name in names]
    return document("The map", "\n".join([*lines, "- [Law](../legal/README.md)"]))


def _title(name: str) -> str:
    stem = name.removesuffix(".md")
    return stem.replace("tables/", "tables of ")
