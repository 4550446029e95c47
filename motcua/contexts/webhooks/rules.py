"""Chữ ký và nhịp gửi lại: as Standard Webhooks writes them (standardwebhooks.com, version 1).

Signed is `id.timestamp.body`; of several signatures, parted by a blank, one must fit. So a secret
is changed without a moment when nobody understands us.
"""

import base64
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

BEGINNING = "whsec_"
VERSION = "v1"
OLD_SECRET_LIVES = timedelta(hours=24)
DISABLED_AFTER = timedelta(days=3)
KEPT = timedelta(days=30)
MOST_ENDPOINTS = 10
# After the first try, each next one waits so long; after the last the letter is given up.
WAITS = tuple(timedelta(seconds=s) for s in (30, 120, 600, 3600, 4 * 3600, 12 * 3600, 24 * 3600))


def new_secret() -> str:
    return BEGINNING + base64.b64encode(secrets.token_bytes(32)).decode()


def letter_body(kind: str, data: Mapping[str, object], happened_at: datetime) -> str:
    """The bytes of a letter, the same each time it is sent."""
    told = {"type": kind, "timestamp": happened_at.isoformat(), "data": dict(data)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def headers_of(letter_id: str, body: str, keys: Iterable[str], *, now: datetime) -> dict[str, str]:
    stamp = str(int(now.timestamp()))
    signed = " ".join(signature(letter_id, stamp, body, key) for key in keys)
    return {
        "Content-Type": "application/json",
        "User-Agent": "MotCua-Webhooks/1",
        "webhook-id": letter_id,
        "webhook-timestamp": stamp,
        "webhook-signature": signed,
    }


def signature(letter_id: str, stamp: str, body: str, secret: str) -> str:
    key = base64.b64decode(secret.removeprefix(BEGINNING))
    digest = hmac.digest(key, f"{letter_id}.{stamp}.{body}".encode(), "sha256")
    return f"{VERSION},{base64.b64encode(digest).decode()}"


def wait_after(tries: int) -> timedelta | None:
    """Until the next try, None when this was the last."""
    return WAITS[tries - 1] if tries <= len(WAITS) else None
