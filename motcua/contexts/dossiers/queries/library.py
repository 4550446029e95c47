"""Thư viện câu chữ: one's own and one's units' texts, searched, and filled for a dossier."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.contexts.casework import public as casework
from motcua.contexts.dossiers.contracts import DeskView
from motcua.contexts.dossiers.contracts.library import (
    LibraryLine,
    LibraryTextNotFound,
    LibraryView,
    TextNotChosen,
    TextVersion,
)
from motcua.contexts.dossiers.models import LibraryText, LibraryTextVersion
from motcua.contexts.dossiers.policies import LibraryPolicy
from motcua.contexts.dossiers.rules import library as rules
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.kernel import access
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date, city_time
from motcua.kernel.text import fold, nfc

LISTED = 200
SALUTATIONS = {"nam": "Ông", "nu": "Bà"}


def texts_of(
    actor: Actor, *, now: datetime, words: str = "", retired: bool = False
) -> tuple[LibraryLine, ...]:
    """Those in use, or those that were put away; one's own first, then by name."""
    rows = _visible(actor, now).filter(retired_at__isnull=not retired)
    for word in fold(nfc(words)).split():
        rows = rows.filter(folded__contains=word)
    found = list(rows.order_by("unit_id", "name", "id")[:LISTED])
    found.sort(key=lambda row: (row.unit_id is not None, fold(row.name)))
    units = organisations.units_by_id({row.unit_id for row in found if row.unit_id})
    names = {unit_id: unit.name for unit_id, unit in units.items()}
    return tuple(_line(row, actor, names) for row in found)


def text_view(text_id: UUID, actor: Actor, *, now: datetime) -> LibraryView:
    """Raises: LibraryTextNotFound."""
    row = text_row(text_id, actor, now=now)
    units = organisations.units_by_id([row.unit_id] if row.unit_id else [])
    versions = list(LibraryTextVersion.objects.filter(text=row).order_by("-number"))
    names = identity.officer_names({version.written_by for version in versions})
    return LibraryView(
        line=_line(row, actor, {unit_id: unit.name for unit_id, unit in units.items()}),
        versions=tuple(
            TextVersion(
                number=one.number,
                name=one.name,
                body=one.body,
                written_by=names.get(one.written_by, ""),
                written_at=one.written_at,
            )
            for one in versions
        ),
    )


def text_row(text_id: UUID, actor: Actor, *, now: datetime) -> LibraryText:
    """Raises: LibraryTextNotFound."""
    row = _visible(actor, now).filter(pk=text_id).first()
    if row is None:
        raise LibraryTextNotFound
    return row


def is_name_taken(row: LibraryText, name: str, actor: Actor, *, now: datetime) -> bool:
    """By another text in use of the same owner."""
    same = _visible(actor, now).filter(officer_id=row.officer_id, unit_id=row.unit_id, name=name)
    return same.filter(retired_at__isnull=True).exclude(pk=row.pk).exists()


def may_write_for(unit_id: UUID | None, actor: Actor) -> bool:
    """One's own; a unit's for its head alone."""
    return unit_id is None or actor.holds(unit_id, casework.HEADS)


def filled_text(label: str, view: DeskView, about: str, actor: Actor, *, now: datetime) -> str:
    """The text of this name, filled for this dossier. about: what the item being written is of.

    Raises: TextNotChosen, PlaceholderEmpty.
    """
    wanted = fold(" ".join(label.split()))
    texts = texts_of(actor, now=now)
    exact = [one for one in texts if wanted and fold(one.label) == wanted]
    near = exact or [one for one in texts if wanted and wanted in fold(f"{one.label} {one.body}")]
    if len(near) != 1:
        raise TextNotChosen(_which(near), field="sentence")
    return rules.filled(near[0].body, values_of(view, about, actor, now))


def _which(near: list[LibraryLine]) -> str:
    if not near:
        return "Thư viện không có câu ấy. Bạn chọn một câu trong danh sách."
    names = "; ".join(one.label for one in near[:5])
    return f"Có {len(near)} câu hợp: {names}. Bạn ghi rõ tên câu."


def values_of(view: DeskView, about: str, actor: Actor, now: datetime) -> dict[str, str]:
    """What this dossier says for each place of a text; what is not known yet is left out."""
    dossier = view.dossier
    person = identity.person(dossier.applicant_person_id)
    due = dossier.clock.due_at
    found = {
        "mã hồ sơ": dossier.code,
        "xưng hô": SALUTATIONS.get(person.sex, "Ông/Bà"),
        "người nộp": dossier.applicant_name,
        "thủ tục": dossier.version.name,
        "giấy tờ": about,
        "ngày hẹn trả": f"{city_time(due):%d/%m/%Y}" if due else "",
        "cơ quan": dossier.competent_unit,
        "nơi tiếp nhận": dossier.receiving_unit,
        "người viết": actor.name,
        "hôm nay": f"{city_date(now):%d/%m/%Y}",
    }
    return {name: value for name, value in found.items() if value}


def _visible(actor: Actor, now: datetime) -> "QuerySet[LibraryText]":
    return access.visible(LibraryText.objects.all(), actor, LibraryPolicy, now=now)


def _line(row: LibraryText, actor: Actor, names: dict[UUID, str]) -> LibraryLine:
    return LibraryLine(
        id=row.id,
        name=row.name,
        body=row.body,
        version=row.version,
        unit_id=row.unit_id,
        unit_name=names.get(row.unit_id, "") if row.unit_id else "",
        may_write=may_write_for(row.unit_id, actor),
        retired_at=row.retired_at,
    )
