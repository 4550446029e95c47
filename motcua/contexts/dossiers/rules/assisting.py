"""Nộp giúp: what whoever filed for somebody may still do, and what they are shown of the person."""

from collections.abc import Iterable

from motcua.contexts.casework.contracts import ActionKind
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel.actors import Role

POPULATION, ACCOUNT = "population.", "account."
AT_THE_DESK = frozenset({Role.RECEIVER, Role.RETURNER, Role.FEE_COLLECTOR})
DECIDING = frozenset({ActionKind.DECLINE, ActionKind.STOP, ActionKind.SIGN, ActionKind.ISSUE})


def may_do(role: Role, kind: ActionKind) -> bool:
    """Four eyes: the helper receives it and hands out its result, and decides nothing of it."""
    return role in AT_THE_DESK and kind not in DECIDING


def told_keys(version: VersionView) -> tuple[str, ...]:
    """The questions of the form that are filled from what is known: all that the helper sees."""
    return tuple(question.key for question in version.form.questions() if question.prefill)


def register_fields(prefills: Iterable[str]) -> frozenset[str]:
    """What the population register is asked for: the names of its own record.

    A form's `current_address` is cut out of the register's one line and its commune.
    """
    named = {
        one.removeprefix(POPULATION).split(".")[0] for one in prefills if one.startswith(POPULATION)
    }
    if "current_address" in named:
        named = (named - {"current_address"}) | {"permanent_address", "ward_code"}
    return frozenset(named)
