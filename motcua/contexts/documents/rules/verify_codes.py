"""Mã xác minh: twelve letters and figures that nobody guesses and everybody can read aloud."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
LENGTH = 12  # 60 bits
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
SHAPE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def new_code() -> str:
    """As stored, printed and put in addresses: «7K3M-Q9TX-2B5R»."""
    return spaced("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def spaced(compact: str) -> str:
    return "-".join(compact[at : at + 4] for at in range(0, LENGTH, 4))


def compact(code: str) -> str:
    return code.replace("-", "")


def read_code(typed: str) -> str:
    """The code in its stored form, however a person typed it; "" when it cannot be one."""
    bare = re.sub(r"[\s.\-–_]", "", typed).upper().translate(MISREAD)
    return spaced(bare) if SHAPE.fullmatch(bare) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What the register says of one issued paper."""

    code: str
    kind: str
    subject: str
    owner_person_id: UUID | None
    title: str
    issued_at: datetime
    signer_name: str
    signer_position: str
    unit_code: str
    unit_name: str

    def fingerprint(self) -> str:
        """32 hex digits; signed inside the file itself, so that a row changed behind our back no
        longer matches its paper."""
        parts = (
            self.code,
            self.kind,
            self.subject,
            str(self.owner_person_id or ""),
            self.title,
            self.issued_at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.signer_name,
            self.signer_position,
            self.unit_code,
            self.unit_name,
        )
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
