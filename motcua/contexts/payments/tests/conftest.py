"""The cast of these tests: a payer, a desk, a collector."""

from uuid import UUID

import pytest
from django.apps import apps

from motcua.kernel.testing import MONDAY_9AM, stable_id


@pytest.fixture
def payer(db: None) -> UUID:
    a_desk()
    return a_person("Nguyễn Thị Ánh Tuyết")


def a_desk() -> UUID:
    desk = apps.get_model("organisations", "Unit").objects.create(
        id=stable_id("unit"),
        code="H29.99.26740",
        name="Trung tâm Phục vụ hành chính công phường Sài Gòn",
        short_name="Một cửa Sài Gòn",
        kind="ONE_STOP_COMMUNE",
        invented=True,
    )
    return desk.id


def a_person(name: str) -> UUID:
    person = apps.get_model("identity", "Person").objects.create(
        id=stable_id(f"person {name}"),
        full_name=name,
        source="SEED",
        created_at=MONDAY_9AM,
        updated_at=MONDAY_9AM,
    )
    return person.id
