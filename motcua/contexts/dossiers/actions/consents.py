"""Đồng ý điền sẵn: what registers filled into drafts with consent; taken back here."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.contexts.dossiers.models import Draft
from motcua.contexts.identity import public as identity
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import Actor
from motcua.kernel.db import change, joins_transaction, record
from motcua.kernel.forms import Answer, ProvenanceKind, read_sheet, sheet_table
from motcua.kernel.holdings import Given
from motcua.ui import words


class PrefillConsents:
    """One consent a draft: «Đồng ý, điền sẵn cho tôi». A sent dossier stands as it was sent."""

    def given_by(self, person_id: UUID) -> Sequence[Given]:
        found = []
        for draft in _open_drafts(person_id):
            if _from_registers(draft):
                version = procedures.version(draft.procedure_version_id)
                in_english = words.language() == "en" and version.name_en
                name = version.name_en if in_english else version.name
                found.append(
                    Given(
                        key=str(draft.id),
                        title=_("Điền sẵn từ cơ sở dữ liệu cho bản nháp «%(name)s»")
                        % {"name": name},
                        given_at=draft.created_at,
                        effect=_("Những ô lấy từ cơ sở dữ liệu được xóa khỏi bản nháp."),
                    )
                )
        return found

    def take_back(self, key: str, person_id: UUID, *, actor: Actor, now: datetime) -> None:
        take_back(key, person_id, actor=actor, now=now)


def _open_drafts(person_id: UUID) -> Sequence[Draft]:
    accounts = identity.citizen_accounts_of(person_id)
    rows = Draft.objects.filter(account_id__in=accounts, submitted_as="")
    return tuple(rows.order_by("created_at", "id"))


def _from_registers(draft: Draft) -> dict[str, Answer]:
    sheet = read_sheet(draft.sheet)
    return {k: a for k, a in sheet.items() if a.provenance.kind is ProvenanceKind.REGISTER}


@joins_transaction
def take_back(key: str, person_id: UUID, *, actor: Actor, now: datetime) -> None:
    """What registers filled in leaves the draft; what the person typed stays."""
    for draft in _open_drafts(person_id):
        if str(draft.id) != key:
            continue
        gone = _from_registers(draft)
        kept = {
            k: replace(a, provenance=replace(a.provenance, source="", told=None))
            if a.provenance.told is not None
            else a
            for k, a in read_sheet(draft.sheet).items()
            if k not in gone
        }
        draft.sheet, before = sheet_table(kept), draft.version
        draft.version = before + 1
        change(draft, "sheet", "version", expecting={"version": before})
        facts: dict[str, object] = {"answers": sorted(gone)}
        record(action="dossiers.take_back_prefill", subject=key, actor=actor, facts=facts)
