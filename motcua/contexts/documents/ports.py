"""Cổng: what documents ask of others; the store, a scanner, keys, and who else may read a file."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Protocol
from uuid import UUID

from django.db.models import Q

from motcua.contexts.documents.contracts.files import ScanVerdict
from motcua.contexts.documents.rules.words import Line
from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Staged:
    """Bytes that arrived whole, not yet kept."""

    path: Path
    sha256: str
    size: int


class BytesMissing(Exception):
    """The store does not have these bytes."""


class Store(Protocol):
    """Content-addressed: the name of bytes is their SHA-256; what is stored of them is sealed.

    All methods may be repeated.

    Every method that cannot reach the store raises StoreUnavailable.
    """

    def staging(self) -> Path:
        """Where uploads wait; the same file system as the store when it is a folder."""

    def keep(self, staged: Staged) -> None:
        """Make the bytes durable under their hash. Keeping again renews their age."""

    def open(self, sha256: str) -> AbstractContextManager[IO[bytes]]:
        """Raises: BytesMissing, SealBroken, the latter also while they are read."""

    def key_of(self, sha256: str) -> int:
        """Number of the master key that seals them; 0: kept before files were. BytesMissing."""

    def rewrap(self, sha256: str) -> None:
        """Under the master key in force. Raises: BytesMissing, SealBroken."""

    def has(self, sha256: str) -> bool: ...

    def remove(self, sha256: str) -> None: ...

    def is_older(self, sha256: str, moment: datetime) -> bool:
        """Whether the bytes were last kept before that moment."""

    def kept_before(self, moment: datetime) -> Iterator[str]:
        """Hashes of bytes last kept before that moment, in no order."""


@dataclass(frozen=True, slots=True)
class Scan:
    """scanner: its version and that of its signatures."""

    verdict: ScanVerdict
    scanner: str


class ScannerSilent(Exception):
    """The scanner gave no answer that can be relied on; the reason is a code for the log."""


class Scanner(Protocol):
    """A malware scanner."""

    def scan(self, content: IO[bytes]) -> Scan:
        """Raises: ScannerSilent."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a certificate names. file: its name on disk or on a token, from ids and codes only."""

    file: str
    common_name: str
    organisation: str


class SigningKey(Protocol):
    """A private key that is open for a short while, with the certificate that names its holder."""

    @property
    def certificate(self) -> bytes:
        """X.509, in DER."""

    @property
    def is_elliptic(self) -> bool:
        """ECDSA; else RSA with PKCS #1 v1.5. Both over SHA-256."""

    def sign(self, data: bytes) -> bytes:
        """As a signature stands in a document. Raises: KeyRefused."""


class KeyRing(Protocol):
    """Where the keys of officers are. The same contract tests for each."""

    asks_pin: bool

    def open(self, subject: Subject, pin: str) -> AbstractContextManager[SigningKey]:
        """Raises: PinNeeded, PinWrong, PinLocked, TokenGone, KeyNotOnToken, CertificateEnded."""


class ReaderTrouble(StrEnum):
    """Why a paper could not be read; each has a sentence for the officer, who may type instead."""

    ABSENT = "ABSENT"  # no such program on this machine
    SLOW = "SLOW"  # it took longer than it may
    FAILED = "FAILED"  # it ended with an error
    NO_PICTURE = "NO_PICTURE"  # the file is no PDF and no picture that we decode


class ReaderFailed(Exception):
    """A program gave nothing that can be relied on."""

    def __init__(self, trouble: ReaderTrouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.value)


class PaperReader(Protocol):
    """Reads the words of pictures of papers (OCR)."""

    def name(self) -> str:
        """The program and its version. Raises: ReaderFailed."""

    def lines(self, picture: bytes, *, page: int) -> tuple[Line, ...]:
        """The words of one page, a PNG. Raises: ReaderFailed."""


class ReadRule(Protocol):
    """Who else may read files: a context above says which of its people may read which files.

    sentence: the ground in words («bạn đang xử lý hồ sơ có tệp này»). predicate: over the table of
    files, usually Q(id__in=<subquery of its own rows>); it goes into the WHERE of every read.
    """

    sentence: str

    def predicate(self, actor: Actor, *, now: datetime) -> Q: ...


class FileUse(Protocol):
    """What keeps files: a context above says which of them its own rows refer to.

    predicate: over the table of files, for every kind of row that names one. account_id: then only
    what this account itself may have put to use matters, so that the answer costs little.
    """

    def predicate(self, account_id: UUID | None = None) -> Q: ...


class EvidenceRule(Protocol):
    """Who else may use what was confirmed of a person: a context above says for whom its people

    hand in now. predicate: over the table of digitised papers.
    """

    sentence: str

    def predicate(self, actor: Actor, *, now: datetime) -> Q: ...


class HandoffTaker(Protocol):
    """Who takes what a phone brought: the context that offered the hand-off."""

    def __call__(self, subject: str, key: str, file_id: UUID, *, by: Actor, now: datetime) -> None:
        """Raises: what it refuses; then the phone is told and may try again."""


_takers: list[HandoffTaker] = []
_evidence: dict[str, EvidenceRule] = {}
_rules: dict[str, ReadRule] = {}
_uses: dict[str, FileUse] = {}


def register_read_rule(name: str, rule: ReadRule) -> None:
    """Called once from the ready() of a context above; the same name again replaces."""
    _rules[name] = rule


def register_use(name: str, use: FileUse) -> None:
    """Called once from the ready() of a context above. A file that no use names is forgotten."""
    _uses[name] = use


def uses() -> tuple[FileUse, ...]:
    return tuple(_uses.values())


def read_rules() -> tuple[ReadRule, ...]:
    return tuple(_rules.values())


def register_evidence_rule(name: str, rule: EvidenceRule) -> None:
    """Called once from the ready() of a context above; the same name again replaces."""
    _evidence[name] = rule


def evidence_rules() -> tuple[EvidenceRule, ...]:
    return tuple(_evidence.values())


def take_handoffs_with(taker: HandoffTaker) -> None:
    """Called once from the ready() of the context above that offers hand-offs."""
    _takers[:] = [taker]


def handoff_taker() -> HandoffTaker:
    return _takers[0]
