"""Sổ cái hành động: one salted leaf per action, sealed into a signed Merkle tree.

Leaves are ordered by (transaction id, leaf id) and sealed up to the transaction horizon: no
running transaction can still add a leaf below it, so no commit that arrives late is missed.
Hashing follows RFC 9162 (leaf prefix 0x00, node prefix 0x01). Heads are chained and signed
(Ed25519). A serial hash chain in the request would cap the city at about 650 writes a second.
"""

import hashlib
import json
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Count, Q

from motcua.kernel.actors import Actor
from motcua.kernel.db import uuid7
from motcua.kernel.merkle import Tree, pieces
from motcua.kernel.models import LedgerHead, LedgerLeaf

_LOCK = 0x4D43_4C45  # advisory lock: one sealer at a time, however many workers run
_BATCH = 20_000
MOST_SUBJECTS = 500
_BODY = DjangoJSONEncoder(ensure_ascii=False, sort_keys=True)


class Leaf(NamedTuple):
    """The columns of a leaf in their order, ready to insert: no action waits for a model."""

    id: UUID
    at: datetime
    action: str
    subject: str
    actor_id: UUID | None
    body: str
    salt: bytes
    digest: bytes


def leaf_values(
    *, action: str, subject: str, actor: Actor, facts: dict[str, object] | None, at: datetime
) -> Leaf:
    """What is noted of one action; its digest commits to body and salt."""
    body = leaf_body(action=action, subject=subject, actor=actor, facts=facts, at=at)
    salt = secrets.token_bytes(16)
    digest = leaf_digest(salt, body)
    return Leaf(uuid7(), at, action, subject, actor.account_id, body, salt, digest)


def new_leaf(
    *, action: str, subject: str, actor: Actor, facts: dict[str, object] | None, at: datetime
) -> LedgerLeaf:
    """The same as a row of the model."""
    made = leaf_values(action=action, subject=subject, actor=actor, facts=facts, at=at)
    return LedgerLeaf(**made._asdict())


def leaf_body(
    *, action: str, subject: str, actor: Actor, facts: dict[str, object] | None, at: datetime
) -> str:
    said: dict[str, object] = {
        "action": action,
        "actor": str(actor.account_id or ""),
        "at": at.isoformat(),
        "facts": facts or {},
        "kind": actor.kind.value,
        "subject": subject,
    }
    if actor.mandate:
        said |= {"for": str(actor.mandate.principal_id), "mandate": str(actor.mandate.id)}
    return _BODY.encode(said)


def was_recorded(action: str, *, subject: str, actor: Actor, since: datetime) -> bool:
    """Whether this account did so to the subject, not longer ago than that."""
    leaves = LedgerLeaf.objects.filter(subject=subject, at__gte=since)
    return leaves.filter(action=action, actor_id=actor.account_id).exists()


def subjects_since(since: datetime, *, action: str, actor_id: UUID) -> tuple[str, ...]:
    """To what this account did so after a moment, newest first, at most a few hundred."""
    leaves = LedgerLeaf.objects.filter(actor_id=actor_id, at__gte=since, action=action)
    found = leaves.order_by("-at").values_list("subject", flat=True)[:MOST_SUBJECTS]
    return tuple(dict.fromkeys(found))


def counts_since(
    since: datetime, *, subjects: Collection[str], actors: Collection[UUID]
) -> dict[str, int]:
    """What was done to these subjects or by these accounts after a moment: action -> how often."""
    leaves = LedgerLeaf.objects.filter(at__gt=since)
    mine = leaves.filter(Q(subject__in=subjects) | Q(actor_id__in=actors))
    counted = mine.order_by("action").values_list("action").annotate(n=Count("id"))
    return dict(counted)


def leaf_digest(salt: bytes, body: str) -> bytes:
    return hashlib.sha256(b"\x00" + salt + body.encode()).digest()


def head_message(head: LedgerHead) -> bytes:
    """What is signed."""
    return b"|".join(
        (
            b"motcua-ledger-v1",
            str(head.number).encode(),
            str(head.size).encode(),
            str(head.xid_to).encode(),
            bytes(head.root),
            bytes(head.previous),
            head.sealed_at.astimezone(UTC).isoformat().encode(),
        )
    )


def head_digest(head: LedgerHead) -> bytes:
    return hashlib.sha256(head_message(head) + bytes(head.signature)).digest()


@lru_cache(maxsize=1)
def _signing_key() -> Ed25519PrivateKey:
    key = load_pem_private_key(Path(settings.LEDGER_KEY_FILE).read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("the ledger is signed with an Ed25519 key")
    return key


def public_key() -> bytes:
    """32 raw bytes; publish it, a verifier needs nothing else of ours."""
    return _signing_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def ledger_id() -> str:
    """What witnesses know this ledger by: the digest of its public key."""
    return hashlib.sha256(public_key()).hexdigest()


def key_id() -> str:
    return ledger_id()[:16]


# Below it every transaction that could have written a leaf has ended. Those known to run in another
# database of the server could not; whoever is not known counts.
_HORIZON = """
WITH look AS MATERIALIZED (SELECT pg_current_snapshot() AS seen),
running AS (
    SELECT xid FROM look, pg_snapshot_xip(look.seen) AS xid
    WHERE NOT EXISTS (
        SELECT FROM pg_stat_activity AS other
        WHERE other.backend_xid = xid::xid AND other.datname <> current_database()
    )
)
SELECT least(
    (SELECT min(xid::text::bigint) FROM running),
    pg_current_xact_id_if_assigned()::text::bigint,
    pg_snapshot_xmax(look.seen)::text::bigint
) FROM look
"""


def seal(*, now: datetime) -> LedgerHead | None:
    """Seal what the horizon allows; None when nothing new is there or another sealer is at work.

    Idempotent: a sealer killed half-way leaves nothing, the next one starts from the last head.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not (cursor.fetchone() or (False,))[0]:
            return None
        cursor.execute(_HORIZON)
        horizon = int((cursor.fetchone() or (0,))[0])
        last = LedgerHead.objects.order_by("-number").first()
        tree = Tree(last.size, pieces(bytes(last.frontier))) if last else Tree()
        for digest in _digests(last.xid_to if last else 0, horizon):
            tree.append(digest)
        if tree.size == (last.size if last else 0):
            return None
        return _new_head(last, tree, horizon, now)


def _digests(xid_from: int, xid_to: int) -> Iterator[bytes]:
    leaves = LedgerLeaf.objects.filter(xid__gte=xid_from, xid__lt=xid_to).order_by("xid", "id")
    for digest in leaves.values_list("digest", flat=True).iterator(chunk_size=_BATCH):
        yield bytes(digest)


def _new_head(last: LedgerHead | None, tree: Tree, horizon: int, now: datetime) -> LedgerHead:
    head = LedgerHead(
        number=last.number + 1 if last else 1,
        size=tree.size,
        xid_to=horizon,
        root=tree.root(),
        previous=head_digest(last) if last else b"\x00" * 32,
        frontier=b"".join(tree.frontier),
        sealed_at=now,
        key_id=key_id(),
        signature=b"",
    )
    head.signature = _signing_key().sign(head_message(head))
    head.save(force_insert=True)
    return head


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as sealed."""

    what: str
    where: str


def verify_leaf(leaf: LedgerLeaf) -> bool:
    """Whether body and salt still give the digest, and the columns still say what the body says."""
    if leaf_digest(bytes(leaf.salt), leaf.body) != bytes(leaf.digest):
        return False
    try:
        body = json.loads(leaf.body)
        told = (body["action"], body["subject"], body["actor"], datetime.fromisoformat(body["at"]))
    except (ValueError, KeyError, TypeError):
        return False
    return told == (leaf.action, leaf.subject, str(leaf.actor_id or ""), leaf.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check of some heads found. head: the number of the last one; 0 when there was none."""

    findings: tuple[Finding, ...]
    leaves: int
    heads: int
    head: int


def verify(on_leaf: "Progressing | None" = None) -> tuple[list[Finding], int, int]:
    """Recompute everything from the rows. Returns findings, leaves checked, heads checked."""
    found = verify_from(0, on_leaf=on_leaf)
    return list(found.findings), found.leaves, found.heads


def verify_from(
    after: int,
    *,
    until: int | None = None,
    most: int | None = None,
    on_leaf: "Progressing | None" = None,
) -> Checked:
    """Recompute the heads after one, up to `until` or the one that makes `most` leaves."""
    findings: list[Finding] = []
    start = LedgerHead.objects.filter(number=after).first()
    tree = Tree(start.size, pieces(bytes(start.frontier))) if start else Tree()
    previous, xid_from = (head_digest(start), start.xid_to) if start else (b"\x00" * 32, 0)
    leaves, heads, last = 0, 0, 0
    public = Ed25519PublicKey.from_public_bytes(public_key())
    wanted = LedgerHead.objects.filter(number__gt=after).order_by("number")
    for head in (wanted if until is None else wanted.filter(number__lte=until)).iterator():
        heads, last = heads + 1, head.number
        batch = LedgerLeaf.objects.filter(xid__gte=xid_from, xid__lt=head.xid_to)
        for leaf in batch.order_by("xid", "id").iterator(chunk_size=_BATCH):
            leaves += 1
            if not verify_leaf(leaf):
                findings.append(Finding(what="altered leaf", where=str(leaf.id)))
            tree.append(leaf_digest(bytes(leaf.salt), leaf.body))
            if on_leaf:
                on_leaf(1)
        findings.extend(_check_head(head, tree, previous, public, after + heads))
        previous, xid_from = head_digest(head), head.xid_to
        # Go on from the head as signed, so that one fault is named once.
        tree = Tree(head.size, pieces(bytes(head.frontier)))
        if most is not None and leaves >= most:
            break
    return Checked(findings=tuple(findings), leaves=leaves, heads=heads, head=last)


class Progressing(Protocol):
    def __call__(self, n: int) -> object: ...


def _check_head(
    head: LedgerHead, tree: Tree, previous: bytes, public: Ed25519PublicKey, expected: int
) -> Iterator[Finding]:
    where = f"head {head.number}"
    if head.number != expected:
        yield Finding(what="missing head", where=f"head {expected}")
    if bytes(head.previous) != previous:
        yield Finding(what="broken chain", where=where)
    if tree.size != head.size or tree.root() != bytes(head.root):
        yield Finding(what=f"leaves differ ({tree.size} found, {head.size} sealed)", where=where)
    try:
        public.verify(bytes(head.signature), head_message(head))
    except InvalidSignature:
        yield Finding(what="bad signature", where=where)
