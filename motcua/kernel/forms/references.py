"""Tham chiếu: conditions may look only at questions asked before, and at values that can occur."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from motcua.kernel.forms.conditions import ORDERED, Condition, Test, tests_in
from motcua.kernel.forms.schema import BOUNDED, FieldType, Form, Question


@dataclass(frozen=True, slots=True)
class Complaint:
    """One fault of a source: where it is, and what it is with how to mend it."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"


def reference_complaints(form: Form) -> Iterator[Complaint]:
    """Every condition of the form that cannot be decided where it stands."""
    before: dict[str, Question] = {}
    for page in form.pages:
        yield from _looks_at(page.show_if, before, f"page[{page.key}].show_if")
        for question in page.questions:
            path = f"page[{page.key}].question[{question.key}]"
            yield from _looks_at(question.show_if, before, f"{path}.show_if")
            inner = dict(before)
            for field in question.fields:
                yield from _looks_at(field.show_if, inner, f"{path}.field[{field.key}].show_if")
                inner[field.key] = field
            before[question.key] = question


def _looks_at(
    condition: Condition | None, before: Mapping[str, Question], path: str
) -> Iterator[Complaint]:
    for test in tests_in(condition) if condition else ():
        question = before.get(test.question)
        if question is None:
            yield Complaint(path, f"hỏi tới «{test.question}» chưa có ở phía trước")
        else:
            yield from (Complaint(path, sentence) for sentence in _cannot_be(test, question))


def _cannot_be(test: Test, question: Question) -> Iterator[str]:
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    if test.operator in {"is", "in", "contains"} and question.options:
        for value in values:
            if question.option(value) is None:
                yield f"«{question.key}» không có lựa chọn {value!r}"
    asks_yes_no = question.type is FieldType.YES_NO and test.operator == "is"
    if asks_yes_no and test.value not in ("yes", "no", True, False):
        yield f'«{question.key}» là có/không: dùng "yes" hoặc "no"'
    if test.operator in ORDERED and question.type not in BOUNDED:
        yield f"«{question.key}» không so lớn nhỏ được"
