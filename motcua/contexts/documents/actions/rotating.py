"""Đổi khóa của tệp: contents under the master key in force, while the city goes on.

Whoever is killed goes on where it was: what already has the key in force is passed over.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from motcua.contexts.documents.adapters.stores import store
from motcua.contexts.documents.ports import BytesMissing
from motcua.kernel import crypto

EVER = datetime.max.replace(tzinfo=UTC)


def uses() -> dict[int, int]:
    return dict(Counter(number for _name, number in _all()))


def rewrap(on_content: Callable[[int], object]) -> int:
    """Raises: SealBroken, StoreUnavailable."""
    changed = 0
    for name, number in _all():
        if number != crypto.ring().sealing:
            changed += _rewrapped(name)
            on_content(1)
    return changed


def _all() -> Iterator[tuple[str, int]]:
    """Each content and the number of its key; without what the sweep takes meanwhile."""
    place = store()
    for name in place.kept_before(EVER):
        try:
            yield name, place.key_of(name)
        except BytesMissing:
            continue


def _rewrapped(name: str) -> bool:
    try:
        store().rewrap(name)
    except BytesMissing:
        return False
    return True
