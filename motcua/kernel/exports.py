"""Bản xuất và bằng chứng: the ledger and its proofs as files for `verify_ledger.py`.

The verifier shares nothing with us but the form of these files: it is described in
`docs/guides/verify-the-ledger.md`.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Max, Min

from motcua.kernel import ledger, proofs
from motcua.kernel.anchors import anchor_fields, head_fields, known_between
from motcua.kernel.models import LedgerAnchor, LedgerHead, LedgerLeaf, LedgerStamp

LEDGER, PROOF = "motcua-ledger-v1", "motcua-proof-v1"
_BATCH = 20_000


def export_lines() -> Iterator[dict[str, object]]:
    """The whole ledger in order: a title, leaves, each head after its leaves, an end."""
    yield {"format": LEDGER, "ledger": ledger.ledger_id(), "key": ledger.public_key().hex()}
    xid, leaves, heads = 0, 0, 0
    for head in LedgerHead.objects.order_by("number").iterator():
        batch = LedgerLeaf.objects.filter(xid__gte=xid, xid__lt=head.xid_to)
        for leaf in batch.order_by("xid", "id").iterator(chunk_size=_BATCH):
            yield leaf_line(leaf)
            leaves += 1
        yield head_line(head)
        xid, heads = head.xid_to, heads + 1
    yield {"end": True, "leaves": leaves, "heads": heads}


def leaf_line(leaf: LedgerLeaf) -> dict[str, object]:
    return {
        "leaf": str(leaf.id),
        "salt": bytes(leaf.salt).hex(),
        "digest": bytes(leaf.digest).hex(),
        "body": leaf.body,
    }


def head_line(head: LedgerHead) -> dict[str, object]:
    return {**head_fields(head), "frontier": bytes(head.frontier).hex()}


def proof_file(leaf_id: UUID) -> dict[str, object] | None:
    """Everything that proves one leaf, to whoever trusts no word of ours; None: not sealed yet.

    The leaf lies under the head that sealed it, and under the first head after it that each
    witness countersigned or a time stamp covers. Raises: LeafNotFound.
    """
    leaf = LedgerLeaf.objects.filter(id=leaf_id).order_by("id").first()
    if leaf is None:
        raise proofs.LeafNotFound(leaf=str(leaf_id))
    sealing = LedgerHead.objects.filter(xid_to__gt=leaf.xid).order_by("number").first()
    if sealing is None:
        return None
    before = LedgerHead.objects.filter(number__lt=sealing.number).order_by("-number").first()
    position = _position(leaf, before)
    wanted = sorted({sealing.number, *_vouched(sealing.number)})
    heads = LedgerHead.objects.filter(number__in=wanted).order_by("number")
    return {
        "format": PROOF,
        "ledger": ledger.ledger_id(),
        "key": ledger.public_key().hex(),
        "leaf": {
            "id": str(leaf.id),
            "position": position,
            "salt": bytes(leaf.salt).hex(),
            "digest": bytes(leaf.digest).hex(),
            "body": leaf.body,
        },
        "heads": [_under(head, before, position) for head in heads],
    }


def _position(leaf: LedgerLeaf, before: LedgerHead | None) -> int:
    batch = LedgerLeaf.objects.filter(xid__gte=before.xid_to if before else 0)
    earlier = batch.filter(xid__lt=leaf.xid).count()
    same = batch.filter(xid=leaf.xid, id__lt=leaf.id).count()
    return (before.size if before else 0) + earlier + same


def _vouched(number: int) -> Iterator[int]:
    """The first head from this one on that each witness, and a time stamp, vouches for."""
    rows = LedgerAnchor.objects.filter(number__gte=number).order_by("witness").values("witness")
    for row in rows.annotate(first=Min("number")):
        yield row["first"]
    stamped = LedgerStamp.objects.filter(number__gte=number).aggregate(first=Min("number"))
    if stamped["first"] is not None:
        yield stamped["first"]


def _under(head: LedgerHead, before: LedgerHead | None, position: int) -> dict[str, object]:
    path = known_between(before, head).path(position, 0, head.size)
    countersigned = LedgerAnchor.objects.filter(number=head.number).order_by("witness")
    stamp = LedgerStamp.objects.filter(number=head.number).first()
    return {
        **head_fields(head),
        "path": [step.hex() for step in path],
        "witnesses": [anchor_fields(row, ledger.ledger_id()) for row in countersigned],
        "stamp": stamp and {"at": stamp.at, "token": b64encode(bytes(stamp.token)).decode()},
    }


def leaf_of(subject: str, action: str) -> UUID | None:
    """The first leaf of this action about the subject."""
    rows = LedgerLeaf.objects.filter(subject=subject, action=action).order_by("at", "id")
    return rows.values_list("id", flat=True).first()


def digest_of(subject: str, action: str) -> str:
    """Its digest in hexadecimal; "" when there is no such leaf."""
    rows = LedgerLeaf.objects.filter(subject=subject, action=action).order_by("at", "id")
    digest = rows.values_list("digest", flat=True).first()
    return bytes(digest).hex() if digest else ""


def sizes() -> tuple[int, int]:
    """Leaves and heads that an export will hold."""
    found = LedgerHead.objects.aggregate(leaves=Max("size"), heads=Max("number"))
    return found["leaves"] or 0, found["heads"] or 0


def as_text(proof: dict[str, object]) -> str:
    """The file as it is downloaded: readable, and the same for the same proof."""
    return json.dumps(proof, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1) + "\n"
