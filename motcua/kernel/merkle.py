"""Cây Merkle (RFC 9162, part 2.1): roots, inclusion paths and consistency proofs.

Pure: it knows digests only. A tree that has grown is held by the roots of its perfect subtrees, so
a proof needs the digests of what came after them and nothing that lies before.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

HASH = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A growing Merkle tree that keeps only the roots of its perfect subtrees."""

    def __init__(self, size: int = 0, frontier: Iterable[bytes] = ()) -> None:
        self.size = size
        self.frontier = list(frontier)

    def append(self, digest: bytes) -> None:
        self.size += 1
        self.frontier.append(digest)
        rest = self.size
        while rest % 2 == 0:
            right = self.frontier.pop()
            self.frontier.append(node(self.frontier.pop(), right))
            rest //= 2

    def root(self) -> bytes:
        """RFC 9162 2.1.1: the subtrees folded from the right."""
        if not self.frontier:
            return EMPTY_ROOT
        root = self.frontier[-1]
        for left in reversed(self.frontier[:-1]):
            root = node(left, root)
        return root


class Known:
    """A tree of which the first `size` leaves are known by perfect subtrees only."""

    def __init__(self, *, size: int, frontier: bytes, digests: Sequence[bytes]) -> None:
        self.size = size
        self._digests = digests
        self._subtrees: dict[tuple[int, int], bytes] = {}
        start = 0
        for width, root in zip(widths(size), pieces(frontier), strict=True):
            self._subtrees[start, start + width] = root
            start += width

    def root(self, low: int, high: int) -> bytes:
        kept = self._subtrees.get((low, high))
        if kept is not None:
            return kept
        if high - low == 1:
            return self._digests[low - self.size]
        middle = low + split(high - low)
        found = node(self.root(low, middle), self.root(middle, high))
        self._subtrees[low, high] = found
        return found

    def path(self, position: int, low: int, high: int) -> list[bytes]:
        """Siblings of the leaf, the nearest first (RFC 9162 2.1.3.1)."""
        if high - low == 1:
            return []
        middle = low + split(high - low)
        if position < middle:
            return [*self.path(position, low, middle), self.root(middle, high)]
        return [*self.path(position, middle, high), self.root(low, middle)]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """That the tree of `new` leaves begins with that of `old` (RFC 9162 2.1.4.1)."""
        if old in (0, new):
            return []
        return self._grown(old, 0, new, whole=True)

    def _grown(self, old: int, low: int, high: int, *, whole: bool) -> list[bytes]:
        if old == high - low:
            return [] if whole else [self.root(low, high)]
        width = split(high - low)
        middle = low + width
        if old <= width:
            return [*self._grown(old, low, middle, whole=whole), self.root(middle, high)]
        return [*self._grown(old - width, middle, high, whole=False), self.root(low, middle)]


def root_from(digest: bytes, position: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that this path leads to (RFC 9162 2.1.3.2); b"" when its length cannot be."""
    if not 0 <= position < size:
        return b""
    at, last, root = position, size - 1, digest
    for step in path:
        if last == 0:
            return b""
        if at % 2 or at == last:
            root = node(step, root)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            root = node(root, step)
        at, last = at >> 1, last >> 1
    return root if last == 0 else b""


def grows(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that nothing of the old tree was changed (RFC 9162 2.1.4.2)."""
    if old > new:
        return False
    if old == new:
        return old_root == new_root and not proof
    if old == 0:
        return old_root == EMPTY_ROOT and not proof
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not steps:
        return False
    at, last = old - 1, new - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            before, after = node(step, before), node(step, after)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node(after, step)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def pieces(frontier: bytes) -> Iterator[bytes]:
    """The hashes that were written one after the other."""
    return (frontier[at : at + HASH] for at in range(0, len(frontier), HASH))


def widths(size: int) -> list[int]:
    """Sizes of the perfect subtrees of a tree, left to right."""
    return [1 << bit for bit in reversed(range(size.bit_length())) if size >> bit & 1]


def split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << ((size - 1).bit_length() - 1)
