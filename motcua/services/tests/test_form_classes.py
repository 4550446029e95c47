"""Every answer of a form has a class of data that fits what it is."""

import re
from collections.abc import Iterator

import pytest

from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel.clock import city_date
from motcua.kernel.forms.schema import FieldType, Question
from motcua.kernel.privacy import DataClass
from motcua.kernel.testing import MONDAY_9AM

PERSONAL = {
    FieldType.PERSONAL_NUMBER,
    FieldType.PHONE,
    FieldType.EMAIL,
    FieldType.PERSON_NAME,
    FieldType.ADDRESS,
}
# Decree 356/2025, article 4, as far as forms of the city ask for it.
SENSITIVE = re.compile(
    r"dân tộc|tôn giáo|khuyết tật|bệnh|sức khỏe|án tích|tiền án|tài khoản ngân hàng", re.IGNORECASE
)


def questions(form) -> Iterator[Question]:
    for question in form.questions():
        yield question
        yield from question.fields


@pytest.fixture
def forms(small_city) -> list[tuple[VersionView, Question]]:
    on = city_date(MONDAY_9AM)
    runnable = [hit.code for hit in procedures.all_current(on) if hit.is_runnable]
    versions = [procedures.open_version(code, on) for code in runnable]
    return [(v, q) for v in versions for q in questions(v.form)]


def test_what_names_a_person_is_personal(forms):
    wrong = [
        (version.code, question.key)
        for version, question in forms
        if question.type in PERSONAL and not question.data_class.is_personal
    ]

    assert forms
    assert wrong == []


def test_what_the_decree_calls_sensitive_is_sensitive(forms):
    wrong = [
        (version.code, question.key, question.label)
        for version, question in forms
        if SENSITIVE.search(question.label)
        and question.type is not FieldType.DECLARATION
        and question.data_class is not DataClass.PERSONAL_SENSITIVE
    ]

    assert wrong == []
