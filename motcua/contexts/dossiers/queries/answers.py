"""Câu trả lời theo người đọc: what is sensitive reaches only whoever is cleared for it."""

from collections.abc import Mapping
from dataclasses import replace

from motcua.contexts.casework.contracts import CaseView
from motcua.contexts.dossiers.policies import works_on
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel import clearance
from motcua.kernel.actors import Actor, ActorKind
from motcua.kernel.forms import Provenance, Sheet, masked, withheld_keys, without


def origins_for(
    sheet: Sheet, actor: Actor, case: CaseView, *, own: bool, withheld: frozenset[str]
) -> dict[str, Provenance]:
    """Where answers come from; what a register says otherwise goes to whom the answer goes."""
    may_compare = own or actor.kind is ActorKind.SYSTEM or works_on(actor, case)
    return {
        key: answer.provenance
        if may_compare and key not in withheld
        else replace(answer.provenance, told=None)
        for key, answer in sheet.items()
    }


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
