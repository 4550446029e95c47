"""Who initialled a draft, and whether one may."""

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ActionKind, CaseView, Phase
from motcua.contexts.dossiers.contracts.initials import InitialView
from motcua.contexts.dossiers.models import Dossier, DraftInitial
from motcua.contexts.dossiers.ports import result_template_of
from motcua.contexts.procedures import public as procedures

DONE = frozenset({ActionKind.SIGN, ActionKind.ISSUE, ActionKind.RETURN_RESULT})


def may_initial(case: CaseView, dossier: Dossier) -> bool:
    """A step after acceptance that leads towards a signature and is not it."""
    if case.phase not in {Phase.RUNNING, Phase.PAUSED} or dossier.signed_by is not None:
        return False
    table = casework.process_table(case.process_id)
    if any(action.kind in DONE for action in table.step(case.step).actions):
        return False
    version = procedures.version(dossier.procedure_version_id)
    return bool(result_template_of(version.procedure_code))


def are_there(dossier: Dossier) -> bool:
    return DraftInitial.objects.filter(dossier=dossier).exists()


def initials_of(dossier: Dossier, digest: str) -> tuple[InitialView, ...]:
    """In their order; digest: of the draft as it is now."""
    rows = DraftInitial.objects.filter(dossier=dossier).order_by("at", "pk")
    return tuple(
        InitialView(
            full_name=row.full_name,
            position=row.position,
            at=row.at,
            holds=row.digest == digest,
        )
        for row in rows
    )
