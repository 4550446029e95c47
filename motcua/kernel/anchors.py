"""Neo đầu sổ: heads shown to witnesses outside, who countersign only a ledger that grew.

Whoever holds the database and even the signing key can write another past, but not into the lists
of the witnesses. Each keeps its own; here are copies, so that a proof can carry them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from motcua.kernel import ledger
from motcua.kernel.merkle import Known
from motcua.kernel.models import LedgerAnchor, LedgerHead, LedgerLeaf, LedgerStamp, LedgerWitness

LATE = timedelta(minutes=10)
LATE_STAMP = timedelta(hours=26)  # a day, and time for a try that failed
STAMPS = "timestamping"  # its row stands among those of the witnesses
CONTRADICTIONS = frozenset({"fork", "rollback", "inconsistent", "another_key", "other_ledger"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The newest head that a witness has. size 0: it has none."""

    number: int
    size: int
    root: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Countersigned:
    """What a witness gave back for one head. at: the very text that it signed."""

    witness: str
    number: int
    size: int
    root: bytes
    at: str
    key: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessState:
    """How it stands with one witness. behind: leaves sealed that it has not seen.

    waiting_since: when the oldest head was signed that it has not countersigned.
    """

    name: str
    key: str
    number: int
    anchored_at: datetime | None
    tried_at: datetime
    problem: str
    behind: int
    waiting_since: datetime | None

    @property
    def contradicts(self) -> bool:
        """It saw another past than the one we hold."""
        return self.problem in CONTRADICTIONS

    def is_late(self, now: datetime) -> bool:
        return self.waiting_since is not None and now - self.waiting_since > LATE


@dataclass(frozen=True, slots=True, kw_only=True)
class StampState:
    """The newest token, and why the last try failed. waiting_since: of the oldest head without."""

    last: LedgerStamp | None
    tried_at: datetime | None
    problem: str
    waiting_since: datetime | None

    def is_late(self, now: datetime) -> bool:
        return self.waiting_since is not None and now - self.waiting_since > LATE_STAMP


def message(*, witness: str, ledger_id: str, number: int, size: int, root: bytes, at: str) -> bytes:
    """What a witness signs; the verifier has the same words."""
    parts = ("motcua-witness-v1", witness, ledger_id, str(number), str(size), root.hex(), at)
    return "|".join(parts).encode()


def head_fields(head: LedgerHead) -> dict[str, object]:
    """A head as it leaves the house: numbers, and hashes in hexadecimal."""
    return {
        "number": head.number,
        "size": head.size,
        "xid_to": head.xid_to,
        "root": bytes(head.root).hex(),
        "previous": bytes(head.previous).hex(),
        "sealed_at": head.sealed_at.astimezone(UTC).isoformat(),
        "signature": bytes(head.signature).hex(),
    }


def head_words(head: Mapping[str, object]) -> bytes:
    """What the ledger signed, from the fields as they left the house. Raises: KeyError, ValueError.

    The other end of `ledger.head_message`: a witness has no rows of ours.
    """
    return b"|".join(
        (
            b"motcua-ledger-v1",
            str(head["number"]).encode(),
            str(head["size"]).encode(),
            str(head["xid_to"]).encode(),
            bytes.fromhex(str(head["root"])),
            bytes.fromhex(str(head["previous"])),
            str(head["sealed_at"]).encode(),
        )
    )


def next_head(witness: str, *, now: datetime) -> LedgerHead | None:
    """The newest head; None when the witness has it and said so not long ago.

    It is asked now and then although nothing is new: who cuts the ledger off writes nothing.
    """
    head = LedgerHead.objects.order_by("-number").first()
    if head is None or not has_countersigned(witness, head):
        return head
    lately = LedgerWitness.objects.filter(
        name=witness, number=head.number, problem="", tried_at__gt=now - LATE
    )
    return None if lately.exists() else head


def has_countersigned(witness: str, head: LedgerHead) -> bool:
    """Whether its signature over this very head is kept."""
    kept = LedgerAnchor.objects.filter(witness=witness, number=head.number)
    return kept.filter(size=head.size, root=bytes(head.root)).exists()


def agrees(seen: Seen) -> bool:
    """Whether our own rows still hold the head that the witness has."""
    if seen.size == 0:
        return True
    head = LedgerHead.objects.filter(number=seen.number).first()
    return head is not None and (head.size, bytes(head.root)) == (seen.size, seen.root)


def growth(seen: Seen, head: LedgerHead) -> list[bytes]:
    """The proof that the head's tree begins with the one that was seen (RFC 9162 2.1.4)."""
    start = LedgerHead.objects.filter(number=seen.number).first() if seen.size else None
    if start is None or start.size >= head.size:
        return []
    return known_between(start, head).consistency(start.size, head.size)


def known_between(before: LedgerHead | None, head: LedgerHead) -> Known:
    """The tree of a head: perfect subtrees of an earlier one, and the digests since."""
    leaves = LedgerLeaf.objects.filter(
        xid__gte=before.xid_to if before else 0, xid__lt=head.xid_to
    ).order_by("xid", "id")
    digests = leaves.values_list("digest", flat=True).iterator(chunk_size=20_000)
    return Known(
        size=before.size if before else 0,
        frontier=bytes(before.frontier) if before else b"",
        digests=[bytes(digest) for digest in digests],
    )


def note(given: Countersigned, *, now: datetime) -> None:
    """Keep a countersignature; a repetition changes nothing. Work of the ledger, so no leaf."""
    with transaction.atomic():
        LedgerAnchor.objects.get_or_create(
            witness=given.witness,
            number=given.number,
            defaults={
                "size": given.size,
                "root": given.root,
                "at": given.at,
                "key": given.key,
                "signature": given.signature,
                "noted_at": now,
            },
        )
        LedgerWitness.objects.update_or_create(
            name=given.witness,
            defaults={
                "key": given.key,
                "number": given.number,
                "anchored_at": now,
                "tried_at": now,
                "problem": "",
            },
        )


def note_agreement(witness: str, *, now: datetime) -> None:
    """The witness still has what we have; nothing is new."""
    LedgerWitness.objects.filter(name=witness).update(tried_at=now, problem="")


def note_problem(witness: str, problem: str, *, now: datetime) -> None:
    """Why this try ended without a countersignature."""
    LedgerWitness.objects.update_or_create(
        name=witness, defaults={"tried_at": now, "problem": problem[:64]}
    )


def pinned_key(witness: str) -> bytes | None:
    """The key that the witness first signed with; another one is not believed."""
    key = LedgerWitness.objects.filter(name=witness).values_list("key", flat=True).first()
    return bytes(key) if key else None


def states() -> tuple[WitnessState, ...]:
    """Every witness that was ever asked, by name."""
    newest = LedgerHead.objects.order_by("-number").first()
    return tuple(
        _state(row, newest) for row in LedgerWitness.objects.exclude(name=STAMPS).order_by("name")
    )


def _state(row: LedgerWitness, newest: LedgerHead | None) -> WitnessState:
    after = LedgerHead.objects.filter(number__gt=row.number).order_by("number")
    size = LedgerHead.objects.filter(number=row.number).values_list("size", flat=True).first()
    return WitnessState(
        name=row.name,
        key=bytes(row.key).hex() if row.key else "",
        number=row.number,
        anchored_at=row.anchored_at,
        tried_at=row.tried_at,
        problem=row.problem,
        behind=max(0, newest.size - (size or 0)) if newest else 0,
        waiting_since=after.values_list("sealed_at", flat=True).first(),
    )


def stamp_digest(head: LedgerHead) -> bytes:
    """What the time-stamping authority is shown: the head with its signature."""
    return ledger.head_digest(head)


def head_to_stamp(*, now: datetime, every: timedelta) -> LedgerHead | None:
    """The newest head, when the last token is older than that and does not cover it."""
    head = LedgerHead.objects.order_by("-number").first()
    last = LedgerStamp.objects.order_by("-number").first()
    if head is None or (last and (last.number >= head.number or now - last.at < every)):
        return None
    return head


def note_stamp_problem(reason: str, *, now: datetime) -> None:
    """Why the last try for a token failed; "" when it did not."""
    LedgerWitness.objects.update_or_create(
        name=STAMPS, defaults={"tried_at": now, "problem": reason[:64]}
    )


def stamp_state() -> StampState:
    """How it stands with the authority of time stamps."""
    last = LedgerStamp.objects.order_by("-number").first()
    tried = LedgerWitness.objects.filter(name=STAMPS).first()
    waiting = LedgerHead.objects.filter(number__gt=last.number if last else 0).order_by("number")
    return StampState(
        last=last,
        tried_at=tried.tried_at if tried else None,
        problem=tried.problem if tried else "",
        waiting_since=waiting.values_list("sealed_at", flat=True).first(),
    )


def note_stamp(head: LedgerHead, token: bytes, *, at: datetime, now: datetime) -> None:
    """Keep a token of RFC 3161 over the head."""
    LedgerStamp.objects.get_or_create(
        number=head.number, defaults={"at": at, "token": token, "noted_at": now}
    )


def stamps(*, limit: int = 1) -> tuple[LedgerStamp, ...]:
    """The newest tokens."""
    return tuple(LedgerStamp.objects.order_by("-number")[:limit])


def lines() -> Iterator[dict[str, object]]:
    """Our copy of the anchors, as a witness gives its own list."""
    known = ledger.ledger_id()
    for row in LedgerAnchor.objects.order_by("number", "witness").iterator():
        yield anchor_fields(row, known)


def anchor_fields(row: LedgerAnchor, ledger_id: str) -> dict[str, object]:
    return {
        "witness": row.witness,
        "ledger": ledger_id,
        "number": row.number,
        "size": row.size,
        "root": bytes(row.root).hex(),
        "at": row.at,
        "key": bytes(row.key).hex(),
        "signature": bytes(row.signature).hex(),
    }
