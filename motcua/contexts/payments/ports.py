"""Cổng nối: who else may see a bill, said by the contexts above that know why."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q

from motcua.kernel.actors import Actor

SubjectRule = Callable[[Actor, datetime], Q]
_rules: list[SubjectRule] = []


def share_with(rule: SubjectRule) -> None:
    """Let more people see bills. `rule` answers a condition on the field `subject` (dossier code),
    for example `Q(subject__in=…)`, or `Q(pk__in=[])` for nobody.
    """
    if rule not in _rules:
        _rules.append(rule)


def withdraw(rule: SubjectRule) -> None:
    """Take a rule back; for tests and for a context that is switched off."""
    _rules.remove(rule)


def shared(actor: Actor, now: datetime) -> Q:
    """Everything the registered rules allow together."""
    allowed = Q(pk__in=[])
    for rule in _rules:
        allowed |= rule(actor, now)
    return allowed
