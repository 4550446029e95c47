"""Câu trả lời theo người đọc: what is sensitive reaches only whoever is cleared for it."""

from collections.abc import Mapping

from motcua.contexts.casework.contracts import CaseView
from motcua.contexts.dossiers.policies import works_on
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel import clearance
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.forms import masked, withheld_keys, without


def answers_for(
    actor: Actor,
    version: VersionView,
    answers: Mapping[str, object],
    case: CaseView,
    *,
    own: bool,
) -> tuple[dict[str, object], frozenset[str]]:
    """What this reader may have, and which answers are kept from whoever is not cleared."""
    kept_back = withheld_keys(version.form, lambda one: clearance.may_read(one, actor, own=own))
    given = without(answers, kept_back)
    if not (own or actor.kind is ActorKind.SYSTEM or works_on(actor, case)):
        given = masked(version.form, given)
    return given, kept_back & answers.keys()
