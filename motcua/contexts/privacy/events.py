"""What happened to requests about data, told to others. Codes and ids only."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRequestDecided(Event):
    """A person's request about their data was answered, or taken back."""

    name: ClassVar[str] = "privacy.data_request_decided"
    right: str
    outcome: str
