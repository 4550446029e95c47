"""Đối chiếu: what was declared beside what the population register holds."""

from collections.abc import Mapping
from datetime import datetime

from motcua.contexts.dossiers.contracts import Comparison
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.queries.one import ward_name
from motcua.contexts.dossiers.rules.showing import shown
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import Actor
from motcua.kernel.clearance import may_read
from motcua.kernel.forms import prefilled, read_sheet, values_of, withheld_keys

POPULATION = "Dân cư"


def compared(
    row: Dossier, known: Mapping[str, Mapping[str, object]], actor: Actor, *, now: datetime
) -> tuple[Comparison, ...]:
    """One line per answered question that a register also answers. `known`: register -> field.

    Of an answer that the actor is not cleared for, not even whether it differs is told.
    """
    form = procedures.version(row.procedure_version_id).form
    kept_back = withheld_keys(form, lambda one: may_read(one, actor))
    declared = shown(form, values_of(read_sheet(row.sheet)), ward_name)
    registered = shown(form, values_of(prefilled(form, known, at=now)), ward_name)
    return tuple(
        Comparison(
            label=question.label,
            declared=str(declared[question.key]),
            registered=str(registered[question.key]),
            source=POPULATION,
            differs=_plain(declared[question.key]) != _plain(registered[question.key]),
        )
        for question in form.questions()
        if question.key in registered and declared.get(question.key)
        if question.key not in kept_back
    )


def _plain(text: object) -> str:
    """Spacing and letter case are no difference; an accent is."""
    return " ".join(str(text).casefold().split())
