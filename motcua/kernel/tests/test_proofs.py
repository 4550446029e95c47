"""An audit path from the leaves of one head leads to the root of the whole tree."""

import hashlib

import pytest

from motcua.kernel.merkle import EMPTY_ROOT, Known, Tree, grows, root_from

LEAVES = [hashlib.sha256(bytes([number])).digest() for number in range(40)]


def grown(count: int) -> Tree:
    tree = Tree()
    for digest in LEAVES[:count]:
        tree.append(digest)
    return tree


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 31, 33, 40])
def test_every_leaf_behind_every_head_proves_itself(size):
    root = grown(size).root()

    for before in range(size):
        earlier = grown(before)
        known = Known(size=before, frontier=b"".join(earlier.frontier), digests=LEAVES[before:size])
        assert known.root(0, size) == root
        for place in range(before, size):
            path = known.path(place, 0, size)
            assert root_from(LEAVES[place], place, size, path) == root


def test_a_path_of_another_length_or_place_proves_nothing():
    known, root = Known(size=0, frontier=b"", digests=LEAVES), grown(40).root()
    path = known.path(20, 0, 40)

    assert root_from(LEAVES[20], 20, 40, path[:-1]) != root
    assert root_from(LEAVES[20], 20, 40, [*path, LEAVES[0]]) == b""
    assert root_from(LEAVES[20], 21, 40, path) != root
    assert root_from(LEAVES[21], 20, 40, path) != root


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 31, 33, 40])
def test_a_tree_that_grew_proves_what_it_was(size):
    root = grown(size).root()

    for old in range(size + 1):
        earlier = grown(old)
        known = Known(size=old, frontier=b"".join(earlier.frontier), digests=LEAVES[old:size])
        proof = known.consistency(old, size)
        assert grows(old, earlier.root(), size, root, proof)
        if 0 < old < size:
            assert not grows(old, LEAVES[0] if old > 1 else LEAVES[1], size, root, proof)
            assert not grows(old, earlier.root(), size, LEAVES[1], proof)
            assert not grows(old, earlier.root(), size, root, [*proof, LEAVES[0]])
            assert not grows(old, earlier.root(), size, root, proof[:-1])


def test_a_tree_never_shrinks_nor_changes():
    assert not grows(5, grown(5).root(), 4, grown(4).root(), [])
    assert not grows(5, grown(5).root(), 5, LEAVES[0], [])
    assert not grows(0, LEAVES[0], 5, grown(5).root(), [])
    assert grows(0, EMPTY_ROOT, 5, grown(5).root(), [])
