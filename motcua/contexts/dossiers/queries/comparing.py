"""Đối chiếu: what was declared beside what the population register holds."""

from collections.abc import Mapping
from datetime import datetime

from motcua.contexts.dossiers.contracts import Comparison
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.queries.one import ward_name
from motcua.contexts.dossiers.rules.showing import shown
from motcua.contexts.procedures import public as procedures
from motcua.kernel.forms import prefilled, read_sheet, values_of

POPULATION = "Dân cư"


def compared(
    row: Dossier, known: Mapping[str, Mapping[str, object]], *, now: datetime
) -> tuple[Comparison, ...]:
    """One line per answered question that a register also answers. `known`: register -> field."""
    form = procedures.version(row.procedure_version_id).form
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
    )


def _plain(text: object) -> str:
    """Spacing and letter case are no difference; an accent is."""
    return " ".join(str(text).casefold().split())
