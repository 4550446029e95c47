"""Giấy của bên bảo vệ dữ liệu: one frame around each, signed by the office, kept, registered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import IssuedKind, SignerInfo
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitView
from motcua.contexts.privacy.rules import rights
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.db import joins_transaction
from motcua.kernel.privacy import DataClass

FORMS = Path(__file__).resolve().parents[1] / "forms"
POSITION = "Người phụ trách bảo vệ dữ liệu cá nhân"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """form: the template in `forms`. body: what it shows beside letterhead, title and approval."""

    kind: IssuedKind
    form: str
    title: str
    code: str
    body: Mapping[str, object]
    position: str = POSITION
    owner_person_id: UUID | None = None
    data_class: DataClass = DataClass.PERSONAL_BASIC


def office(now: datetime) -> UnitView:
    """The agency whose data protection officers answer today."""
    return organisations.unit(rights.office_code(), city_date(now))


@joins_transaction
def issue(paper: Paper, *, by: Actor, now: datetime) -> UUID:
    """The file of the paper. Raises: StoreUnavailable."""
    unit, verify_code = office(now), documents.new_verify_code()
    template = (FORMS / f"{paper.form}.typ").read_text(encoding="utf-8")
    data = {
        "letterhead": _letterhead(unit, now),
        "title": paper.title,
        "code": paper.code,
        **paper.body,
        "approval": {
            "capacity": "",
            "position": paper.position,
            "signed_at": f"{city_time(now):%H:%M %d/%m/%Y}",
            "full_name": by.name,
        },
    }
    issued = documents.issue(
        paper.kind,
        documents.render_result(template, data, verify_code=verify_code),
        subject=paper.code,
        owner_person_id=paper.owner_person_id,
        title=paper.title,
        signer=_signer(by, unit),
        now=now,
        verify_code=verify_code,
        data_class=paper.data_class,
        by=by,
    )
    return issued.file_id


def _signer(actor: Actor, unit: UnitView) -> SignerInfo:
    return SignerInfo(
        key=actor.account_id or unit.id,
        full_name=actor.name,
        position=POSITION,
        unit_code=unit.code,
        unit_name=unit.name,
    )


def _letterhead(unit: UnitView, now: datetime) -> Mapping[str, str]:
    on = city_date(now)
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return {
        "superior": "Ủy ban nhân dân Thành phố Hồ Chí Minh",
        "agency": unit.name,
        "number": "",
        "place": "Thành phố Hồ Chí Minh",
        "on": f"ngày {on.day:02d} tháng {month} năm {on.year}",
    }
