#!/usr/bin/env python3
"""Kiểm sổ cái: checks a proof file or a whole export of a Một Cửa ledger, without Một Cửa.

One file, no import of the project: give it to whoever does not trust the operator. It needs the
standard library only; with the package `cryptography` signatures are checked faster.

    python3 verify_ledger.py proof  bang-chung.json  [--ledger-key HEX] [--witness NAME=HEX …]
    python3 verify_ledger.py export so-cai.jsonl --anchors nhan-chung.jsonl --witness NAME=HEX …

Exit codes: 0 nothing is wrong; 1 something was altered; 2 wrong use or an unreadable file;
3 nothing is wrong, but fewer witnesses than demanded (`--need`) vouch for it.
"""

import argparse
import functools
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

GOOD, ALTERED, UNUSABLE, UNWITNESSED = 0, 1, 2, 3
LEDGER, PROOF, WITNESS = "motcua-ledger-v1", "motcua-proof-v1", "motcua-witness-v1"
EMPTY_ROOT = hashlib.sha256(b"").digest()
STEP = 100_000  # leaves between two signs of progress

Finding = tuple[str, str]
Object = dict[str, Any]


class Unusable(Exception):
    """The file is not what it should be."""


# ── Ed25519 (RFC 8032), for a machine without `cryptography` ─────────────────────────────────────

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def _add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            found = _add(found, point)
        point, factor = _add(point, point), factor >> 1
    return found


def _x_of(y: int, sign: int) -> int | None:
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def _point(packed: bytes) -> Point | None:
    number = int.from_bytes(packed, "little")
    y = number & ((1 << 255) - 1)
    x = _x_of(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE: Point = (_x_of(BASE_Y, 0) or 0, BASE_Y, 1, (_x_of(BASE_Y, 0) or 0) * BASE_Y % P)


def ed25519_holds(key: bytes, signature: bytes, message: bytes) -> bool:
    """RFC 8032 5.1.7, in plain Python: about a hundred signatures a second."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, shown = _point(key), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or shown is None or scalar >= ORDER:
        return False
    challenge = hashlib.sha512(signature[:32] + key + message).digest()
    left = _times(scalar, BASE)
    right = _add(shown, _times(int.from_bytes(challenge, "little") % ORDER, public))
    same_x = (left[0] * right[2] - right[0] * left[2]) % P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % P == 0


def _quick() -> Callable[[bytes, bytes, bytes], bool] | None:
    """The same by the package `cryptography`, where it is installed."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return None

    def holds(key: bytes, signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    return holds


QUICK = _quick()
signature_holds = QUICK or ed25519_holds


# ── the tree (RFC 9162, 2.1) ─────────────────────────────────────────────────────────────────────


def leaf_digest(salt: bytes, body: str) -> bytes:
    return hashlib.sha256(b"\x00" + salt + body.encode()).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def folded(frontier: list[bytes]) -> bytes:
    """The root over perfect subtrees, from the right."""
    if not frontier:
        return EMPTY_ROOT
    root = frontier[-1]
    for left in reversed(frontier[:-1]):
        root = node(left, root)
    return root


def root_from(digest: bytes, position: int, size: int, path: list[bytes]) -> bytes:
    """Where an inclusion path leads (2.1.3.2); nothing when its length cannot be."""
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


# ── what is signed ───────────────────────────────────────────────────────────────────────────────


def head_message(head: Object) -> bytes:
    parts = (
        LEDGER.encode(),
        str(head["number"]).encode(),
        str(head["size"]).encode(),
        str(head["xid_to"]).encode(),
        bytes.fromhex(head["root"]),
        bytes.fromhex(head["previous"]),
        str(head["sealed_at"]).encode(),
    )
    return b"|".join(parts)


def head_digest(head: Object) -> bytes:
    return hashlib.sha256(head_message(head) + bytes.fromhex(head["signature"])).digest()


def anchor_message(anchor: Object) -> bytes:
    names = (anchor["witness"], anchor["ledger"], anchor["number"], anchor["size"], anchor["root"])
    return "|".join((WITNESS, *map(str, names), str(anchor["at"]))).encode()


def anchor_holds(anchor: Object, key: bytes) -> bool:
    return signature_holds(key, bytes.fromhex(anchor["signature"]), anchor_message(anchor))


# ── a whole ledger ───────────────────────────────────────────────────────────────────────────────


class Auditor:
    """Reads an export line by line and says what is wrong. Keeps no more than the open subtrees."""

    def __init__(self, *, ledger: str, key: bytes, anchors: Iterable[Object] = ()) -> None:
        self.ledger, self.key = ledger, key
        self.anchors = sorted(anchors, key=lambda anchor: int(anchor["size"]))
        self.met = 0  # anchors compared so far
        self.size, self.heads = 0, 0
        self.frontier: list[bytes] = []
        self.previous = b"\x00" * 32
        self.sealed = 0  # leaves under the last head
        self.vouched = 0  # leaves under the last anchor that agreed
        self.last_head: Object | None = None

    def copy(self) -> "Auditor":
        """As it stands after the lines read so far."""
        twin = Auditor(ledger=self.ledger, key=self.key)
        twin.__dict__.update(self.__dict__)
        twin.frontier = list(self.frontier)
        return twin

    def read(self, line: Object) -> Iterator[Finding]:
        if "body" in line:
            return self._leaf(line)
        if "root" in line:
            return self._head(line)
        return iter(())

    def _leaf(self, leaf: Object) -> Iterator[Finding]:
        digest = leaf_digest(bytes.fromhex(leaf["salt"]), leaf["body"])
        if digest.hex() != leaf["digest"]:
            yield "altered leaf", f"{leaf['leaf']} (lá thứ {self.size + 1})"
        self._append(digest)
        yield from self._compare()

    def _append(self, digest: bytes) -> None:
        self.size += 1
        frontier = self.frontier
        frontier.append(digest)
        rest = self.size
        while rest % 2 == 0:
            right = frontier.pop()
            frontier.append(node(frontier.pop(), right))
            rest >>= 1

    def _compare(self) -> Iterator[Finding]:
        """With what witnesses saw when the ledger had this size."""
        while self.met < len(self.anchors) and self.anchors[self.met]["size"] <= self.size:
            anchor = self.anchors[self.met]
            self.met += 1
            if anchor["size"] == self.size and folded(self.frontier).hex() == anchor["root"]:
                self.vouched = self.size
                continue
            where = f"lá {self.vouched + 1}-{anchor['size']}, {anchor['witness']}"
            yield "contradicts a witness", where

    def _head(self, head: Object) -> Iterator[Finding]:
        where = f"đầu sổ {head['number']}"
        self.heads += 1
        if head["number"] != self.heads:
            yield "missing head", f"đầu sổ {self.heads}"
            self.heads = int(head["number"])
        if head["previous"] != self.previous.hex():
            yield "broken chain", where
        if self.size != head["size"] or folded(self.frontier).hex() != head["root"]:
            yield "leaves differ", f"{where}: lá {self.sealed + 1}-{head['size']}"
            yield from self._go_on(head, where)
        signature = bytes.fromhex(head["signature"])
        if QUICK and not signature_holds(self.key, signature, head_message(head)):
            yield "bad signature", where
        self.previous, self.sealed, self.last_head = head_digest(head), self.size, head

    def _go_on(self, head: Object, where: str) -> Iterator[Finding]:
        """From the tree as signed, so that one fault is named once."""
        raw = bytes.fromhex(head["frontier"])
        kept = [raw[at : at + 32] for at in range(0, len(raw), 32)]
        if folded(kept).hex() == head["root"] and len(kept) == int(head["size"]).bit_count():
            self.frontier, self.size = kept, int(head["size"])
        else:
            yield "leaves differ", f"{where}: cây của đầu sổ"

    def end(self) -> Iterator[Finding]:
        """What is missing at the end; in plain Python the last signature, which covers the rest."""
        head = self.last_head
        if head is None:
            if self.size or self.anchors:
                yield "cut off", "không có đầu sổ nào"
        elif not QUICK:
            signature = bytes.fromhex(head["signature"])
            if not signature_holds(self.key, signature, head_message(head)):
                yield "bad signature", f"đầu sổ {head['number']}"
        for anchor in self.anchors[self.met :]:
            where = f"sổ hết ở lá {self.size}, {anchor['witness']} đã thấy {anchor['size']} lá"
            yield "cut off", where


def usable_anchors(
    lines: Iterable[Object], keys: dict[str, bytes], ledger: str
) -> tuple[list[Object], list[Finding]]:
    """Anchors whose countersignature holds under a key that the reader trusts."""
    good: list[Object] = []
    wrong: list[Finding] = []
    for anchor in lines:
        key = keys.get(anchor["witness"])
        if key is None or anchor["ledger"] != ledger:
            continue
        if anchor_holds(anchor, key):
            good.append(anchor)
        else:
            wrong.append(("bad countersignature", f"{anchor['witness']}, {anchor['number']}"))
    seen: dict[int, Object] = {}
    for anchor in good:
        other = seen.setdefault(int(anchor["size"]), anchor)
        if other["root"] != anchor["root"]:
            parties = f"{other['witness']} / {anchor['witness']}, {anchor['size']} lá"
            wrong.append(("two histories", parties))
    return good, wrong


def check_export(
    lines: Iterator[Object], *, key: bytes | None, anchor_files: Iterable[Iterable[Object]],
    keys: dict[str, bytes], say: Callable[[str], object],
) -> tuple[list[Finding], Auditor]:  # fmt: skip
    """Every line of the export, in order."""
    first = next(lines, {})
    if first.get("format") != LEDGER:
        raise Unusable("dòng đầu không phải của một bản xuất sổ cái")
    own = bytes.fromhex(first["key"])
    if key is None:
        say("Khóa của sổ lấy từ chính tệp này; hãy so với khóa thành phố công bố.")
    elif key != own:
        return [("another key", first["key"])], Auditor(ledger="", key=own)
    ledger = hashlib.sha256(own).hexdigest()
    together = (anchor for file in anchor_files for anchor in file)
    anchors, findings = usable_anchors(together, keys, ledger)
    auditor = Auditor(ledger=ledger, key=key or own, anchors=anchors)
    ended = False
    for line in lines:
        findings.extend(auditor.read(line))
        ended = "end" in line
        if "body" in line and auditor.size % STEP == 0:
            say(f"… {auditor.size:,} lá")
    if not ended:
        findings.append(("cut off", "tệp không có dòng cuối"))
    findings.extend(auditor.end())
    return findings, auditor


# ── one proof ────────────────────────────────────────────────────────────────────────────────────


def check_proof(
    proof: Object, *, key: bytes | None, keys: dict[str, bytes]
) -> tuple[list[Finding], set[str], list[str]]:
    """Findings, the witnesses that vouch, and what could not be checked."""
    if not isinstance(proof, dict) or proof.get("format") != PROOF:
        raise Unusable("tệp này không phải bằng chứng của sổ cái")
    own = bytes.fromhex(proof["key"])
    notes = [] if key else ["khóa của sổ lấy từ chính tệp này"]
    if key is not None and key != own:
        return [("another key", proof["key"])], set(), notes
    leaf, findings, vouching = proof["leaf"], list[Finding](), set[str]()
    digest = leaf_digest(bytes.fromhex(leaf["salt"]), leaf["body"])
    if digest.hex() != leaf["digest"]:
        findings.append(("altered leaf", str(leaf["id"])))
    if not proof["heads"]:
        findings.append(("not sealed", str(leaf["id"])))
    for head in proof["heads"]:
        findings.extend(_check_head(leaf["position"], digest, head, own))
        for anchor in head["witnesses"]:
            trusted = keys.get(anchor["witness"])
            if trusted is None:
                notes.append(f"không có khóa của {anchor['witness']}")
            elif _vouches(anchor, head, own) and anchor_holds(anchor, trusted):
                vouching.add(anchor["witness"])
            else:
                where = f"{anchor['witness']}, đầu sổ {head['number']}"
                findings.append(("bad countersignature", where))
    return findings, vouching, notes


def _check_head(position: int, digest: bytes, head: Object, key: bytes) -> Iterator[Finding]:
    """Whether the leaf lies under this head, and the head is signed."""
    path = [bytes.fromhex(step) for step in head["path"]]
    where = f"đầu sổ {head['number']}"
    if root_from(digest, position, head["size"], path).hex() != head["root"]:
        yield "leaf not under the root", where
    if not signature_holds(key, bytes.fromhex(head["signature"]), head_message(head)):
        yield "bad signature", where


def _vouches(anchor: Object, head: Object, key: bytes) -> bool:
    told = (anchor["ledger"], anchor["number"], anchor["size"], anchor["root"])
    return told == (hashlib.sha256(key).hexdigest(), head["number"], head["size"], head["root"])


# ── the command ──────────────────────────────────────────────────────────────────────────────────

WORDS = {
    "altered leaf": "Lá bị sửa",
    "leaves differ": "Lá không khớp đầu sổ đã ký",
    "missing head": "Thiếu đầu sổ",
    "broken chain": "Đứt chuỗi đầu sổ",
    "bad signature": "Chữ ký của sổ sai",
    "contradicts a witness": "Trái với nhân chứng",
    "cut off": "Sổ bị cắt",
    "two histories": "Hai nhân chứng thấy hai sổ khác nhau",
    "bad countersignature": "Chữ ký của nhân chứng sai",
    "another key": "Sổ ký bằng khóa khác",
    "leaf not under the root": "Lá không nằm dưới gốc đã ký",
    "not sealed": "Lá chưa được niêm phong",
}


def lines_of(file: TextIO) -> Iterator[Object]:
    for number, text in enumerate(file, start=1):
        try:
            line = json.loads(text)
        except ValueError as problem:
            raise Unusable(f"dòng {number} không đọc được") from problem
        if not isinstance(line, dict):
            raise Unusable(f"dòng {number} không đọc được")
        yield line


def _key_of(text: str) -> bytes:
    key = bytes.fromhex(text)
    if len(key) != 32:
        raise argparse.ArgumentTypeError("a key has 64 hexadecimal digits")
    return key


def _witness(text: str) -> tuple[str, bytes]:
    name, _, key = text.partition("=")
    return name, _key_of(key)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Kiểm sổ cái Một Cửa, không cần Một Cửa.")
    parser.add_argument("what", choices=["proof", "export"])
    parser.add_argument("file")
    parser.add_argument("--ledger-key", type=_key_of, help="khóa công khai của sổ (64 chữ số hex)")
    parser.add_argument("--witness", type=_witness, action="append", default=[], metavar="TÊN=KHÓA")
    parser.add_argument("--anchors", action="append", default=[], metavar="TỆP")
    parser.add_argument("--need", type=int, default=0, metavar="N", help="số nhân chứng cần có")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _run(asked: argparse.Namespace) -> int:
    keys = dict(asked.witness)
    say = functools.partial(print, file=sys.stderr)
    with Path(asked.file).open(encoding="utf-8") as file:
        if asked.what == "proof":
            proof = json.load(file)
            findings, vouching, notes = check_proof(proof, key=asked.ledger_key, keys=keys)
            told = f"lá {proof['leaf']['id']}, {len(proof['heads'])} đầu sổ"
            say("\n".join(f"Chú ý: {note}." for note in notes))
        else:
            anchors = [list(_file(name)) for name in asked.anchors]
            findings, auditor = check_export(
                lines_of(file), key=asked.ledger_key, anchor_files=anchors, keys=keys, say=say
            )
            met = auditor.anchors[: auditor.met]
            vouching = {a["witness"] for a in met if a["size"] <= auditor.vouched}
            told = f"{auditor.size:,} lá, {auditor.heads:,} đầu sổ, {len(met):,} lần neo"
    return _told(findings, vouching, told, asked)


def _file(name: str) -> Iterator[Object]:
    with Path(name).open(encoding="utf-8") as file:
        yield from lines_of(file)


def _told(findings: list[Finding], vouching: set[str], told: str, asked: argparse.Namespace) -> int:
    short = len(vouching) < asked.need
    code = ALTERED if findings else UNWITNESSED if short else GOOD
    if asked.json:
        rows = [{"what": what, "where": where} for what, where in findings]
        print(json.dumps({"findings": rows, "witnesses": sorted(vouching), "checked": told}))
        return code
    for what, where in findings:
        print(f"SAI: {WORDS[what]}: {where}")
    by = ", ".join(sorted(vouching)) or "chưa có nhân chứng nào"
    print(f"{told}: {f'{len(findings)} chỗ không khớp' if findings else f'nguyên vẹn ({by})'}.")
    return code


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        return _run(_arguments())
    except (Unusable, OSError, ValueError, KeyError, TypeError) as problem:
        print(f"Không kiểm được: {problem}", file=sys.stderr)
        return UNUSABLE


if __name__ == "__main__":
    sys.exit(main())
