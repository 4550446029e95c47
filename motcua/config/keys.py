"""Secrets of this installation: made once under var/secrets, or given by the environment."""

import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
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


def vapid_key() -> bytes:
    """A PEM P-256 private key (RFC 8292)."""
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )


SEALING = "sealing"
NumberedKey = tuple[int, bytes]


def sealing_keys(given: str, folder: Path) -> tuple[NumberedKey, ...]:
    """The master keys, the one that seals first: given, or of the file, which a rotation changes.

    Raises: BadEnvironment.
    """
    return decode_sealing_keys(given or kept(folder, SEALING, sealing_key).decode())


def decode_sealing_keys(text: str) -> tuple[NumberedKey, ...]:
    """«key», or «2:key,1:key» (commas or lines) while a rotation is on its way."""
    entries = text.replace(",", "\n").split()
    keys = tuple(_numbered(entry) for entry in entries)
    numbers = {number for number, _ in keys}
    if not keys or len(numbers) != len(keys) or not numbers <= set(range(1, 256)):
        raise _unreadable()
    return keys


def _numbered(entry: str) -> NumberedKey:
    number, colon, key = entry.rpartition(":")
    try:
        decoded = b64decode(key, validate=True)
        found = int(number) if colon else 1
    except ValueError:
        raise _unreadable() from None
    if len(decoded) != SEALING_KEY_BYTES:
        raise _unreadable()
    return found, decoded


def _unreadable() -> BadEnvironment:
    return BadEnvironment(
        f"MOTCUA_SEALING_KEY phải là {SEALING_KEY_BYTES} byte viết bằng base64, hoặc nhiều khóa"
        " «2:khóa,1:khóa», khóa đang dùng đứng đầu.",
        f"MOTCUA_SEALING_KEY must be {SEALING_KEY_BYTES} bytes in base64, or several keys"
        " «2:key,1:key», the one in use first.",
    )


def add_sealing_key(folder: Path) -> int:
    """A new key, first in the file; it seals from now on. Returns its number."""
    keys = sealing_keys("", folder)
    number = max(number for number, _ in keys) + 1
    _write(folder, ((number, secrets.token_bytes(SEALING_KEY_BYTES)), *keys))
    return number


def remove_sealing_key(number: int, folder: Path) -> None:
    """Only when nothing is sealed with it any more: whoever calls has looked."""
    _write(folder, tuple(key for key in sealing_keys("", folder) if key[0] != number))


def _write(folder: Path, keys: tuple[NumberedKey, ...]) -> None:
    """Whole or not at all: losing this file loses every personal value."""
    lines = [f"{number}:{b64encode(key).decode()}\n" for number, key in keys]
    draft = folder / f".{SEALING}.{os.getpid()}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / f"{SEALING}.key")
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
