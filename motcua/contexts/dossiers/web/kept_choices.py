"""Giấy đã số hóa: which may answer for a paper again, for its owner or at the counter."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts.digitised import EvidenceView
from motcua.contexts.dossiers.contracts import DraftView
from motcua.contexts.dossiers.web import pages
from motcua.contexts.organisations import public as organisations
from motcua.ui import dates


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChoice:
    """confirmed: where and when. url: the paper itself."""

    id: UUID
    title: str
    confirmed: str
    validity: str
    url: str


def kept_choices(
    kept: tuple[EvidenceView, ...], draft: DraftView, component_key: str
) -> tuple[KeptChoice, ...]:
    """Those of the very kind that this paper is, newest first."""
    kind = documents.paper_kind_for(component_key, draft.version.procedure_code)
    return tuple(_choice(one) for one in kept if kind and one.kind == kind.key)


def _choice(one: EvidenceView) -> KeptChoice:
    units = organisations.units_by_id([one.unit_id]) if one.unit_id else {}
    place = units[one.unit_id].name if one.unit_id in units else ""
    said = {"place": place, "day": pages.on_day(one.confirmed_at)}
    return KeptChoice(
        id=one.id,
        title=one.kind_name,
        confirmed=_("Đã số hóa %(day)s tại %(place)s") % said
        if place
        else _("Đã số hóa %(day)s") % said,
        validity=_("Dùng được đến hết %(day)s (thời hạn chưa được kiểm chứng)")
        % {"day": dates.day(one.last_day)},
        url=f"/giay-to/tep/{one.file_id}?xem=1",
    )
