"""The cast of these tests: a payer, a desk, a collector."""

from uuid import UUID

import pytest
from django.apps import apps

from motcua.kernel.testing import MONDAY_9AM, stable_id


@pytest.fixture
def payer(db: None) -> UUID:
    return a_person("Nguyễn Thị Ánh Tuyết")


def a_person(name: str) -> UUID:
    person = apps.get_model("identity", "Person").objects.create(
        id=stable_id(f"person {name}"),
        full_name=name,
        source="SEED",
        created_at=MONDAY_9AM,
        updated_at=MONDAY_9AM,
    )
    return person.id
