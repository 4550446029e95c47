"""Bằng chứng trong sổ: that one leaf lies in the signed tree, by an audit path (RFC 9162 2.1.3).

A path needs no more than the leaves of one head: what lies before is known by the roots of the
perfect subtrees that the head before it kept.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from motcua.kernel import ledger
from motcua.kernel.errors import NotFound
from motcua.kernel.merkle import Known, root_from
from motcua.kernel.models import LedgerHead, LedgerLeaf


class LeafNotFound(NotFound):
    sentence = "Sổ cái không có lá mang số này."


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadView:
    """A signed root. signed: its signature holds under the key of this installation."""

    number: int
    size: int
    root: str
    sealed_at: datetime
    key_id: str
    signed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafView:
    """One action as the ledger keeps it. body: JSON of codes, ids and numbers."""

    id: UUID
    at: datetime
    action: str
    subject: str
    actor_id: UUID | None
    body: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """head None: not sealed yet. position: from 0. path: hashes from the leaf up."""

    intact: bool
    head: HeadView | None = None
    position: int = 0
    path: tuple[str, ...] = ()
    included: bool = False

    @property
    def holds(self) -> bool:
        return self.intact and self.included and self.head is not None and self.head.signed


def heads(*, before: int | None = None, limit: int = 50) -> tuple[HeadView, ...]:
    """Newest first, keyset by number; each signature is checked."""
    rows = LedgerHead.objects.order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    return tuple(head_view(row) for row in rows[:limit])


def head_view(head: LedgerHead) -> HeadView:
    return HeadView(
        number=head.number,
        size=head.size,
        root=bytes(head.root).hex(),
        sealed_at=head.sealed_at,
        key_id=head.key_id,
        signed=_is_signed(head),
    )


def oldest_unsealed_at() -> datetime | None:
    """When the oldest leaf was written that no head covers; None when all are sealed."""
    last = LedgerHead.objects.order_by("-number").values_list("xid_to", flat=True).first()
    rows = LedgerLeaf.objects.filter(xid__gte=last or 0).order_by("xid", "id")
    return rows.values_list("at", flat=True).first()


def leaves_of(
    subject: str, *, before: datetime | None = None, limit: int = 50
) -> tuple[LeafView, ...]:
    """Leaves about one subject, newest first, keyset by time."""
    rows = LedgerLeaf.objects.filter(subject=subject).order_by("-at", "-id")
    if before is not None:
        rows = rows.filter(at__lt=before)
    return tuple(_leaf_view(row) for row in rows[:limit])


def leaf(leaf_id: UUID) -> LeafView:
    """Raises: LeafNotFound."""
    return _leaf_view(_row(leaf_id))


def proof_of(leaf_id: UUID) -> Proof:
    """Whether the leaf is as it was written and lies under a signed root. Raises: LeafNotFound."""
    row = _row(leaf_id)
    intact = ledger.verify_leaf(row)
    head = LedgerHead.objects.filter(xid_to__gt=row.xid).order_by("number").first()
    if head is None:
        return Proof(intact=intact)
    before = LedgerHead.objects.filter(number__lt=head.number).order_by("-number").first()
    batch = LedgerLeaf.objects.filter(xid__gte=before.xid_to if before else 0, xid__lt=head.xid_to)
    rows = list(batch.order_by("xid", "id").values_list("id", "digest"))
    tree = Known(
        size=before.size if before else 0,
        frontier=bytes(before.frontier) if before else b"",
        digests=[bytes(digest) for _, digest in rows],
    )
    place = tree.size + [found for found, _ in rows].index(row.id)
    path = tree.path(place, 0, tree.size + len(rows))
    root = root_from(bytes(row.digest), place, tree.size + len(rows), path)
    return Proof(
        intact=intact,
        head=head_view(head),
        position=place,
        path=tuple(step.hex() for step in path),
        included=root == bytes(head.root) and head.size == tree.size + len(rows),
    )


def _row(leaf_id: UUID) -> LedgerLeaf:
    row = LedgerLeaf.objects.filter(id=leaf_id).order_by("id").first()
    if row is None:
        raise LeafNotFound(leaf=str(leaf_id))
    return row


def _leaf_view(row: LedgerLeaf) -> LeafView:
    return LeafView(
        id=row.id,
        at=row.at,
        action=row.action,
        subject=row.subject,
        actor_id=row.actor_id,
        body=row.body,
        digest=bytes(row.digest).hex(),
    )


def _is_signed(head: LedgerHead) -> bool:
    public = Ed25519PublicKey.from_public_bytes(ledger.public_key())
    try:
        public.verify(bytes(head.signature), ledger.head_message(head))
    except InvalidSignature:
        return False
    return True
