"""Ai nộp: who handed it in for the applicant, for the officers who work on it."""

from collections.abc import Iterator

from motcua.contexts.dossiers.contracts import DossierView, Source
from motcua.contexts.dossiers.contracts.assisting import (
    CONSENT_NAMES,
    IDENTIFIED_NAMES,
    AssistanceView,
)
from motcua.ui import dates
from motcua.ui.parts import Fact


def filed_facts(dossier: DossierView) -> Iterator[Fact]:
    """Under which mandate, and by which officer for a person who was present."""
    if dossier.filed_by:
        yield Fact(label="Nộp thay", value=dossier.filed_by)
    if dossier.source is Source.ASSISTED and dossier.assisted:
        yield from _helped(dossier.assisted)


def _helped(filed: AssistanceView) -> Iterator[Fact]:
    yield Fact(label="Nộp giúp", value=f"{filed.helper}, {filed.unit}")
    if filed.identified and filed.consent and filed.answered_at:
        said = f"{CONSENT_NAMES[filed.consent]}, {dates.city_moment(filed.answered_at)}"
        yield Fact(label="Đồng ý", value=said, note=IDENTIFIED_NAMES[filed.identified])
    if filed.denied_at:
        moment = dates.city_moment(filed.denied_at)
        yield Fact(label="Người nộp báo", value=f"Không nộp hồ sơ này, {moment}")
