"""Sửa bản soạn: one edit of the table of a definition gives the next table.

A place is a path of names; an item of a list is named by its key, or by `#2` where the items of
the list have none. Steps are linked to each other, so a step that comes, goes or moves takes its
links along.
"""

import copy
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from motcua.contexts.procedures.contracts.designing import Edit, EditKind, EditRefused, Path
from motcua.contexts.procedures.rules import linking

KEYS = ("key", "value")  # what names an item: of most lists, of options
STEPS = ("process", "step")
Editable = dict[str, Any]


def edited(table: Mapping[str, object], edit: Edit) -> Editable:
    """The table after the edit; the one given stays as it was. Raises: EditRefused."""
    after: Editable = copy.deepcopy(dict(table))
    _check_place(after, edit)
    _DO[edit.kind](after, edit)
    return after


def _check_place(table: Editable, edit: Edit) -> None:
    """What comes has a list to come into, what goes or moves is of one. Raises: EditRefused."""
    if edit.kind is EditKind.SET:
        return
    if not edit.path:
        raise EditRefused
    if edit.kind is not EditKind.ADD and not isinstance(found(table, edit.path[:-1]), list):
        raise EditRefused


def part_of(table: Mapping[str, object], edit: Edit) -> object:
    """What the edit looks at: two edits of one part exclude each other, others do not."""
    path = edit.path if edit.kind is EditKind.SET else edit.path[:-1]
    if edit.kind is EditKind.ADD:
        path = edit.path
    try:
        return found(table, path)
    except EditRefused:
        return None


def found(table: Mapping[str, object], path: Path) -> Any:
    """What stands there. Raises: EditRefused."""
    here: Any = table
    for name in path:
        here = _inside(here, name)
    return here


def _inside(here: Any, name: str) -> Any:
    if isinstance(here, list):
        place = _place(here, name)
        return here[place]
    if isinstance(here, Mapping) and name in here:
        return here[name]
    raise EditRefused(f"Bản soạn không có «{name}». Có thể người khác vừa bỏ mục này.")


def _place(items: list[Any], name: str) -> int:
    if name.startswith("#") and name[1:].isdecimal() and int(name[1:]) < len(items):
        return int(name[1:])
    for place, item in enumerate(items):
        if name in {key_of(item)} - {""}:
            return place
    raise EditRefused(f"Bản soạn không có «{name}». Có thể người khác vừa bỏ mục này.")


def key_of(item: object) -> str:
    if not isinstance(item, Mapping):
        return ""
    return next((str(item[key]) for key in KEYS if key in item), "")


def _set(table: Editable, edit: Edit) -> None:
    here = _made(table, edit.path)
    if not isinstance(here, MutableMapping):
        raise EditRefused
    for name, value in edit.values.items():
        if value is None or value in ("", (), [], {}):
            here.pop(name, None)
        else:
            here[name] = value


def _made(table: Editable, path: Path) -> Any:
    """The place, with the tables on the way to it that were empty and so left out."""
    here: Any = table
    for name in path:
        if isinstance(here, MutableMapping) and name not in here:
            here[name] = {}
        here = _inside(here, name)
    return here


def _add(table: Editable, edit: Edit) -> None:
    holder = _made(table, edit.path[:-1])
    items = holder.setdefault(edit.path[-1], []) if isinstance(holder, MutableMapping) else None
    if not isinstance(items, list):
        raise EditRefused
    item = {name: value for name, value in edit.values.items() if value not in (None, "", [], ())}
    key = key_of(item)
    if key and key in {key_of(other) for other in items}:
        raise EditRefused(f"Mã «{key}» đã có trong danh sách này. Bạn đặt mã khác.")
    place = _place(items, edit.after) + 1 if edit.after else len(items)
    items.insert(place, item)
    if edit.path == STEPS and edit.after:
        linking.insert_between(items, place)


def _remove(table: Editable, edit: Edit) -> None:
    items = found(table, edit.path[:-1])
    place = _place(items, edit.path[-1])
    if edit.path[:-1] == STEPS:
        linking.take_out(items, place)
    del items[place]
    if not items:
        del found(table, edit.path[:-2])[edit.path[-2]]


def _up(table: Editable, edit: Edit) -> None:
    _swap(table, edit, -1)


def _down(table: Editable, edit: Edit) -> None:
    _swap(table, edit, 0)


def _swap(table: Editable, edit: Edit, offset: int) -> None:
    items = found(table, edit.path[:-1])
    first = _place(items, edit.path[-1]) + offset
    if first < 0 or first + 1 >= len(items):
        raise EditRefused("Mục này đã ở đầu hoặc cuối danh sách.")
    if edit.path[:-1] == STEPS:
        linking.exchange(items, first)
    items[first], items[first + 1] = items[first + 1], items[first]


_DO: dict[EditKind, Callable[[Editable, Edit], None]] = {
    EditKind.SET: _set,
    EditKind.ADD: _add,
    EditKind.REMOVE: _remove,
    EditKind.UP: _up,
    EditKind.DOWN: _down,
}
