"""A ledger bent by a root administrator with its signing key is seen through everywhere."""

import random

import pytest

from motcua.config.scale import attacking

SEED = 20261128


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Nine thousand leaves, three minutes of witnesses; its clean reading raised no alarm."""
    path = tmp_path_factory.mktemp("attack") / "ledger.jsonl"
    chance, read = random.Random(SEED), []
    made = attacking.write(path, 9_000, chance, read.append)
    assert attacking.read_clean(made, read.append) == []
    assert sum(read) == 18_000
    return made


@pytest.mark.parametrize("name", attacking.BENDS)
def test_every_bend_is_found_by_its_witnesses_and_by_nobody_else(made, name):
    bend, chance = attacking.BENDS[name], random.Random(SEED + 1)
    places = [0, *attacking.positions(made, 3, chance), made.leaves - 1]

    assert all(attacking.found(made, bend, leaf) for leaf in places)
    assert not attacking.found(made, bend, places[2], blind=True)


def test_a_ledger_signed_anew_but_unbent_raises_no_alarm(made):
    for leaf in attacking.positions(made, 3, random.Random(SEED)):
        assert not attacking.found(made, attacking.unbent, leaf)


def test_a_whole_bent_file_is_found_by_a_strangers_process(made):
    assert attacking.found_by_process(made, attacking.BENDS["fork"], 4_000)
    assert not attacking.found_by_process(made, attacking.unbent, 4_000)
