"""What the architecture tests read: the files of the repository and their syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "motcua"
CONTEXTS = sorted(path for path in (HOUSE / "contexts").iterdir() if (path / "apps.py").exists())
TEXT = {".py", ".md", ".html", ".toml", ".css", ".js", ".typ", ".po", ".sh", ".txt", ".svg"}
OF_MACHINES = {"var", "build", "dist"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def files() -> tuple[Path, ...]:
    """Every text file that belongs to the project."""
    return tuple(
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file()
        and (path.suffix in TEXT or path.name in {"run", ".importlinter"})
        and not any(_is_foreign(part) for part in path.relative_to(ROOT).parts[:-1])
    )


def _is_foreign(folder: str) -> bool:
    return folder.startswith(".") or folder in OF_MACHINES


def code() -> Iterator[Path]:
    """Python that runs in the city: no tests, no migrations."""
    for path in files():
        apart = {"tests", "migrations", "e2e"} & set(path.relative_to(ROOT).parts)
        if path.suffix == ".py" and not apart and not path.name.startswith("test_"):
            yield path


def templates() -> Iterator[Path]:
    return (path for path in files() if path.suffix == ".html")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def decorated(name: str) -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Every function of the city with this decorator, called or not."""
    for path in code():
        if path.name == "testing.py":
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and name in map(_called, node.decorator_list):
                yield path, node


def _called(decorator: ast.expr) -> str:
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    if isinstance(target, ast.Attribute):
        return target.attr
    return target.id if isinstance(target, ast.Name) else ""
