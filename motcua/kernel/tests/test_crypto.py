"""Envelopes: each value with a key of its own, bound to its place, wrapped anew by a rotation."""

from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import crypto
from motcua.kernel.crypto import SealBroken, blind_index, blind_indexes, seal, unseal

ROW, OTHER = UUID(int=7), UUID(int=8)
PLACE = "identity_person.full_name"
FIRST, SECOND = (1, b"1" * 32), (2, b"2" * 32)


@pytest.fixture
def keys(settings):
    """Puts master keys on the ring, the one that seals first."""

    def use(*ring):
        settings.SEALING_KEYS = lambda: ring
        crypto.look_again_at_keys()

    use(FIRST)
    yield use
    crypto.look_again_at_keys()


@given(st.binary(max_size=300))
def test_what_is_sealed_opens_again(plain):
    assert unseal(seal(plain, place=PLACE, row=ROW), place=PLACE) == plain


def test_equal_values_look_different(keys):
    assert seal(b"same", place=PLACE, row=ROW) != seal(b"same", place=PLACE, row=ROW)


@pytest.mark.parametrize("at", [0, 1, 2, 20, 40, 70, 80, -1])
def test_one_changed_byte_is_noticed_wherever_it_is(keys, at):
    sealed = bytearray(seal("Nguyễn Thị Ánh Tuyết".encode(), place=PLACE, row=ROW))
    sealed[at] ^= 4

    with pytest.raises(SealBroken):
        unseal(bytes(sealed), place=PLACE)


def test_a_value_does_not_open_in_another_column_or_row(keys):
    sealed = seal(b"x", place=PLACE, row=ROW)
    moved = sealed[:2] + OTHER.bytes + sealed[18:]

    with pytest.raises(SealBroken):
        unseal(sealed, place="identity_person.phone")
    with pytest.raises(SealBroken):
        unseal(moved, place=PLACE)


def test_a_rotation_wraps_the_key_and_leaves_the_value(keys):
    sealed = seal(b"x", place=PLACE, row=ROW)
    keys(SECOND, FIRST)

    fresh = crypto.rewrapped(sealed, place=PLACE, row=ROW)

    assert (crypto.key_of(sealed), crypto.key_of(fresh)) == (1, 2)
    assert fresh[-17:] == sealed[-17:]
    keys(SECOND)
    assert unseal(fresh, place=PLACE) == b"x"
    with pytest.raises(SealBroken):
        unseal(sealed, place=PLACE)


def test_a_process_that_does_not_know_the_new_key_yet_takes_it_when_it_meets_it(keys, settings):
    keys(SECOND, FIRST)
    sealed = seal(b"x", place=PLACE, row=ROW)
    keys(FIRST)
    crypto.ring()
    settings.SEALING_KEYS = lambda: (SECOND, FIRST)

    assert unseal(sealed, place=PLACE) == b"x"


def test_values_of_the_first_version_still_open_and_become_envelopes(keys):
    nonce = b"n" * 12
    key = crypto._derive(FIRST[1], "seal/1")
    old = b"\x01" + nonce + AESGCM(key).encrypt(nonce, b"x", PLACE.encode())
    keys(SECOND, FIRST)

    fresh = crypto.rewrapped(old, place=PLACE, row=ROW)

    assert unseal(old, place=PLACE) == unseal(fresh, place=PLACE) == b"x"
    assert (crypto.key_of(old), crypto.key_of(fresh), crypto.row_of(fresh)) == (0, 2, ROW)


def test_an_index_is_found_under_every_key_while_a_rotation_is_on_its_way(keys):
    before = blind_index("079190999001", scope="number")
    keys(SECOND, FIRST)

    assert before in blind_indexes("079190999001", scope="number")
    assert blind_index("079190999001", scope="number") != before
    assert blind_index("079190999001", scope="other") not in blind_indexes(
        "079190999001", scope="number"
    )
