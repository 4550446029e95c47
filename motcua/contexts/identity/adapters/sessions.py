"""Django's session store over our own row: key as digest, data sealed, owner in a column.

The owner, the device and the last use are taken from what the session itself carries, so they
cost no statement of their own.
"""

import json
import secrets
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest

from motcua.contexts.identity.models import Session
from motcua.contexts.identity.rules import (
    ASSURANCE,
    METHODS,
    SESSION_MARK,
    SIGNED_IN_AT,
    has_two_factors,
    session_ends_at,
)
from motcua.kernel.crypto import SealBroken, row_of, seal, unseal

PLACE = "identity_session.session_data"
USED, DEVICE, ORIGIN = "used", "device", "origin"  # session keys
DIGITS = 40  # 160 bits of the digest


def digest_of(session_key: str) -> str:
    """What stands for the cookie in the table: whoever reads the table cannot sign in with it."""
    return sha256(session_key.encode()).hexdigest()[:DIGITS]


def _moment(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, tz=UTC) if isinstance(seconds, int | float) else None


def _row(digest: str) -> UUID:
    return UUID(hex=digest[:32])


def opened(session_data: str, digest: str) -> dict[str, Any] | None:
    """What a session carries; None when it was sealed for another row or by a key that is gone."""
    sealed = b64decode(session_data)
    if row_of(sealed) != _row(digest):
        return None
    try:
        held: dict[str, Any] = json.loads(unseal(sealed, place=PLACE))
    except SealBroken:
        return None
    return held


class SessionStore(DatabaseStore):
    """Named by SESSION_ENGINE."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        plain = json.dumps(session_dict, cls=DjangoJSONEncoder).encode()
        sealed = seal(plain, place=PLACE, row=_row(digest_of(self.session_key or "")))
        return b64encode(sealed).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        held = opened(str(session_data), digest_of(self.session_key or ""))
        return held or {}  # a row that does not open is nobody's: whoever it was signs in again

    def load(self) -> dict[str, Any]:
        now = datetime.now(UTC)
        key = self.session_key or ""
        found = Session.objects.filter(session_key=digest_of(key), expire_date__gt=now).first()
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found.session_data)

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=digest_of(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        now = datetime.now(UTC)
        began, used = _moment(data.get(SIGNED_IN_AT)), _moment(data.get(USED))
        account = data.get(SESSION_KEY)
        who = "officer" if has_two_factors(data.get(METHODS, ())) else "other"
        until = session_ends_at(
            began or now,
            used or now,
            idle=timedelta(seconds=settings.SESSION_IDLE_SECONDS[who]),
            absolute=timedelta(seconds=settings.SESSION_COOKIE_AGE),
        )
        return Session(
            session_key=digest_of(self.session_key or ""),
            session_data=self.encode(data),
            expire_date=until,
            account_id=UUID(account) if account else None,
            level=int(data.get(ASSURANCE, 0)),
            began_at=began if account else None,
            used_at=used if account else None,
            mark=str(data.get(SESSION_MARK, "")) if account else "",
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=digest_of(key)).delete()


def mark_of(request: HttpRequest) -> str:
    """What names this session, from its begin to its end, whatever its key."""
    session = request.session
    if SESSION_MARK not in session:
        session[SESSION_MARK] = secrets.token_hex(16)
    return str(session[SESSION_MARK])
