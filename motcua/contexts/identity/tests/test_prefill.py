"""What the population register fills in, and that a form goes on when it cannot."""

from datetime import date

import pytest

from motcua.contexts.exchange.testing import in_process, registry
from motcua.contexts.identity import public
from motcua.contexts.identity.testing import a_person
from motcua.kernel.testing import citizen

pytestmark = pytest.mark.django_db


def facts_of(person):
    return public.population_facts(person.id, "PREFILL", citizen(person=person.id))


def test_a_dead_register_gives_nothing_and_says_so(tmp_path):
    with registry.registered(in_process("population", tmp_path, down=True)):
        facts = facts_of(a_person())

    assert not facts
    assert "chưa trả lời" in facts.notice
    assert "tự điền" in facts.notice


def test_a_slow_register_is_not_waited_for(vneid):
    person = a_person()
    vneid.simulators.faults.set("population", "slow")

    facts = facts_of(person)

    assert not facts


def test_somebody_the_register_does_not_know_fills_in_alone(tmp_path):
    with registry.registered(in_process("population", tmp_path)):
        facts = facts_of(a_person("Trần Văn Khác"))

    assert not facts
    assert "không có người khớp" in facts.notice


@pytest.mark.parametrize("told", [{"personal_number": ""}, {"born_on": None}])
def test_without_number_or_birth_date_nobody_is_asked(told):
    facts = facts_of(a_person(**told))

    assert not facts
    assert "chưa đủ để tra cứu" in facts.notice


def test_every_value_comes_with_its_source_and_age(tmp_path):
    with registry.registered(in_process("population", tmp_path)):
        facts = facts_of(a_person())

    assert facts["full_name"].value == "Nguyễn Thị Ánh Tuyết"
    assert facts["full_name"].source == "population"
    assert facts["full_name"].as_of.tzinfo is not None
    assert not facts.notice


def test_relatives_are_known_by_dotted_names(tmp_path):
    with registry.registered(in_process("population", tmp_path)):
        facts = facts_of(a_person())

    assert facts["spouse.full_name"].value == "Lê Minh Khoa"
    assert facts["mother.born_on"].value == "1962-01-09"
    assert facts["ward_code"].value == "26740"
    assert facts["marital_status"].value == "MARRIED"


def test_children_are_numbered(tmp_path):
    father = a_person(
        "Nguyễn Văn Sáu", personal_number="079058999003", born_on=date(1958, 8, 20), sex="nam"
    )

    with registry.registered(in_process("population", tmp_path)):
        facts = facts_of(father)

    assert facts["children.0.full_name"].value == "Nguyễn Thị Ánh Tuyết"
