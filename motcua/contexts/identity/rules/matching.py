"""Pure rules of matching: what two rows share, where they differ, which stands for which."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from motcua.kernel.text import fold, nfc

K = TypeVar("K", bound=Hashable)


def match_key(full_name: str, born_on: date | None) -> str:
    """Name without accents, case and spacing, and birth date; "" when the date is not known."""
    if born_on is None:
        return ""
    return f"{' '.join(fold(nfc(full_name)).split())}|{born_on.isoformat()}"


def differences(one: Mapping[str, object], other: Mapping[str, object]) -> tuple[str, ...]:
    """Names of what both tell and tell differently; what one does not know is no difference."""
    return tuple(name for name in one if one[name] and other[name] and one[name] != other[name])


def roots(people: Iterable[K], merges: Mapping[K, K]) -> dict[K, K]:
    """The row that each stands for: `merges` (merged -> survivor) followed to the end."""
    found = {}
    for person in people:
        root = person
        while root in merges:
            root = merges[root]
        found[person] = root
    return found
