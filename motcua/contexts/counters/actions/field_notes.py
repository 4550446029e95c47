"""Ghi chép không có mạng: what a phone noted at a place arrives, each note exactly once.

The phone signs every note with a key of its own, which never left it. A picture is kept first, as
every file is; sent again, the note is known and nothing is kept a second time.
"""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.db import IntegrityError

from motcua.contexts.counters.adapters import signing
from motcua.contexts.counters.contracts.field_notes import ToldNote
from motcua.contexts.counters.contracts.offline import (
    DeviceNotFound,
    DeviceRevoked,
    DeviceUse,
    SignatureWrong,
    SignedEntry,
)
from motcua.contexts.counters.queries import offline as queries
from motcua.contexts.counters.rules.field_notes import read_note
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts.fieldwork import SiteNoteAnswer
from motcua.kernel.actors import Actor
from motcua.kernel.db import Stale


def take_signed(signed: SignedEntry, *, actor: Actor, now: datetime) -> SiteNoteAnswer:
    """Take one note in, or say again what became of it.

    Raises: DeviceNotFound, DeviceRevoked, SignatureWrong, EntryMalformed, as `take_site_note` and
    as `keep_upload`. After these the phone keeps the note and shows the sentence.
    """
    device = queries.device_row(signed.device_id, actor, now=now)
    if device.use != DeviceUse.FIELD:
        raise DeviceNotFound
    if not signing.is_of_machine(bytes(device.public_key), signed.body, signed.signature):
        raise SignatureWrong
    if device.revoked_at is not None:
        raise DeviceRevoked
    told = read_note(signed.body)
    file_id = _kept(told, actor=actor, now=now)
    try:
        return _taken(told, file_id, actor=actor, now=now)
    except (IntegrityError, Stale):
        return _taken(told, file_id, actor=actor, now=now)  # the same, sent twice at once


def _taken(told: ToldNote, file_id: UUID | None, *, actor: Actor, now: datetime) -> SiteNoteAnswer:
    note = replace(told.note, file_id=file_id)
    return dossiers.take_site_note(note, actor=actor, now=now)


def _kept(told: ToldNote, *, actor: Actor, now: datetime) -> UUID | None:
    if not told.picture or dossiers.is_site_noted(told.id):
        return None
    owner = dossiers.subject_of_visit(told.note.visit_id, actor, now=now)
    kept = documents.keep_upload(
        BytesIO(told.picture), filename=told.filename, by=actor, now=now, owner_person_id=owner
    )
    return kept.id
