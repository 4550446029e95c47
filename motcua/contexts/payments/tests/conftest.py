"""The cast of these tests: a payer and a desk."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.apps import apps

from motcua.contexts.identity import testing as identity
from motcua.contexts.payments import ports
from motcua.kernel.testing import stable_id


@pytest.fixture(autouse=True)
def payments_alone() -> Iterator[None]:
    """Whoever keeps the tills stands above payments and is tested there."""
    tills, shifts = ports.without_tills()
    yield
    for till in tills:
        ports.keep_tills(till)
    for one in shifts:
        ports.count_tills(one)


@pytest.fixture
def payer(db: None) -> UUID:
    a_desk()
    return a_person("Nguyễn Thị Ánh Tuyết")


def a_person(name: str) -> UUID:
    return identity.a_person(name).id


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
