"""Bản sao dữ liệu: everything held about a person, one paper to read, one file for machines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import IssuedKind, MediaType
from motcua.contexts.privacy.actions import papers
from motcua.contexts.privacy.actions.papers import Paper
from motcua.contexts.privacy.contracts import Activity, HeldUnder
from motcua.contexts.privacy.models import DataRequest
from motcua.contexts.privacy.queries.held import held_about
from motcua.kernel import privacy
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_time
from motcua.kernel.db import joins_transaction
from motcua.kernel.holdings import Held, said
from motcua.kernel.privacy import DataClass, strictest

TITLE = "Bản sao dữ liệu cá nhân"
SCHEMA = "motcua/personal-data/1"


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
    data_class = strictest(_class_of(one) for group in groups for one in group.records)
    data = documents.keep_made(
        content,
        media_type=MediaType.JSON,
        filename=f"du-lieu-{row.code}.json",
        owner_person_id=row.person_id,
        now=now,
        data_class=data_class,
    )
    body = {"groups": [_printed(group) for group in groups]}
    copy = Paper(
        kind=IssuedKind.DATA_COPY,
        form="copy",
        title=TITLE,
        code=row.code,
        body=body,
        owner_person_id=row.person_id,
        data_class=data_class,
    )
    return Package(paper_id=papers.issue(copy, by=actor, now=now), data_id=data.id)


def _class_of(record: Held) -> DataClass:
    """What the record says of its content, else as strict as any field of its table."""
    fields = privacy.of(apps.get_model(record.model)).classes.values()
    told = fields if record.data_class is None else [record.data_class]
    return strictest((DataClass.PERSONAL_BASIC, *told))


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
                "source": said(record.source),
                "since": f"{city_time(record.since):%d/%m/%Y}" if record.since else "",
                "values": [[said(name), said(value)] for name, value in record.values],
            }
            for record in group.records
        ],
    }
