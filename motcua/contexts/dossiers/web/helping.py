"""Làm giúp: what differs on the pages of a draft when an officer fills it for somebody else."""

from django.utils.translation import gettext as _

from motcua.contexts.dossiers.contracts import DraftView, PaperSource
from motcua.contexts.dossiers.web import pages
from motcua.contexts.identity import public as identity
from motcua.kernel.actors import Actor
from motcua.ui.parts import Crumb


def heading(draft: DraftView, actor: Actor) -> str:
    """The procedure; at the counter also for whom, so that nobody mixes up two people."""
    name = pages.name_of(draft.version)
    if not actor.is_officer or draft.applicant_person_id is None:
        return name
    return f"{name}, cho {identity.person(draft.applicant_person_id).full_name}"


def way_back(draft: DraftView, actor: Actor) -> Crumb:
    """To one's own list, or to the person at the counter."""
    if actor.is_officer:
        return Crumb(label="Tiếp nhận tại quầy", url=f"/quay/nguoi/{draft.applicant_person_id}")
    return Crumb(label=_("Hồ sơ của tôi"), url="/ho-so")


def source_of_paper(actor: Actor) -> PaperSource:
    return PaperSource.SCANNED if actor.is_officer else PaperSource.UPLOADED


def shown_original(draft: DraftView, key: str) -> bool:
    """The applicant showed the original at the desk and took it home again."""
    return any(paper.component_key == key and paper.file is None for paper in draft.papers)
