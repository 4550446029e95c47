"""Biên bản tiêu hủy: what went by code and keyed digest, and what stays by hold or by law."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.documents.contracts import IssuedKind
from motcua.contexts.privacy.actions import papers
from motcua.contexts.privacy.actions.papers import Paper
from motcua.contexts.privacy.models import Tombstone
from motcua.contexts.privacy.rules.schedule import periods
from motcua.kernel.actors import Actor
from motcua.kernel.db import joins_transaction

TITLE = "Biên bản tiêu hủy dữ liệu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposed:
    """files: how many went along. held: code, ground, until. kept: name, how long, law."""

    code: str
    intro: str
    gone: tuple[Tombstone, ...]
    files: int
    contents: str
    held: tuple[tuple[str, str, str], ...]
    kept: tuple[tuple[str, str, str], ...]


@joins_transaction
def issue(
    told: Disposed, *, position: str, owner_person_id: UUID | None, by: Actor, now: datetime
) -> UUID:
    """Sign it and keep it. Codes and digests, never values. Raises: StoreUnavailable."""
    body = {
        "intro": told.intro,
        "lines": [
            [periods()[one.kind].name, one.code, bytes(one.digest).hex()] for one in told.gone
        ],
        "files": f"{told.files} tệp đi cùng đã xóa; {told.contents}.",
        "held": [list(one) for one in told.held],
        "kept": [list(one) for one in told.kept],
    }
    paper = Paper(
        kind=IssuedKind.DISPOSAL,
        form="disposal",
        title=TITLE,
        code=told.code,
        body=body,
        position=position,
        owner_person_id=owner_person_id,
    )
    return papers.issue(paper, by=by, now=now)
