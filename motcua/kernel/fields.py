"""Sealed model fields: plain in Python, an envelope in the database, bound to table, column, row.

A value stays sealed until somebody asks for it. That moment is the reading: it is noted for the
read log (`kernel.reading`), so that no personal value is seen without a trace.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from motcua.kernel import crypto, reading

if TYPE_CHECKING:
    _Binary = models.BinaryField[Any, Any]
else:
    _Binary = models.BinaryField


@dataclass(frozen=True, slots=True)
class Envelope:
    """A value as it lies in the database."""

    raw: bytes


@dataclass(frozen=True, slots=True)
class _Placed:
    """A plain value on its way to its row."""

    plain: Any
    row: UUID


class _Opening(DeferredAttribute):
    """Opens the envelope when the attribute is asked for, and notes the reading."""

    field: "Sealed"

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        value = super().__get__(instance, owner)
        if isinstance(value, Envelope):
            value = self.field.opened(value, instance)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class Sealed(_Binary):
    """Common part: where the value lives is part of what is sealed."""

    descriptor_class = _Opening

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    @property
    def place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def to_bytes(self, value: Any) -> bytes:
        raise NotImplementedError

    def from_bytes(self, raw: bytes) -> Any:
        raise NotImplementedError

    def opened(self, envelope: Envelope, instance: models.Model) -> Any:
        """Raises: SealBroken, also for the value of another row."""
        row = crypto.row_of(envelope.raw)
        if row not in {crypto.ANYWHERE, instance.pk}:
            raise crypto.SealBroken(f"{self.place} of another row")
        plain = self.from_bytes(crypto.unseal(envelope.raw, place=self.place))
        reading.note(instance, self.name)
        return plain

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Unread values go back as they came."""
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Envelope):
            return value
        return _Placed(value, model_instance.pk)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        if isinstance(value, Envelope):
            return value.raw
        if not isinstance(value, _Placed):
            raise TypeError(f"{self.place} is sealed for its row: save the row, not the value")
        return self.sealed(value.plain, value.row)

    def sealed(self, value: Any, row: UUID = crypto.ANYWHERE) -> bytes:
        """The envelope of a value for this row (for any row: invented samples only)."""
        return crypto.seal(self.to_bytes(value), place=self.place, row=row)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        return None if value is None else Envelope(bytes(value))

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return ""


class SealedText(Sealed):
    """A text value that leaves the process only sealed."""

    def to_bytes(self, value: Any) -> bytes:
        return str(value).encode()

    def from_bytes(self, raw: bytes) -> str:
        return raw.decode()


class SealedJSON(Sealed):
    """A JSON value that leaves the process only sealed (answers of a form, contact, address)."""

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).encode()

    def from_bytes(self, raw: bytes) -> Any:
        return json.loads(raw)


class BlindIndex(_Binary):
    """Keyed index of a sealed text of the same row, for exact look-up; made when the row is saved.

    of: the sealed field. scope: equal values in one scope are equal. written: its one writing.
    """

    def __init__(
        self,
        *args: Any,
        of: str = "",
        scope: str = "",
        written: Callable[[str], str] = str,
        **kwargs: Any,
    ) -> None:
        self.of, self.scope, self.written = of, scope, written
        kwargs |= {"max_length": 16, "editable": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """For migrations a column of bytes: how it is made is no matter of the schema."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        source = model_instance.__dict__.get(self.of)
        if source is None:
            return None
        if isinstance(source, Envelope):
            return getattr(model_instance, self.attname)
        return self.made_of(source)

    def made_of(self, plain: str) -> bytes:
        return crypto.blind_index(self.written(plain), scope=self.scope)
