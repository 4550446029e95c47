"""Số hóa giấy của một hồ sơ: what the actions answer."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingAsked:
    reading_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuesKept:
    """filled: questions of the draft that were empty and now say what the paper says."""

    evidence_id: UUID
    filled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceReused:
    filled: tuple[str, ...] = ()
