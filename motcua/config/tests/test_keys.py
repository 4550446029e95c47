"""Secrets are made once, and only their owner reads them."""

import stat
from base64 import b64encode
from pathlib import Path

import pytest

from motcua.config import keys
from motcua.config.env import BadEnvironment


def test_a_secret_is_made_once(tmp_path: Path):
    first = keys.kept(tmp_path / "secrets", "password", keys.development_password)

    assert keys.kept(tmp_path / "secrets", "password", keys.development_password) == first
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["password.key"]


def test_only_the_owner_may_read(tmp_path: Path):
    path = keys.kept_file(tmp_path / "secrets", "ledger", keys.ledger_key)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_wrong_sealing_key_is_refused():
    one = keys.sealing_key().decode()
    assert [(n, len(key)) for n, key in keys.decode_sealing_keys(one)] == [(1, 32)]
    for wrong in ("", "not base64!", b64encode(b"short").decode(), f"1:{one},1:{one}", f"0:{one}"):
        with pytest.raises(BadEnvironment, match="MOTCUA_SEALING_KEY"):
            keys.decode_sealing_keys(wrong)


def test_a_new_sealing_key_comes_first_and_the_old_one_stays_until_it_is_removed(tmp_path: Path):
    folder = tmp_path / "secrets"
    ((_, old),) = keys.sealing_keys("", folder)

    number = keys.add_sealing_key(folder)

    assert [n for n, _ in keys.sealing_keys("", folder)] == [number, 1] == [2, 1]
    assert stat.S_IMODE((folder / "sealing.key").stat().st_mode) == 0o600
    keys.remove_sealing_key(1, folder)
    assert [n for n, _ in keys.sealing_keys("", folder)] == [2]
    assert old not in dict(keys.sealing_keys("", folder)).values()
