"""Biên bản xác minh: what was found, set and signed; an addendum for what came late."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import IssuedKind, SignerInfo
from motcua.contexts.dossiers.contracts.fieldwork import (
    SiteMark,
    SiteNoteKind,
    SiteNoteView,
    Spot,
)
from motcua.contexts.dossiers.models import FieldVisit
from motcua.contexts.dossiers.queries import fieldwork as visits
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import UnitView
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.db import joins_transaction
from motcua.ui import dates

FORM = Path(__file__).resolve().parent.parent / "forms" / "minutes.typ"
MARKS = {
    SiteMark.FITS: "Đúng",
    SiteMark.DIFFERS: "Khác",
    SiteMark.NOT_SEEN: "Không xem được",
}
TITLE, ADDENDUM = "Biên bản xác minh thực địa", "Biên bản bổ sung xác minh thực địa"


@joins_transaction
def issue_minutes(
    row: FieldVisit, notes: Sequence[SiteNoteView], *, actor: Actor, now: datetime
) -> str:
    """The verify code of the signed paper. Once minutes exist, these notes are an addendum.

    Raises: StoreUnavailable.
    """
    unit, code = organisations.unit_by_id(row.unit_id), documents.new_verify_code()
    title = ADDENDUM if row.minutes else TITLE
    signer = SignerInfo(
        key=actor.officer_id or unit.id,
        full_name=actor.name,
        position=unit.short_name or unit.name,
        unit_code=unit.code,
        unit_name=unit.name,
    )
    drawings = {
        _drawing(one): documents.picture_as_drawing(one.file_id) for one in notes if one.file_id
    }
    issued = documents.issue(
        IssuedKind.MINUTES,
        documents.render_result(
            FORM.read_text(encoding="utf-8"),
            _printed(row, notes, unit, actor, now),
            verify_code=code,
            drawings=drawings,
        ),
        subject=row.dossier.code,
        owner_person_id=row.dossier.applicant_person_id,
        title=title,
        signer=signer,
        now=now,
        verify_code=code,
        by=actor,
    )
    return issued.verify_code


def _printed(
    row: FieldVisit, notes: Sequence[SiteNoteView], unit: UnitView, actor: Actor, now: datetime
) -> dict[str, object]:
    """What the form sets."""
    above = organisations.units_above(unit.id)
    person = identity.person(row.dossier.applicant_person_id)
    return {
        "letterhead": {
            "superior": above[0].name if above else "",
            "agency": unit.name,
            "number": f"{row.dossier.code[-7:]}/BB-{row.number}",
            "place": "Thành phố Hồ Chí Minh",
            "on": dates.document_day(city_date(now)),
        },
        "title": ADDENDUM if row.minutes else TITLE,
        "to_minutes": row.minutes[0] if row.minutes else "",
        "dossier_code": row.dossier.code,
        "procedure": procedures.version(row.dossier.procedure_version_id).name,
        "applicant": person.full_name,
        "began": row.starts_at,
        "place": row.place,
        "companions": row.companions or "",
        "visitors": list(visits.view_of(row).visitors),
        "finding": row.finding or "",
        "lines": list(_lines(row, notes)),
        "people": [_person(one) for one in _of(notes, SiteNoteKind.PERSON)],
        "photos": [_photo(one) for one in _of(notes, SiteNoteKind.PHOTO)],
        "approval": {
            "capacity": "",
            "position": "Người lập biên bản",
            "signed_at": f"{city_time(now):%H:%M %d/%m/%Y}",
            "full_name": actor.name,
        },
    }


def _of(notes: Sequence[SiteNoteView], kind: SiteNoteKind) -> tuple[SiteNoteView, ...]:
    """Those that stand; of an addendum, which is made of notes that waited, all."""
    waited = visits.waiting(notes)
    return tuple(one for one in waited if one.kind is kind) or visits.standing(notes, kind)


def _lines(row: FieldVisit, notes: Sequence[SiteNoteView]) -> Iterator[list[str]]:
    found = {one.key: one for one in _of(notes, SiteNoteKind.ANSWER)}
    for line in visits.lines_in(row):
        answer = found.get(line.key)
        if answer is not None and answer.mark is not None:
            yield [line.text, MARKS[answer.mark], answer.text]


def _person(note: SiteNoteView) -> dict[str, object]:
    drawing = _drawing(note) if note.file_id else ""
    return {"name": note.name, "capacity": note.capacity, "drawing": drawing}


def _drawing(note: SiteNoteView) -> str:
    """Its name in the template: short, since long words are broken for printing."""
    return note.id.hex[-12:]


def _photo(note: SiteNoteView) -> dict[str, object]:
    assert note.file_id is not None
    return {
        "drawing": _drawing(note),
        "text": note.text,
        "at": f"{city_time(note.happened_at):%H:%M:%S %d/%m/%Y}",
        "spot": spot_words(note.spot),
        "hash": documents.file_by_id(note.file_id).short_hash,
    }


def spot_words(spot: Spot) -> str:
    """«10.77690, 106.70090, sai số 12 m; trước số 12 Nguyễn Huệ»."""
    found = []
    if spot.lat is not None and spot.lng is not None:
        exact = f", sai số {spot.accuracy_m} m" if spot.accuracy_m is not None else ""
        found.append(f"{spot.lat:.5f}, {spot.lng:.5f}{exact}")
    if spot.words:
        found.append(spot.words)
    return "; ".join(found)
