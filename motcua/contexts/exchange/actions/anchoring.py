"""Neo sổ cái: show the newest head to each witness and keep what it countersigned."""

import logging
from collections.abc import Mapping
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from motcua.contexts.exchange.adapters import calling
from motcua.contexts.exchange.contracts import NeighbourDown
from motcua.kernel import anchors, ledger
from motcua.kernel.actors import SYSTEM
from motcua.kernel.anchors import Countersigned, Seen
from motcua.kernel.models import LedgerHead

log = logging.getLogger("motcua.exchange")
PURPOSE = "ANCHOR"


class _Failed(Exception):
    """This try gave no countersignature; the reason is for the page of the ledger."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def anchor_at(witness: str, *, now: datetime) -> str:
    """Once, if there is a head that it has not: "" or why not. Safe to repeat at any time.

    A witness that is down is asked again at the next turn; one that saw another past than ours is
    an alarm, because somebody changed the ledger or the witness lies.
    """
    head = anchors.next_head(witness, now=now)
    if head is None:
        return ""
    try:
        signed = _countersigned(witness, head)
    except _Failed as failure:
        anchors.note_problem(witness, failure.reason, now=now)
        if failure.reason in anchors.CONTRADICTIONS:
            log.error("the ledger contradicts witness %s: %s", witness, failure.reason)
        return failure.reason
    if signed is None:
        anchors.note_agreement(witness, now=now)
    else:
        anchors.note(signed, now=now)
    return ""


def _countersigned(witness: str, head: LedgerHead) -> Countersigned | None:
    """None: it has this head, and we have its signature. Raises: _Failed."""
    known = ledger.ledger_id()
    said = _ask(witness, "state", {"ledger": known}, key=f"state {head.number}")
    seen = _seen(said)
    if seen.size > head.size:
        raise _Failed("rollback")
    if not anchors.agrees(seen):
        raise _Failed("fork")
    if seen.number == head.number and anchors.has_countersigned(witness, head):
        return None
    given = _ask(
        witness,
        "anchor",
        {
            "ledger": known,
            "key": ledger.public_key().hex(),
            "head": anchors.head_fields(head),
            "proof": [step.hex() for step in anchors.growth(seen, head)],
        },
        key=f"{known[:16]} {head.number}",
    )
    return _believed(witness, head, given)


def _ask(
    witness: str, operation: str, payload: Mapping[str, object], *, key: str
) -> Mapping[str, object]:
    heard = calling.call(
        calling.Question(
            connector=witness,
            operation=operation,
            payload=payload,
            key=key,
            purpose=PURPOSE,
            actor_kind=SYSTEM.kind,
            account_id=None,
        )
    )
    heard.line.save(force_insert=True)
    if heard.answer is None:
        down = heard.problem is None or isinstance(heard.problem, NeighbourDown)
        raise _Failed("down" if down else heard.line.reason)
    return heard.answer


def _seen(said: Mapping[str, object]) -> Seen:
    try:
        return Seen(
            number=int(str(said["number"])),
            size=int(str(said["size"])),
            root=bytes.fromhex(str(said["root"])),
        )
    except (KeyError, ValueError) as problem:
        raise _Failed("unreadable") from problem


def _believed(witness: str, head: LedgerHead, given: Mapping[str, object]) -> Countersigned:
    """The countersignature, if it is over this very head and by the witness's own key."""
    try:
        key, signature = (bytes.fromhex(str(given[name])) for name in ("key", "signature"))
        at = str(given["at"])[:40]
    except (KeyError, ValueError) as problem:
        raise _Failed("unreadable") from problem
    pinned = anchors.pinned_key(witness)
    if pinned is not None and pinned != key:
        raise _Failed("another_key")
    signed = Countersigned(
        witness=witness, number=head.number, size=head.size, root=bytes(head.root),
        at=at, key=key, signature=signature,
    )  # fmt: skip
    words = anchors.message(
        witness=witness, ledger_id=ledger.ledger_id(), number=signed.number, size=signed.size,
        root=signed.root, at=at,
    )  # fmt: skip
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, words)
    except (InvalidSignature, ValueError) as problem:
        raise _Failed("bad_countersignature") from problem
    return signed
