"""Bẻ sổ cái: a root administrator with the signing key bends the ledger; the verifier must see it.

A ledger is written as `motcua ledger export` writes it, with heads signed each «second» and shown
to two witnesses each «minute». Then it is bent at random places, everything after the place is
hashed and signed anew, and the verifier, who holds the witnesses' lists and keys, reads it.

Honest and quick at once: the lines before the place are as they were, so the verifier's state after
them is that of the clean reading; it is kept at each anchor and taken up from there. One attack of
each kind is besides written as a whole file and given to the verifier as a process of its own.
"""

import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motcua.kernel import ledger, verify_ledger
from motcua.kernel.actors import SYSTEM
from motcua.kernel.anchors import message
from motcua.kernel.exports import leaf_line
from motcua.kernel.merkle import Tree
from motcua.kernel.verify_ledger import Auditor, Object

WITNESSES = ("witness_archive", "witness_council")
LEAVES_IN_A_SECOND = 100  # at most; a busy hour of a city
HEADS_IN_A_MINUTE = 60
BEGAN = datetime(2026, 11, 2, tzinfo=UTC)
Lines = Iterator[Object]
Bend = Callable[[list[Object], int], Iterable[Object]]


@dataclass(slots=True)
class Written:
    """A ledger in a file, what its witnesses have, and where each minute begins."""

    path: Path
    key: Ed25519PrivateKey
    witness_keys: dict[str, bytes]
    anchors: list[Object] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # offset of each minute
    sizes: list[int] = field(default_factory=list)  # leaves before it
    states: list[Auditor] = field(default_factory=list)  # of the clean reading, there
    leaves: int = 0
    heads: int = 0

    @property
    def ledger_id(self) -> str:
        return hashlib.sha256(self.public).hexdigest()

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()


class Sealer:
    """Hashes and signs lines as the city would, whatever they say."""

    def __init__(self, key: Ed25519PrivateKey, start: Auditor | None = None) -> None:
        self._key = key
        self._tree = Tree(start.size, start.frontier) if start else Tree()
        self._previous = start.previous if start else bytes(32)
        self._number = start.heads if start else 0

    def sealed(self, lines: Iterable[Object]) -> Lines:
        for line in lines:
            if "body" in line:
                yield self._leaf(line)
            elif "root" in line:
                yield self.head(str(line["sealed_at"]))
            else:
                yield line

    def _leaf(self, line: Object) -> Object:
        digest = ledger.leaf_digest(bytes.fromhex(line["salt"]), line["body"])
        self._tree.append(digest)
        return {**line, "digest": digest.hex()}

    def head(self, sealed_at: str) -> Object:
        self._number += 1
        head: Object = {
            "number": self._number,
            "size": self._tree.size,
            "xid_to": self._tree.size + 1,
            "root": self._tree.root().hex(),
            "previous": self._previous.hex(),
            "sealed_at": sealed_at,
            "frontier": b"".join(self._tree.frontier).hex(),
        }
        head["signature"] = self._key.sign(verify_ledger.head_message(head)).hex()
        self._previous = verify_ledger.head_digest(head)
        return head


def a_leaf(number: int) -> Object:
    facts: dict[str, object] = {"version": 3, "n": number}
    at = BEGAN + timedelta(milliseconds=number)
    subject = f"H29.99-20261102-{number:07}"
    leaf = ledger.new_leaf(
        action="casework.take_step", subject=subject, actor=SYSTEM, facts=facts, at=at
    )
    return leaf_line(leaf)


def write(path: Path, leaves: int, chance: random.Random, step: Callable[[int], None]) -> Written:
    """A clean ledger of so many leaves, its last head witnessed."""
    council = {name: Ed25519PrivateKey.generate() for name in WITNESSES}
    keys = {name: key.public_key().public_bytes_raw() for name, key in council.items()}
    made = Written(path, Ed25519PrivateKey.generate(), keys)
    sealer = Sealer(made.key)
    with path.open("wb") as out:
        title = {"format": verify_ledger.LEDGER, "ledger": made.ledger_id, "key": made.public.hex()}
        _put(out, title)
        while made.leaves < leaves:
            made.starts.append(out.tell())
            made.sizes.append(made.leaves)
            last = _write_minute(out, made, sealer, leaves, chance)
            made.anchors.extend(_countersigned(made.ledger_id, last, council))
            step(made.leaves - made.sizes[-1])
        made.starts.append(out.tell())
        _put(out, {"end": True, "leaves": made.leaves, "heads": made.heads})
    return made


def _write_minute(
    out: Any, made: Written, sealer: Sealer, most: int, chance: random.Random
) -> Object:
    head: Object = {}
    for _ in range(HEADS_IN_A_MINUTE):
        count = min(chance.randint(1, LEAVES_IN_A_SECOND), most - made.leaves)
        if count == 0:
            break
        for line in sealer.sealed(a_leaf(made.leaves + n) for n in range(count)):
            _put(out, line)
        made.leaves, made.heads = made.leaves + count, made.heads + 1
        head = sealer.head((BEGAN + timedelta(seconds=made.heads)).isoformat())
        _put(out, head)
    return head


def _put(out: Any, line: Object) -> None:
    out.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")


def _countersigned(
    known: str, head: Object, keys: dict[str, Ed25519PrivateKey]
) -> Iterator[Object]:
    for name, key in keys.items():
        told = {"number": head["number"], "size": head["size"], "at": head["sealed_at"]}
        words = message(witness=name, ledger_id=known, root=bytes.fromhex(head["root"]), **told)
        yield {
            "witness": name,
            "ledger": known,
            "root": head["root"],
            "key": key.public_key().public_bytes_raw().hex(),
            "signature": key.sign(words).hex(),
            **told,
        }


def read_clean(made: Written, step: Callable[[int], None]) -> list[verify_ledger.Finding]:
    """Every finding of a clean ledger (there should be none); keeps the state at each minute."""
    good, findings = verify_ledger.usable_anchors(made.anchors, made.witness_keys, made.ledger_id)
    auditor = Auditor(ledger=made.ledger_id, key=made.public, anchors=good)
    for place in range(len(made.sizes)):
        made.states.append(auditor.copy())
        for line in lines_of(made, place):
            findings.extend(auditor.read(line))
        step(auditor.size - made.sizes[place])
    findings.extend(auditor.end())
    return findings


def lines_of(made: Written, place: int) -> Lines:
    """The lines of one minute."""
    with made.path.open("rb") as file:
        file.seek(made.starts[place])
        while file.tell() < made.starts[place + 1]:
            yield json.loads(file.readline())


# ── seven ways to bend it; `at` is a place in the lines of one minute that holds a leaf ──────────


def _alter(lines: list[Object], at: int) -> Iterable[Object]:
    body = json.loads(lines[at]["body"])
    body["facts"]["n"] += 1
    changed = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return [*lines[:at], {**lines[at], "body": changed}, *lines[at + 1 :]]


def _delete(lines: list[Object], at: int) -> Iterable[Object]:
    return [*lines[:at], *lines[at + 1 :]]


def _insert(lines: list[Object], at: int) -> Iterable[Object]:
    return [*lines[:at], a_leaf(9_999_999), *lines[at:]]


def _reorder(lines: list[Object], at: int) -> Iterable[Object]:
    """With the nearest other leaf."""
    others = [n for n, line in enumerate(lines) if "body" in line and n != at]
    other = min(others, key=lambda n: abs(n - at))
    swapped = list(lines)
    swapped[at], swapped[other] = lines[other], lines[at]
    return swapped


def _truncate(lines: list[Object], at: int) -> Iterable[Object]:
    """The newest leaves and heads are gone, and a fresh head closes what is left."""
    return [*lines[:at], {"root": "", "sealed_at": BEGAN.isoformat()}, {"end": True}]


def _fork(lines: list[Object], at: int) -> Iterable[Object]:
    """Another history from here on."""
    other = [a_leaf(9_000_000 + n) if "body" in line else line for n, line in enumerate(lines[at:])]
    return [*lines[:at], *other]


def _roll_back(lines: list[Object], at: int) -> Iterable[Object]:
    """An older copy is put back, and work goes on from there: some leaves never were."""
    earlier = max((n for n in range(at) if "root" in lines[n]), default=-1) + 1
    return [*lines[:earlier], *lines[at + 1 :]]


BENDS: dict[str, Bend] = {
    "alter": _alter,
    "delete": _delete,
    "insert": _insert,
    "reorder": _reorder,
    "truncate": _truncate,
    "fork": _fork,
    "roll back": _roll_back,
}


def bent(made: Written, bend: Bend, leaf: int) -> tuple[int, Lines]:
    """The minute in which the leaf lies, and the lines from there on after the attack."""
    place = max(n for n, size in enumerate(made.sizes) if size <= leaf)
    lines = list(lines_of(made, place))
    leaves = [n for n, line in enumerate(lines) if "body" in line]
    changed = bend(lines, leaves[leaf - made.sizes[place]])
    rest = (line for n in range(place + 1, len(made.sizes)) for line in lines_of(made, n))
    sealer = Sealer(made.key, made.states[place])
    return place, _until_end(sealer.sealed(chain(changed, rest, [{"end": True}])))


def _until_end(lines: Lines) -> Lines:
    for line in lines:
        yield line
        if "end" in line:
            return


def unbent(lines: list[Object], at: int) -> Iterable[Object]:
    """Nothing is changed, though all is signed anew: no alarm is due."""
    return lines


def found(made: Written, bend: Bend, leaf: int, *, blind: bool = False) -> bool:
    """Whether the verifier sees it. blind: it has no witness, only the signing key's word."""
    place, lines = bent(made, bend, leaf)
    auditor = made.states[place].copy()
    if blind:
        auditor.anchors = []
    for line in lines:
        if next(auditor.read(line), None) is not None:
            return True
    return next(auditor.end(), None) is not None


def found_by_process(made: Written, bend: Bend, leaf: int) -> bool:
    """The same with a whole file, by the verifier as a stranger runs it."""
    place, lines = bent(made, bend, leaf)
    forged, anchors = made.path.with_suffix(".bent"), made.path.with_suffix(".anchors")
    with made.path.open("rb") as source, forged.open("wb") as out:
        out.write(source.read(made.starts[place]))
        for line in lines:
            _put(out, line)
    anchors.write_text("".join(json.dumps(line) + "\n" for line in made.anchors))
    witnesses = [["--witness", f"{name}={key.hex()}"] for name, key in made.witness_keys.items()]
    command = [sys.executable, "-I", str(verify_ledger.__file__), "export", str(forged)]
    command += ["--ledger-key", made.public.hex(), "--anchors", str(anchors), *chain(*witnesses)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    forged.unlink()
    return answer.returncode == verify_ledger.ALTERED


def positions(made: Written, how_many: int, chance: random.Random) -> list[int]:
    """Leaves drawn evenly over the whole tree."""
    return sorted(islice(iter(lambda: chance.randrange(made.leaves), None), how_many))
