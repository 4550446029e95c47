"""So hai bản: the changes that lead from one table of a definition to another, and back again.

The items of a list are told apart by what makes each the same item for a reader: a step by its
key, a fee by its kind and case. Property: `patched(a, changes(a, b)) == b`.
"""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.contexts.procedures.contracts.designing import Change, ChangeKind, Path

IDENTITY: dict[str, tuple[str, ...]] = {
    "step": ("key",),
    "action": ("key",),
    "page": ("key",),
    "question": ("key",),
    "field": ("key",),
    "component": ("key",),
    "options": ("value",),
    "reasons": ("key",),
    "fee": ("kind", "label", "channel", "case", "when"),
    "duration": ("channel", "case", "valid_from"),
    "legal": ("document", "article"),
    "retention": ("of",),
}
MAIN = "rest"  # how an item is called whose identity says nothing


@dataclass(frozen=True, slots=True)
class Op:
    """A change before it is told."""

    kind: ChangeKind
    path: Path
    before: object = None
    after: object = None
    position: int = 0


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Op]:
    """Everything that makes `after` out of `before`, in an order in which it can be done."""
    yield from _tables(before, after, ())


def patched(table: Mapping[str, Any], changes: Iterator[Change] | tuple[Change, ...]) -> Any:
    """The table after these changes."""
    after: Any = copy.deepcopy(dict(table))
    for change in changes:
        _apply(after, change)
    return after


def name_of(kind: str, item: Mapping[str, Any]) -> str:
    """What the item of a list is called in a path."""
    said = [str(item[part]) for part in IDENTITY[kind] if item.get(part) not in (None, "")]
    return "/".join(said) or MAIN


def _tables(before: Mapping[str, Any], after: Mapping[str, Any], path: Path) -> Iterator[Op]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        here = (*path, name)
        if old == new:
            continue
        if isinstance(old, Mapping) and isinstance(new, Mapping) and not _is_condition(name):
            yield from _tables(old, new, here)
        elif _is_list_of_items(name, old, new):
            yield from _lists(name, old or [], new or [], here)
        else:
            yield Op(ChangeKind.SET, here, old, new)


def _is_condition(name: str) -> bool:
    """A condition is changed as a whole: half of one says nothing."""
    return name in {"show_if", "applies_if"}


def _is_list_of_items(name: str, old: object, new: object) -> bool:
    """Lists whose items have each a name of their own, before and after."""
    for items in (old, new):
        if items is None:
            continue
        if name not in IDENTITY or not isinstance(items, list):
            return False
        names = [name_of(name, item) for item in items if isinstance(item, Mapping)]
        if len(names) != len(items) or len(set(names)) != len(names):
            return False
    return True


def _lists(kind: str, before: list[Any], after: list[Any], path: Path) -> Iterator[Op]:
    old = {name_of(kind, item): item for item in before}
    new = {name_of(kind, item): item for item in after}
    for name, item in old.items():
        if name not in new:
            yield Op(ChangeKind.REMOVED, (*path, name), item, None, list(old).index(name))
    kept = [name for name in old if name in new]
    wanted = [name for name in new if name in old]
    if kept != wanted:
        yield Op(ChangeKind.ORDER, path, kept, wanted)
    for place, (name, item) in enumerate(new.items()):
        if name not in old:
            yield Op(ChangeKind.ADDED, (*path, name), None, item, place)
    for name in wanted:
        yield from _tables(old[name], new[name], (*path, name))
    if not after and before:
        yield Op(ChangeKind.SET, path, [], None)


def _apply(table: Any, change: Change) -> None:
    holder = table
    for depth, name in enumerate(change.path[:-1]):
        holder = _step_in(holder, change.path, depth, name)
    last = change.path[-1]
    match change.kind:
        case ChangeKind.SET if change.after is None:
            holder.pop(last, None)
        case ChangeKind.SET:
            holder[last] = copy.deepcopy(change.after)
        case ChangeKind.ADDED:
            holder.insert(change.position, copy.deepcopy(change.after))
        case ChangeKind.REMOVED:
            holder[:] = [item for item in holder if name_of(change.path[-2], item) != last]
        case ChangeKind.ORDER:
            items = {name_of(last, item): item for item in holder[last]}
            assert isinstance(change.after, list)
            holder[last][:] = [items[name] for name in change.after]


def _step_in(holder: Any, path: Path, depth: int, name: str) -> Any:
    if isinstance(holder, list):
        kind = path[depth - 1]
        return next(item for item in holder if name_of(kind, item) == name)
    if name not in holder:  # the list that an added item begins
        holder[name] = []
    return holder[name]
