"""An audit path from the leaves of one head leads to the root of the whole tree."""

import hashlib

import pytest

from motcua.kernel import ledger
from motcua.kernel.proofs import _Known, root_from

LEAVES = [hashlib.sha256(bytes([number])).digest() for number in range(40)]


def grown(count: int) -> ledger.Tree:
    tree = ledger.Tree()
    for digest in LEAVES[:count]:
        tree.append(digest)
    return tree


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 31, 33, 40])
def test_every_leaf_behind_every_head_proves_itself(size):
    root = grown(size).root()

    for before in range(size):
        earlier = grown(before)
        known = _Known(
            size=before, frontier=b"".join(earlier.frontier), digests=LEAVES[before:size]
        )
        assert known.root(0, size) == root
        for place in range(before, size):
            path = known.path(place, 0, size)
            assert root_from(LEAVES[place], place, size, path) == root


def test_a_path_of_another_length_or_place_proves_nothing():
    known, root = _Known(size=0, frontier=b"", digests=LEAVES), grown(40).root()
    path = known.path(20, 0, 40)

    assert root_from(LEAVES[20], 20, 40, path[:-1]) != root
    assert root_from(LEAVES[20], 20, 40, [*path, LEAVES[0]]) == b""
    assert root_from(LEAVES[20], 21, 40, path) != root
    assert root_from(LEAVES[21], 20, 40, path) != root
