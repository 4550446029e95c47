"""Nhận tại quầy: what must be known at once, and what the paper form says for later.

The declaration lies on paper before the receiver. Only the answers that decide something at the
moment of reception are asked: which papers are due, which time limit counts, what it costs, which
commune is competent. Everything else is typed in from the paper afterwards.
"""

from collections.abc import Iterable, Mapping

from motcua.contexts.dossiers.rules.place import place_question
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel.forms import Condition, FieldError, Form, names_in

REQUIRED = "required"


def deciding(version: VersionView) -> frozenset[str]:
    """The keys of the questions that decide something at reception, and of those they hang on.

    All of them where the procedure has no form on paper to read the rest from.
    """
    asked = {question.key for question in version.form.questions()}
    if not any(component.filled_here for component in version.components):
        return frozenset(asked)
    conditions = [
        *(component.applies_if for component in version.components),
        *(duration.applies_if for duration in version.durations),
        *(fee.applies_if for fee in version.fees),
    ]
    found = _named(conditions) | {place_question(version.form)}
    for fee in version.fees:
        found |= {fee.copies, fee.pages}
    return frozenset(_with_what_they_hang_on(version.form, found & asked))


def _named(conditions: Iterable[Condition | None]) -> set[str]:
    return {name for one in conditions if one is not None for name in names_in(one)}


def _with_what_they_hang_on(form: Form, keys: set[str]) -> set[str]:
    found, before = set(keys), set[str]()
    while found != before:
        before = set(found)
        for page in form.pages:
            for question in page.questions:
                if question.key in found:
                    found |= _named((page.show_if, question.show_if))
    return found


def refused(errors: Iterable[FieldError], keys: frozenset[str]) -> tuple[FieldError, ...]:
    """The errors that stop a reception: a wrong answer, or a deciding one that is missing."""
    return tuple(e for e in errors if e.code != REQUIRED or e.path.split(".")[0] in keys)


def not_typed_yet(errors: Iterable[FieldError], answers: Mapping[str, object]) -> tuple[str, ...]:
    """The questions that stand on the paper form only."""
    paths = (error.path for error in errors if error.code == REQUIRED)
    return tuple(dict.fromkeys(path for path in paths if path not in answers))
