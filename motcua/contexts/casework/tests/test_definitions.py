"""Published definitions never change, and a case stays with the one it was opened with."""

import copy

import pytest
from django.db import DatabaseError, transaction

from motcua.contexts.casework import public
from motcua.contexts.casework.contracts import ActionNotOffered, ProcessMalformed
from motcua.contexts.casework.models import ProcessDefinition
from motcua.contexts.casework.testing import CODE, a_case, a_table, done, owned
from motcua.kernel.actors import SYSTEM
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM

SECOND = "H29.99-20261123-0000002"


def publish(table) -> object:
    return owned(
        lambda: public.publish_process(table, actor=SYSTEM, now=MONDAY_9AM), now=MONDAY_9AM
    )


def shorter() -> dict:
    """The same key; the signer issues, nobody else does."""
    table = copy.deepcopy(a_table())
    table["step"] = [s for s in table["step"] if s["key"] != "issue"]
    sign = next(s for s in table["step"] if s["key"] == "sign")
    sign["action"][0] |= {"kind": "ISSUE", "to": "return", "status": 9}
    return table


@pytest.mark.django_db
def test_the_same_table_again_is_the_same_definition():
    first = publish(a_table())

    assert publish(a_table()) == first
    assert ProcessDefinition.objects.filter(key="thu").count() == 1


@pytest.mark.django_db
def test_a_changed_table_is_the_next_number_and_leaves_a_leaf():
    publish(a_table())
    publish(shorter())

    numbers = ProcessDefinition.objects.filter(key="thu").order_by("number")
    assert list(numbers.values_list("number", flat=True)) == [1, 2]
    assert LedgerLeaf.objects.filter(action="casework.publish_process", subject="thu").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(name="Khác"),
        lambda rows: rows.update(table={}),
        lambda rows: rows.delete(),
    ],
)
def test_a_published_definition_is_never_changed(change):
    process = publish(a_table())

    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        change(ProcessDefinition.objects.filter(pk=process))

    assert public.process_table(process).name == "Quy trình thử"


@pytest.mark.usefixtures("small_city")
def test_a_case_stays_with_the_table_it_was_opened_with():
    a_case()
    a_case(SECOND, table=shorter())
    for code in (CODE, SECOND):
        done(code, "khue", "receive", hours=0.5)
        done(code, "bao", "propose")
        done(code, "van", "sign", hours=2)

    old, new = public.case(CODE), public.case(SECOND)
    assert (old.step, old.status) == ("issue", 4)
    assert (new.step, new.status) == ("return", 9)
    assert old.process_id != new.process_id
    with pytest.raises(ActionNotOffered):
        done(CODE, "ha", "return_result", hours=3)


@pytest.mark.django_db
def test_a_table_that_asks_for_money_before_it_takes_the_dossier_is_refused():
    table = copy.deepcopy(a_table())
    table["step"][0]["action"].append(
        {"key": "oblige", "label": "Thu thuế", "kind": "OBLIGATION", "status": 6}
    )

    with pytest.raises(ProcessMalformed, match="chưa tiếp nhận"):
        publish(table)


@pytest.mark.django_db
def test_a_table_whose_clock_would_never_start_is_refused():
    table = copy.deepcopy(a_table())
    table["step"][0]["action"][0]["kind"] = "ASSIGN"

    with pytest.raises(ProcessMalformed, match="Tiếp nhận"):
        publish(table)
