"""The cast of these tests: an owner, a desk, the stand-in of the post."""

from pathlib import Path
from uuid import UUID

import pytest

from motcua.contexts.exchange import testing as exchange
from motcua.contexts.exchange.contracts import VNPOST
from motcua.contexts.identity import testing as identity
from motcua.contexts.organisations import public as organisations


@pytest.fixture
def owner(small_city) -> UUID:
    return identity.a_person("Nguyễn Thị Ánh Tuyết").id


@pytest.fixture
def desk(small_city) -> UUID:
    return organisations.one_stop_desk("26740").id


@pytest.fixture
def post(tmp_path: Path):
    """The stand-in behind the connector; its folder, to let things happen there."""
    with exchange.registered(exchange.in_process(VNPOST, tmp_path)):
        yield tmp_path
