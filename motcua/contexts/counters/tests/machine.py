"""A machine at a window, as far as the city sees it: a key of its own, numbers, signed entries."""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from motcua.contexts.counters.actions import machines
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.testing import BIRTH
from motcua.kernel.actors import Actor


@dataclass
class Machine:
    key: EllipticCurvePrivateKey
    id: UUID
    officer: UUID
    ranges: list[Any] = field(default_factory=list)
    used: int = 0

    @property
    def serials(self) -> list[tuple[UUID, int]]:
        return [(r.id, n) for r in self.ranges for n in range(r.first, r.last + 1)]

    def signs(self, said: dict[str, Any]) -> dict[str, str]:
        """body and signature, as the browser sends them."""
        return self.signs_text(json.dumps(said, ensure_ascii=False))

    def signs_text(self, body: str) -> dict[str, str]:
        r, s = decode_dss_signature(self.key.sign(body.encode(), ECDSA(SHA256())))
        raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return {"body": body, "signature": b64encode(raw).decode()}

    def entry(self, *, at: datetime, **other: Any) -> dict[str, Any]:
        """The next number, given to a mother who registers a birth."""
        range_id, serial = self.serials[self.used]
        self.used += 1
        return {
            "id": str(uuid4()),
            "kind": "reception",
            "range": str(range_id),
            "serial": serial,
            "code": str(dossiers.code_of(serial, at)),
            "officer": str(self.officer),
            "at": at.isoformat(),
            "secret": "ABC234",
            "procedure": BIRTH,
            "version": 1,
            "person": {
                "number": f"079190{999000 + serial % 1000}",
                "name": f"Nguyễn Thị Số {serial}",
                "born_on": "1990-05-12",
                "phone": "0900000001",
            },
            "answers": {"birth_place": "facility", "relation": "mother", "copies": 0},
            "shown": ["giay_chung_sinh"],
            "handed": ["to_khai"],
            "return_form": "COUNTER",
            "fee": None,
            "due": "",
        } | other

    def void(self, *, at: datetime) -> dict[str, Any]:
        entry = self.entry(at=at)
        kept = ("id", "range", "serial", "code", "officer", "at")
        return {name: entry[name] for name in kept} | {"kind": "void", "reason": "In hỏng"}


def a_key() -> tuple[EllipticCurvePrivateKey, str]:
    key = generate_private_key(SECP256R1())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return key, b64encode(public).decode()


def a_machine(actor: Actor, *, now: datetime, name: str = "Quầy số 3") -> Machine:
    """Registered, with its first numbers."""
    key, public = a_key()
    done = machines.register_device(name, public, actor=actor, now=now)
    assert actor.account_id is not None
    given = machines.take_ranges(done.device_id, actor=actor, now=now)
    return Machine(key, done.device_id, actor.account_id, list(given.ranges))
