"""Giữ lại câu trả lời: what an answer's class keeps from this reader does not leave the query."""

from collections.abc import Callable, Mapping

from motcua.kernel.forms.schema import Form, Question

MayRead = Callable[[str], bool]


def withheld_keys(form: Form, may_read: MayRead) -> frozenset[str]:
    """The questions whose answers this reader may not have; a group goes with its strictest."""
    return frozenset(q.key for q in form.questions() if not _readable(q, may_read))


def _readable(question: Question, may_read: MayRead) -> bool:
    return may_read(question.data_class) and all(_readable(q, may_read) for q in question.fields)


def without(answers: Mapping[str, object], keys: frozenset[str]) -> dict[str, object]:
    """The answers but these."""
    return {key: value for key, value in answers.items() if key not in keys}
