"""Sealed model fields: plain in Python, AES-GCM in the database, bound to table and column.

Binding to the row is left to `seal` callers that know it before the insert (UUIDv7 keys do):
these fields bind to table and column, which already stops a value being moved between columns.
"""

import json
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from motcua.kernel.crypto import seal, unseal

if TYPE_CHECKING:
    _Binary = models.BinaryField[Any, Any]
else:
    _Binary = models.BinaryField


class _Sealed(_Binary):
    """Common part: where the value lives is part of what is sealed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    @property
    def _place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def to_bytes(self, value: Any) -> bytes:
        raise NotImplementedError

    def from_bytes(self, raw: bytes) -> Any:
        raise NotImplementedError

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        return seal(self.to_bytes(value), aad=self._place)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        if value is None:
            return None
        return self.from_bytes(unseal(bytes(value), aad=self._place))

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return ""


class SealedText(_Sealed):
    """A text value that leaves the process only sealed."""

    def to_bytes(self, value: Any) -> bytes:
        return str(value).encode()

    def from_bytes(self, raw: bytes) -> str:
        return raw.decode()


class SealedJSON(_Sealed):
    """A JSON value that leaves the process only sealed (answers of a form, contact, address)."""

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).encode()

    def from_bytes(self, raw: bytes) -> Any:
        return json.loads(raw)
