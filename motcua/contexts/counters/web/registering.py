"""Hỏi dữ liệu dân cư ở quầy: only what the procedure asks at once, before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from motcua.contexts.counters.actions.intake import asked
from motcua.contexts.counters.contracts.intake import State
from motcua.contexts.counters.queries import intake as queries
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.forms import Sheet

POPULATION = "population."


def with_told(state: State, code: str, actor: Actor, *, ward: str, now: datetime) -> State:
    """The procedure joins the visit, its questions filled with what the register tells of them.

    A register that is silent is a sentence on the page; everything goes on by hand.
    Raises: ProcedureNotFound, ProcedureNotOpen.
    """
    added = state.with_item(code)
    if state.person_id is None:
        return added
    version = queries.version_of(code, on=city_date(now), ward=ward)
    keys = frozenset(question.key for question in asked(version) if question.prefill)
    told, notice = dossiers.told_at_counter(state.person_id, version, keys, actor=actor, now=now)
    ours = [key for key, one in told.items() if one.provenance.source.startswith(POPULATION)]
    item = replace(added.items[-1], answers=_typed(version, told), told=ours)
    return replace(added, items=(*added.items[:-1], item), notice=notice)


def _typed(version: VersionView, told: Sheet) -> dict[str, list[str]]:
    """As a page would send them."""
    found: dict[str, list[str]] = {}
    for question in version.form.questions():
        if question.key in told:
            found |= dict(_parts(question.key, told[question.key].value))
    return found


def _parts(name: str, value: object) -> Iterable[tuple[str, list[str]]]:
    if isinstance(value, Mapping):
        for part, inner in value.items():
            yield from _parts(f"{name}.{part}", inner)
    else:
        yield name, [str(value)]
