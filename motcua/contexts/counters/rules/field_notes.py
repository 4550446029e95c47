"""Ghi chép không có mạng: from the text that a phone signed to a note."""

import json
from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from motcua.contexts.counters.contracts.field_notes import ToldNote
from motcua.contexts.counters.contracts.offline import EntryMalformed
from motcua.contexts.dossiers.contracts.fieldwork import (
    SiteMark,
    SiteNoteKind,
    Spot,
    TakeSiteNote,
)

MOST_BODY = 3_000_000  # characters of one note with its picture
PICTURES = {"data:image/jpeg;base64,": "anh.jpg", "data:image/png;base64,": "chu-ky.png"}


def read_note(body: str) -> ToldNote:
    """Raises: EntryMalformed."""
    if len(body) > MOST_BODY:
        raise EntryMalformed
    try:
        said = json.loads(body)
        picture, filename = _picture(_text(said, "picture"))
        return ToldNote(note=_note(said, body), picture=picture, filename=filename)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise EntryMalformed from wrong


def _note(said: Mapping[str, Any], body: str) -> TakeSiteNote:
    mark, base = _text(said, "mark"), _text(said, "base")
    at = datetime.fromisoformat(said["at"])
    if at.tzinfo is None:
        raise ValueError(said["at"])
    return TakeSiteNote(
        id=UUID(said["id"]),
        visit_id=UUID(said["visit"]),
        kind=SiteNoteKind(said["kind"]),
        happened_at=at,
        key=_text(said, "key")[:40],
        base=UUID(base) if base else None,
        mark=SiteMark(mark) if mark else None,
        text=_text(said, "text"),
        name=_text(said, "name"),
        capacity=_text(said, "capacity"),
        spot=_spot(said.get("spot") or {}),
        digest=sha256(body.encode()).hexdigest(),
    )


def _spot(said: Mapping[str, Any]) -> Spot:
    point = said.get("lat"), said.get("lng")
    lat, lng = (float(one) if one is not None else None for one in point)
    accuracy = said.get("accuracy")
    return Spot(
        lat=lat,
        lng=lng,
        accuracy_m=int(accuracy) if accuracy is not None else None,
        words=_text(said, "place"),
    )


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name, "")
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _picture(url: str) -> tuple[bytes, str]:
    if not url:
        return b"", ""
    begins = next(one for one in (*PICTURES, "") if url.startswith(one))
    return b64decode(url.removeprefix(begins), validate=True), PICTURES[begins]
