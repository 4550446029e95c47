"""Storeys and contexts, and who imports whom, from the import graph."""

from collections import Counter
from collections.abc import Iterator

import grimp

from motcua.config import house
from motcua.config.map.marks import document, mermaid, table

STOREYS = ("config", "portals", "services", "contexts", "ui", "kernel")
DOORS = frozenset({"public", "contracts", "events", "testing", "ports"})
NOT_THE_CITY = (".testing", ".test_pack", ".__main__")
Pair = tuple[str, str]


def page() -> str:
    found = _imports()
    between = Counter({pair: n for pair, n in found.items() if {*pair} <= {*house.CONTEXTS}})
    mutual = sorted({tuple(sorted(p)) for p in between if (p[1], p[0]) in between})
    return document(
        "Context map",
        "Contexts from high to low; an arrow says: imports, and in how many modules. Only the doors"
        " (`public`, `contracts`, `events`) are imported; `./run check` proves it.",
        mermaid("flowchart TD", (f"{a} -->|{n}| {b}" for (a, b), n in sorted(between.items()))),
        f"Pairs of contexts that import each other: **{len(mutual)}**.",
        "## Storeys and portals",
        table(("from", "to", "modules"), _above(found)),
        "## What each context owns",
        table(("context", "storey above it knows it by", "README"), _rooms()),
    )


def _imports() -> Counter[Pair]:
    graph = grimp.build_graph("motcua", cache_dir=None)
    found: Counter[Pair] = Counter()
    for module in graph.modules:
        if (
            module == "motcua.__main__"
            or ".tests" in module
            or module.endswith((".testing", ".test_pack"))
        ):
            continue
        targets = {_box(other) for other in graph.find_modules_directly_imported_by(module)}
        for target in targets - {_box(module), ""}:
            found[_box(module), target] += 1
    return found


def _box(module: str) -> str:
    """The box on the map: a context, a portal, or a storey."""
    parts = module.split(".")[1:]
    if not parts or parts[0] not in STOREYS:
        return ""
    if parts[0] == "contexts":
        return parts[1] if len(parts) > 1 else ""
    if parts[0] == "portals":
        return f"portals/{parts[1]}" if len(parts) > 1 else ""
    return parts[0]


def _above(found: Counter[Pair]) -> Iterator[tuple[object, ...]]:
    for (a, b), n in sorted(found.items()):
        if not {a, b} <= {*house.CONTEXTS} and b != "kernel":
            yield a, b, n


def _rooms() -> Iterator[tuple[object, ...]]:
    for name in reversed(house.CONTEXTS):
        readme = f"../../motcua/contexts/{name}/README.md"
        doors = sorted(d for d in DOORS if house.module_exists(f"motcua.contexts.{name}.{d}"))
        yield name, ", ".join(f"`{door}`" for door in doors), f"[README]({readme})"
