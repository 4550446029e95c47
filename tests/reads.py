"""Who reads rows that a policy guards: found in the syntax trees, told function by function."""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from inspect import unwrap
from pathlib import Path
from types import FunctionType, ModuleType

from django.apps import apps

from motcua.kernel.access import Policy
from tests.house import ROOT, code, name_of, tree

# Rows that have no policy of their own, since they are reached through one that has.
PARTS = frozenset(
    {
        "DossierPaper",
        "DossierPast",
        "SupplementRequest",
        "ShortcomingRow",
        "SupplementProposal",
        "InvoiceItem",
        "Receipt",
        "Message",
    }
)
MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
FILTERS = frozenset({"visible", "opened"})
DOORS = re.compile(r"^motcua/(portals|services)/|/(web|api|exports)/|/(web|api)\.py$")
ACTORS = frozenset({"actor", "request"})


@cache
def guarded() -> frozenset[str]:
    """Names of the models whose rows a policy shows."""
    models = {policy.model.rpartition(".")[2] for policy in Policy.registry.values()}
    return frozenset(models) | PARTS


@cache
def tables() -> frozenset[str]:
    return frozenset(
        model._meta.db_table for model in apps.get_models() if model.__name__ in guarded()
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """A function and the guarded models that it asks without their policy."""

    name: str
    module: str
    path: str
    has_actor: bool
    reads: frozenset[str]
    calls: tuple[ast.expr, ...] = field(repr=False)

    @property
    def at_door(self) -> bool:
        return bool(DOORS.search(self.path))

    @property
    def key(self) -> tuple[str, str]:
        return self.module, self.name

    def __str__(self) -> str:
        return f"{self.module.removeprefix('motcua.')}.{self.name}"


@cache
def readers() -> tuple[Reader, ...]:
    """Every function of the city, nested ones with the one around them."""
    return tuple(
        reader_of(node, path)
        for path in code()
        if path.is_relative_to(ROOT / "motcua") and "testing" not in path.as_posix()
        for node in _functions(tree(path))
    )


def _functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from (one for one in node.body if isinstance(one, ast.FunctionDef))


def reader_of(node: ast.FunctionDef, path: Path) -> Reader:
    names = {arg.arg for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)}
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    filtered = {id(one) for given in _filtered(node, calls) for one in ast.walk(given)}
    asked = {
        one.value.id
        for one in ast.walk(node)
        if isinstance(one, ast.Attribute)
        and one.attr in MANAGERS
        and isinstance(one.value, ast.Name)
        and id(one) not in filtered
    }
    return Reader(
        name=node.name,
        module=name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."),
        path=name_of(path),
        has_actor=bool(names & ACTORS),
        reads=frozenset(asked & guarded()),
        calls=tuple(call.func for call in calls),
    )


def _filtered(node: ast.FunctionDef, calls: list[ast.Call]) -> Iterator[ast.AST]:
    """What goes through a policy: the call itself, and what a name in it was given before."""
    asked = [call for call in calls if _called(call) in FILTERS]
    yield from asked
    names = {one.id for call in asked for one in ast.walk(call) if isinstance(one, ast.Name)}
    for given in ast.walk(node):
        if isinstance(given, ast.Assign) and names & _given_names(given):
            yield given.value


def _given_names(given: ast.Assign) -> set[str]:
    return {target.id for target in given.targets if isinstance(target, ast.Name)}


def _called(call: ast.Call) -> str:
    target = call.func
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


@cache
def unasked() -> frozenset[tuple[str, str]]:
    """Functions that no actor is told to, and that reach guarded rows, by themselves or others."""
    found = {one.key for one in readers() if one.reads and not one.has_actor}
    waiting = [one for one in readers() if not one.has_actor and one.key not in found]
    while True:
        more = {one.key for one in waiting if found & set(callees(one))}
        if not more:
            return frozenset(found)
        found |= more
        waiting = [one for one in waiting if one.key not in more]


@cache
def callees(reader: Reader) -> tuple[tuple[str, str], ...]:
    """What a function calls, as the names in its module resolve to."""
    module = sys.modules.get(reader.module) or import_module(reader.module)
    resolved = (_resolved(module, call) for call in reader.calls)
    return tuple((one.__module__, one.__qualname__) for one in resolved if one is not None)


def _resolved(module: ModuleType, call: ast.expr) -> FunctionType | None:
    if isinstance(call, ast.Name):
        found = getattr(module, call.id, None)
    elif isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name):
        found = getattr(getattr(module, call.value.id, None), call.attr, None)
    else:
        return None
    plain = unwrap(found) if callable(found) else None
    return plain if isinstance(plain, FunctionType) else None


def raw_reads() -> Iterator[tuple[str, str]]:
    """SQL written by hand that names a guarded table: the file and the table."""
    words = re.compile(rf'(?:FROM|JOIN|INTO|UPDATE)\s+"?({"|".join(sorted(tables()))})\b')
    for path in code():
        if path.is_relative_to(ROOT / "motcua"):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield from ((name_of(path), found) for found in words.findall(node.value))
