"""What happened here."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterQueued(Event):
    """A letter may leave; `subject` is its id."""

    name: ClassVar[str] = "webhooks.letter_queued"
