"""Cổng nối: which messages a limited mandate reaches, said by who knows the subjects."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q

from motcua.kernel.actors import Actor

SubjectRule = Callable[[Actor, datetime], Q]
_rules: list[SubjectRule] = []


def reach_by(rule: SubjectRule) -> None:
    """`rule` answers a condition on the field `subject` (a dossier's code)."""
    if rule not in _rules:
        _rules.append(rule)


def reached(actor: Actor, now: datetime) -> Q:
    """Everything the registered rules allow together."""
    allowed = Q(pk__in=[])
    for rule in _rules:
        allowed |= rule(actor, now)
    return allowed
