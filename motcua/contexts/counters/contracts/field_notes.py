"""Ghi chép không có mạng: a note of a place as a phone wrote and signed it."""

from dataclasses import dataclass
from uuid import UUID

from motcua.contexts.dossiers.contracts.fieldwork import TakeSiteNote


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNote:
    """note: without its file. picture: the bytes of a photo or of a drawn signature."""

    note: TakeSiteNote
    picture: bytes = b""
    filename: str = ""

    @property
    def id(self) -> UUID:
        return self.note.id
