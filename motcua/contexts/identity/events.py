"""Facts of identity. `subject` is the person's id; no personal data inside."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRegistered(Event):
    """Somebody the city did not know."""

    name: ClassVar[str] = "identity.person_registered"
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChanged(Event):
    """A person changed mail address or phone."""

    name: ClassVar[str] = "identity.contact_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDiffers(Event):
    """VNeID says other than we hold; nothing was overwritten. `fields`: which, comma-separated."""

    name: ClassVar[str] = "identity.person_differs"
    fields: str
