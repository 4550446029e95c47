"""Công bố quy trình: an approved table becomes a numbered definition that never changes."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.contexts.casework.models import ProcessDefinition
from motcua.contexts.casework.rules.process import parse_table
from motcua.kernel import db
from motcua.kernel.actors import Actor
from motcua.kernel.db import joins_transaction


@joins_transaction
def publish_process(table: Mapping[str, Any], *, actor: Actor, now: datetime) -> UUID:
    """Publish the table under its key; the same table again gives the definition it already has.

    Raises: ProcessMalformed.
    """
    parsed = parse_table(table)
    body = json.dumps(table, sort_keys=True, ensure_ascii=False, default=str)
    digest = hashlib.sha256(body.encode()).digest()
    latest = ProcessDefinition.objects.filter(key=parsed.key).order_by("-number").first()
    if latest and bytes(latest.digest) == digest:
        return latest.id
    definition = ProcessDefinition(
        key=parsed.key,
        number=latest.number + 1 if latest else 1,
        name=parsed.name,
        approved_by=parsed.approved_by,
        invented=parsed.invented,
        table=json.loads(body),
        digest=digest,
        published_at=now,
    )
    db.insert(definition)
    db.record(
        action="casework.publish_process",
        subject=parsed.key,
        actor=actor,
        facts={"number": definition.number, "digest": digest.hex()},
    )
    return definition.id
