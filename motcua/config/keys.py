"""Secrets of this installation: made once under var/secrets, or given by the environment."""

import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from motcua.config.env import BadEnvironment

Maker = Callable[[], bytes]
SEALING_KEY_BYTES = 32
EASY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike when read aloud


def kept(folder: Path, name: str, make: Maker) -> bytes:
    """The secret's bytes, made on first use."""
    return kept_file(folder, name, make).read_bytes()


def kept_file(folder: Path, name: str, make: Maker) -> Path:
    """The secret's file; the first of several processes to ask makes it, the others find it."""
    path = folder / f"{name}.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder / f".{name}.{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path


def secret_key() -> bytes:
    return secrets.token_urlsafe(48).encode()


def development_password() -> bytes:
    """Sixteen easy letters in groups of four: about 79 bits, and a person can type it."""
    letters = [secrets.choice(EASY_LETTERS) for _ in range(16)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, 16, 4)).encode()


def sealing_key() -> bytes:
    return b64encode(secrets.token_bytes(SEALING_KEY_BYTES))


def ledger_key() -> bytes:
    """A PEM Ed25519 private key."""
    return Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )


def decode_sealing_key(text: str) -> bytes:
    try:
        key = b64decode(text, validate=True)
    except ValueError:
        key = b""
    if len(key) != SEALING_KEY_BYTES:
        raise BadEnvironment(
            f"MOTCUA_SEALING_KEY phải là {SEALING_KEY_BYTES} byte viết bằng base64.",
            f"MOTCUA_SEALING_KEY must be {SEALING_KEY_BYTES} bytes in base64.",
        )
    return key
