"""Khóa chống lặp: the same unsafe call, sent twice, has one effect and one answer.

The key comes with the request (hidden field of a form, `Idempotency-Key` header). It is stored
with the sealed answer in the same transaction as the effect, so a repetition, even a simultaneous
one, finds either both or neither.
"""

import dataclasses
import hashlib
import importlib
import inspect
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from motcua.kernel.errors import Conflict

_key: ContextVar[str] = ContextVar("idempotency_key", default="")


class IdempotencyMismatch(Conflict):
    """The key was used before for something else."""

    sentence = "Yêu cầu này trùng mã với một yêu cầu khác đã gửi. Bạn mở lại trang rồi gửi lại."


@contextmanager
def using(key: str) -> Iterator[None]:
    """Make `key` the key of the actions called inside."""
    token = _key.set(key)
    try:
        yield
    finally:
        _key.reset(token)


def current_key() -> str:
    return _key.get()


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the first call answered."""

    value: Any


@dataclass(frozen=True, slots=True)
class Claim:
    """One action under one key."""

    key: str
    action: str
    fingerprint: bytes

    def row(self, result: object, now: datetime) -> models.Model:
        from motcua.kernel.models import IdempotencyRecord

        return IdempotencyRecord(
            key=self.key,
            action=self.action,
            fingerprint=self.fingerprint,
            result=_pack(result),
            created_at=now,
        )

    def earlier_result(self) -> Earlier | None:
        """The stored answer, or None when this key has not been used for this action.

        Raises: IdempotencyMismatch.
        """
        from motcua.kernel.models import IdempotencyRecord

        found = IdempotencyRecord.objects.filter(key=self.key, action=self.action).first()
        if found is None:
            return None
        if bytes(found.fingerprint) != self.fingerprint:
            raise IdempotencyMismatch
        return Earlier(_unpack(found.result))


def claim(
    action: str, signature: inspect.Signature, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Claim | None:
    """The claim of this call, None when no key is in force."""
    key = current_key()
    if not key:
        return None
    bound = signature.bind(*args, **kwargs).arguments
    who = ""
    said = []
    for name, value in bound.items():
        if name == "now":
            continue
        account = getattr(value, "account_id", None)
        if account is not None and hasattr(value, "posts"):
            who = str(account)
            continue
        said.append((name, value))
    digest = hashlib.sha256(_canonical(said).encode()).digest()
    return Claim(key=f"{who}:{key}"[:200], action=action, fingerprint=digest)


def _canonical(value: object) -> str:
    return json.dumps(value, cls=_Canonical, sort_keys=True, ensure_ascii=False)


class _Canonical(DjangoJSONEncoder):
    def default(self, o: object) -> object:
        if dataclasses.is_dataclass(o) and not isinstance(o, type):
            return {f.name: getattr(o, f.name) for f in dataclasses.fields(o)}
        if isinstance(o, frozenset | set):
            return sorted(map(str, o))
        if isinstance(o, bytes):
            return hashlib.sha256(o).hexdigest()
        return super().default(o)


def _pack(result: object) -> str | None:
    if result is None:
        return None
    kind = type(result)
    if not dataclasses.is_dataclass(result):
        raise TypeError(f"an action answers None or a frozen dataclass, not {kind.__name__}")
    body = {f.name: getattr(result, f.name) for f in dataclasses.fields(result)}
    return json.dumps({"of": f"{kind.__module__}:{kind.__qualname__}", "is": body}, cls=_Canonical)


def _unpack(packed: str | None) -> object:
    if packed is None:
        return None
    stored = json.loads(packed)
    module, _, name = stored["of"].partition(":")
    kind = getattr(importlib.import_module(module), name)
    hints = get_type_hints(kind)
    return kind(**{k: _restore(v, hints[k]) for k, v in stored["is"].items()})


def _restore(value: Any, hint: Any) -> Any:
    """Plain JSON back to the annotated type."""
    if value is None:
        return None
    origin = get_origin(hint)
    if origin is tuple:
        inner = get_args(hint)[0]
        return tuple(_restore(v, inner) for v in value)
    if origin is Union or type(hint).__name__ == "UnionType":
        inner = next(a for a in get_args(hint) if a is not type(None))
        return _restore(value, inner)
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is date:
        return date.fromisoformat(value)
    if hint is UUID or (isinstance(hint, type) and issubclass(hint, str) and hint is not str):
        return hint(value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        return hint(**{k: _restore(v, hints[k]) for k, v in value.items()})
    return value
