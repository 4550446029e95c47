"""Biên bản tiêu hủy: what went by code and keyed digest, and what stays by hold or by law."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import IssuedKind
from motcua.contexts.organisations import public as organisations
from motcua.contexts.privacy.actions import packing
from motcua.contexts.privacy.models import Tombstone
from motcua.contexts.privacy.rules import rights
from motcua.contexts.privacy.rules.schedule import periods
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time
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
    unit = organisations.unit(rights.office_code(), city_date(now))
    code = documents.new_verify_code()
    data = {
        "letterhead": packing.letterhead(unit, now),
        "title": TITLE,
        "code": told.code,
        "intro": told.intro,
        "lines": [
            [periods()[one.kind].name, one.code, bytes(one.digest).hex()] for one in told.gone
        ],
        "files": f"{told.files} tệp đi cùng đã xóa; {told.contents}.",
        "held": [list(one) for one in told.held],
        "kept": [list(one) for one in told.kept],
        "approval": {
            "capacity": "",
            "position": position,
            "signed_at": f"{city_time(now):%H:%M %d/%m/%Y}",
            "full_name": by.name,
        },
    }
    template = (packing.FORMS / "disposal.typ").read_text(encoding="utf-8")
    issued = documents.issue(
        IssuedKind.DISPOSAL,
        documents.render_result(template, data, verify_code=code),
        subject=told.code,
        owner_person_id=owner_person_id,
        title=TITLE,
        signer=packing.signer(by, unit),
        now=now,
        verify_code=code,
        by=by,
    )
    return issued.file_id
