"""The cast of these tests, and a store that starts empty."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from motcua.contexts.documents import ports
from motcua.contexts.identity import public as identity
from motcua.kernel.actors import SYSTEM
from motcua.kernel.testing import MONDAY_9AM


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path: Path) -> Path:
    settings.STORAGE_URL = ""
    settings.STORAGE_ROOT = tmp_path / "files"
    return settings.STORAGE_ROOT


@pytest.fixture(autouse=True)
def own_rules(monkeypatch):
    """Rules that other contexts registered stay out of these tests."""
    monkeypatch.setattr(ports, "_rules", {})
    monkeypatch.setattr(ports, "_uses", {})


@pytest.fixture(scope="session", autouse=True)
def one_authority(tmp_path_factory):
    """Keys are made once for all tests of a run."""
    from django.conf import settings

    var = settings.VAR
    settings.VAR = tmp_path_factory.mktemp("var")
    yield
    settings.VAR = var


@pytest.fixture
def tuyet(db) -> UUID:
    return identity.find_or_register(
        "079190999001", "Nguyễn Thị Ánh Tuyết", date(1990, 5, 12), actor=SYSTEM, now=MONDAY_9AM
    )


@pytest.fixture
def khoa(db) -> UUID:
    return identity.find_or_register(
        "079188999002", "Lê Minh Khoa", date(1988, 3, 2), actor=SYSTEM, now=MONDAY_9AM
    )
