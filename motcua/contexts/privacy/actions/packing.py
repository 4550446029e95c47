"""Bản sao dữ liệu: everything held about a person, one paper to read, one file for machines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import IssuedKind, MediaType, SignerInfo
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitView
from motcua.contexts.privacy.contracts import Activity, HeldUnder
from motcua.contexts.privacy.models import DataRequest
from motcua.contexts.privacy.queries.held import held_about
from motcua.contexts.privacy.rules import rights
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.db import joins_transaction
from motcua.kernel.holdings import Held

FORMS = Path(__file__).resolve().parents[1] / "forms"
TITLE = "Bản sao dữ liệu cá nhân"
SCHEMA = "motcua/personal-data/1"
POSITION = "Người phụ trách bảo vệ dữ liệu cá nhân"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The two files of a copy: signed PDF, JSON."""

    paper_id: UUID
    data_id: UUID


@joins_transaction
def pack(row: DataRequest, *, actor: Actor, now: datetime) -> Package:
    """Collect from every context, set, sign, keep; owned by whom it is about, read by nobody else.

    Raises: StoreUnavailable.
    """
    with translation.override("vi"):
        groups = held_about(row.person_id)
        content = _for_machines(row.code, groups, now)
    data = documents.keep_made(
        content,
        media_type=MediaType.JSON,
        filename=f"du-lieu-{row.code}.json",
        owner_person_id=row.person_id,
        now=now,
    )
    unit = organisations.unit(rights.office_code(), city_date(now))
    code = documents.new_verify_code()
    paper = documents.issue(
        IssuedKind.DATA_COPY,
        _paper(row.code, groups, unit, actor, now, code),
        subject=row.code,
        owner_person_id=row.person_id,
        title=TITLE,
        signer=signer(actor, unit),
        now=now,
        verify_code=code,
        by=actor,
    )
    return Package(paper_id=paper.file_id, data_id=data.id)


def signer(actor: Actor, unit: UnitView) -> SignerInfo:
    return SignerInfo(
        key=actor.account_id or unit.id,
        full_name=actor.name,
        position=POSITION,
        unit_code=unit.code,
        unit_name=unit.name,
    )


def _for_machines(code: str, groups: Sequence[HeldUnder], now: datetime) -> bytes:
    told = {
        "schema": SCHEMA,
        "request": code,
        "made_at": city_time(now).isoformat(),
        "activities": [_activity(group) for group in groups],
    }
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def _activity(group: HeldUnder) -> Mapping[str, object]:
    activity = group.activity
    return {
        "key": activity.key,
        "name": activity.name,
        "purpose": activity.purpose,
        "legal_basis": activity.basis.value,
        "law": activity.law,
        "recipients": activity.recipients,
        "kept_for": activity.period,
        "records": [_record(record) for record in group.records],
    }


def _record(record: Held) -> Mapping[str, object]:
    return {
        "kind": record.model,
        "title": record.title,
        "code": record.code,
        "source": record.source,
        "since": record.since,
        "values": [{"name": name, "value": value} for name, value in record.values],
    }


def _paper(
    code: str,
    groups: Sequence[HeldUnder],
    unit: UnitView,
    actor: Actor,
    now: datetime,
    verify_code: str,
) -> bytes:
    return documents.render_result(
        (FORMS / "copy.typ").read_text(encoding="utf-8"),
        {
            "letterhead": letterhead(unit, now),
            "title": TITLE,
            "code": code,
            "groups": [_printed(group) for group in groups],
            "approval": {
                "capacity": "",
                "position": POSITION,
                "signed_at": f"{city_time(now):%H:%M %d/%m/%Y}",
                "full_name": actor.name,
            },
        },
        verify_code=verify_code,
    )


def letterhead(unit: UnitView, now: datetime) -> Mapping[str, str]:
    on = city_date(now)
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return {
        "superior": "Ủy ban nhân dân Thành phố Hồ Chí Minh",
        "agency": unit.name,
        "number": "",
        "place": "Thành phố Hồ Chí Minh",
        "on": f"ngày {on.day:02d} tháng {month} năm {on.year}",
    }


def _printed(group: HeldUnder) -> Mapping[str, object]:
    told: Activity = group.activity
    return {
        "name": told.name,
        "purpose": told.purpose,
        "law": told.law,
        "recipients": told.recipients,
        "period": told.period,
        "records": [
            {
                "title": record.title,
                "code": record.code,
                "source": record.source,
                "since": f"{city_time(record.since):%d/%m/%Y}" if record.since else "",
                "values": [[name, value] for name, value in record.values],
            }
            for record in group.records
        ],
    }
