"""Câu trả lời theo người đọc: what is sensitive reaches only whoever is cleared for it."""

from collections.abc import Mapping

from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel import clearance
from motcua.kernel.actors import Actor
from motcua.kernel.forms import withheld_keys, without


def answers_for(
    actor: Actor, version: VersionView, answers: Mapping[str, object], *, own: bool
) -> tuple[dict[str, object], frozenset[str]]:
    """What this reader may have, and which answers are kept from whoever is not cleared."""
    kept_back = withheld_keys(version.form, lambda one: clearance.may_read(one, actor, own=own))
    return without(answers, kept_back), kept_back & answers.keys()
