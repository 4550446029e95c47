"""Every test of the services starts with an empty memory of the catalogue."""

import pytest

from motcua.contexts.procedures.testing import fresh_catalogue

__all__ = ["fresh_catalogue"]


@pytest.fixture(autouse=True)
def empty_memory(fresh_catalogue: None) -> None:
    """Autouse for this folder only."""
