"""Stored bytes are sealed: whoever takes disk or bucket reads nothing and changes nothing."""

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.documents.adapters import reading, sealing
from motcua.contexts.documents.adapters.local_store import LocalStore
from motcua.contexts.documents.adapters.sealing import HEAD, PIECE, TAG
from motcua.contexts.documents.contracts import StoredCopyAltered
from motcua.contexts.documents.tests.test_stores import folder, put, s3, store
from motcua.kernel import crypto
from motcua.kernel.crypto import SealBroken

__all__ = ["folder", "s3", "store"]

WHOLE = HEAD + PIECE + TAG  # where the second piece begins
EDGES = (1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7)


@pytest.fixture
def two_keys(settings):
    """Masters 1 and 2; the first of the list seals."""
    first, second = os.urandom(32), os.urandom(32)

    def use(*numbers: int) -> None:
        keys = {1: first, 2: second}
        settings.SEALING_KEYS = lambda: tuple((n, keys[n]) for n in numbers)
        crypto.look_again_at_keys()

    yield use
    crypto.look_again_at_keys()


def stored(folder: LocalStore, name: str) -> Path:
    path = folder.path_of(name)
    path.chmod(0o640)
    return path


@pytest.mark.parametrize("size", EDGES)
def test_a_content_of_any_length_is_read_back_whole(store, size):
    content = os.urandom(size)

    name = put(store, content)

    with store.open(name) as file:
        assert file.read() == content


@given(st.integers(0, 3 * PIECE), st.integers(0, PIECE + 9), st.sampled_from(EDGES))
def test_any_part_is_read_without_what_lies_before(tmp_path_factory, start, length, size):
    content = bytes(n % 251 for n in range(size))
    scratch = tmp_path_factory.mktemp("part")
    name = "ab" * 32

    with (
        sealing.sealed(io.BytesIO(content), name, scratch) as path,
        path.open("rb") as raw,
    ):
        file = sealing.opened(raw, name)
        file.seek(start)
        assert file.read(length) == content[start : start + length]
        assert file.seek(-1, os.SEEK_END) == size - 1


def test_neither_disk_nor_staging_shows_the_content(folder):
    secret = "Nguyễn Thị Zuvo 079190999763".encode()

    put(folder, secret * 5_000)

    files = [path for path in folder.folder.rglob("*") if path.is_file()]
    assert len(files) == 1
    assert all(word not in files[0].read_bytes() for word in (secret, b"Zuvo", b"079190999763"))


def test_equal_contents_are_not_seen_to_be_equal_where_they_repeat(folder):
    piece = b"x" * PIECE

    raw = stored(folder, put(folder, piece * 2)).read_bytes()

    assert raw[HEAD:WHOLE] != raw[WHOLE : WHOLE + PIECE + TAG]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda raw: raw[:7] + bytes([raw[7] ^ 1]) + raw[8:], id="head"),
        pytest.param(lambda raw: raw[:-1] + bytes([raw[-1] ^ 1]), id="last byte"),
        pytest.param(lambda raw: raw[:WHOLE], id="last piece dropped"),
        pytest.param(lambda raw: raw[:-5], id="cut"),
        pytest.param(lambda raw: raw + raw[HEAD:WHOLE], id="piece added"),
        pytest.param(lambda raw: raw[:HEAD] + raw[WHOLE:] + raw[HEAD:WHOLE], id="pieces moved"),
        pytest.param(lambda raw: raw[:HEAD], id="no piece"),
    ],
)
def test_what_is_altered_on_disk_does_not_open(folder, settings, change):
    name = put(folder, b"a" * PIECE + b"b" * 100)
    path = stored(folder, name)
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(SealBroken), folder.open(name) as file:
        file.read()
    settings.STORAGE_URL = f"file://{folder.folder}"
    with pytest.raises(StoredCopyAltered):
        reading.whole(name)


def test_the_sealed_bytes_of_another_content_do_not_open(folder):
    name, other = put(folder, b"cua toi"), put(folder, b"cua nguoi khac")
    stored(folder, name).write_bytes(folder.path_of(other).read_bytes())

    with pytest.raises(SealBroken), folder.open(name) as file:
        file.read()


def test_a_rotation_reaches_contents_and_the_old_key_may_go(store, two_keys):
    two_keys(1)
    name = put(store, b"giay to" * 30_000)
    two_keys(2, 1)

    assert store.key_of(name) == 1
    store.rewrap(name)
    store.rewrap(name)
    two_keys(2)

    assert store.key_of(name) == 2
    with store.open(name) as file:
        assert file.read() == b"giay to" * 30_000
    assert list(store.staging().iterdir()) == []


def test_without_its_master_key_a_content_does_not_open(folder, two_keys):
    two_keys(1)
    name = put(folder, b"giay to")
    two_keys(2)

    with pytest.raises(SealBroken), folder.open(name) as file:
        file.read()


def test_what_was_kept_before_files_were_sealed_is_read_and_then_sealed(folder):
    name = put(folder, b"cu")
    stored(folder, name).write_bytes(b"cu")

    assert folder.key_of(name) == 0
    with folder.open(name) as file:
        assert file.read() == b"cu"
    folder.rewrap(name)

    assert folder.key_of(name) == crypto.ring().sealing
    with folder.open(name) as file:
        assert file.read() == b"cu"
