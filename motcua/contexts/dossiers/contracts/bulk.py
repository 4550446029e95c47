"""Nộp nhiều hồ sơ: what pages know of a table on its way to become drafts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from motcua.contexts.procedures.contracts import VersionView


class BulkState(StrEnum):
    CHECKING = "CHECKING"
    CHECKED = "CHECKED"
    MAKING = "MAKING"
    DONE = "DONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkBrought:
    bulk_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkFault:
    """One refused cell. column: as the table names it, "" when the table has no such column."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkView:
    """again: lines that are drafts or dossiers already. good: lines that can become drafts."""

    id: UUID
    version: VersionView
    state: BulkState
    ward_code: str
    notices: tuple[str, ...]
    lines: int
    checked: int
    wrong: int
    again: int
    made: int
    created_at: datetime

    @property
    def good(self) -> int:
        return self.checked - self.wrong - self.again


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkLineView:
    """One line, for a program. faults: path of the question, "" for the whole line, and sentence.

    draft_id: once it is a draft. code: once it is sent. kept_back: why it was not.
    """

    line: int
    faults: tuple[tuple[str, str], ...]
    draft_id: UUID | None
    code: str
    kept_back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkSendingBegun:
    sending_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkSendingView:
    """trial: nothing was sent, only looked at. passed: lines sent, or ready to be."""

    trial: bool
    passed: int
    refused: int
    is_done: bool
