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


def test_a_short_sealing_key_is_refused():
    assert len(keys.decode_sealing_key(keys.sealing_key().decode())) == 32
    for wrong in ("", "not base64!", b64encode(b"short").decode()):
        with pytest.raises(BadEnvironment, match="MOTCUA_SEALING_KEY"):
            keys.decode_sealing_key(wrong)
