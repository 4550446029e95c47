import pytest

from motcua.contexts.organisations.testing import a_small_city


@pytest.fixture
def city(db: None) -> None:
    """The city level with the communes Sài Gòn and Bến Thành."""
    a_small_city()
