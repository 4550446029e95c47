"""Đối chiếu: what was declared beside what the population register holds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.contexts.dossiers.contracts import Comparison
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.queries.one import ward_name
from motcua.contexts.dossiers.queries.rulings import rulings_of
from motcua.contexts.dossiers.rules.showing import shown, shown_answer
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import Actor
from motcua.kernel.clearance import may_read
from motcua.kernel.crypto import blind_index
from motcua.kernel.forms import Answer, prefilled, read_sheet, values_of, withheld_keys

POPULATION = "Dân cư"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An answer that a register answers otherwise. mark: of these two values."""

    label: str
    declared: Answer
    registered: Answer
    mark: str


def compared(
    row: Dossier, known: Mapping[str, Mapping[str, object]], actor: Actor, *, now: datetime
) -> tuple[Comparison, ...]:
    """One line per answered question that a register also answers. `known`: register -> field.

    Of an answer that the actor is not cleared for, not even whether it differs is told.
    """
    form = procedures.version(row.procedure_version_id).form
    kept_back = withheld_keys(form, lambda one: may_read(one, actor))
    sheet, told = read_sheet(row.sheet), prefilled(form, known, at=now)
    declared = shown(form, values_of(sheet), ward_name)
    registered = shown(form, values_of(told), ward_name)
    rulings = {one.question_key: one for one in rulings_of(row)}
    found = []
    for question in form.questions():
        key = question.key
        if key not in registered or not declared.get(key) or key in kept_back:
            continue
        ruled = rulings.get(key)
        differs = _plain(declared[key]) != _plain(registered[key])
        settled = ruled and (not differs or ruled.settles(sheet[key].value, told[key].value))
        found.append(
            Comparison(
                key=key,
                label=question.label,
                declared=str(declared[key]),
                registered=str(registered[key]),
                source=POPULATION,
                differs=differs,
                mark=_mark(sheet[key], told[key]) if differs else "",
                ruled=ruled if settled else None,
                instead_of=str(shown_answer(question, ruled.declared, ward_name))
                if ruled and settled
                else "",
            )
        )
    return tuple(found)


def differing(
    row: Dossier, known: Mapping[str, Mapping[str, object]], actor: Actor, *, now: datetime
) -> dict[str, Difference]:
    """By question, what still waits to be decided."""
    form = procedures.version(row.procedure_version_id).form
    sheet, told = read_sheet(row.sheet), prefilled(form, known, at=now)
    return {
        line.key: Difference(
            label=line.label,
            declared=sheet[line.key],
            registered=told[line.key],
            mark=line.mark,
        )
        for line in compared(row, known, actor, now=now)
        if line.differs and line.ruled is None
    }


def _mark(declared: Answer, registered: Answer) -> str:
    said = json.dumps([declared.value, registered.value], sort_keys=True, ensure_ascii=False)
    return blind_index(said, scope="dossiers.ruling").hex()


def _plain(text: object) -> str:
    """Spacing and letter case are no difference; an accent is."""
    return " ".join(str(text).casefold().split())
