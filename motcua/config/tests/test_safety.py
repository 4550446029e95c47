"""A real city does not open with settings that anybody could guess, read or overhear."""

import os
from base64 import b64encode
from pathlib import Path

import pytest

from motcua.config.env import BadEnvironment, read
from motcua.config.keys import secret_key
from motcua.config.safety import RULES
from motcua.config.tests.test_env import IN_PRODUCTION

DATABASE = "postgresql://motcua:dJ4-kQ9_zW2xR7@db.example.vn:5432/motcua"
SAFE_DATABASE = f"{DATABASE}?sslmode=verify-full"
ACCOUNTS = {
    "MOTCUA_WEB_DATABASE_URL": SAFE_DATABASE.replace("motcua:", "trang:"),
    "MOTCUA_WORKER_DATABASE_URL": SAFE_DATABASE.replace("motcua:", "viec:"),
}
UNSAFE = [
    ("MOTCUA_SIMULATORS", "1", "simulators"),
    ("DJANGO_SETTINGS_MODULE", "motcua.config.settings_for_tests", "settings_module"),
    ("MOTCUA_ORIGIN", "http://motcua.example.vn", "origin_not_https"),
    ("MOTCUA_ORIGIN", "https://motcua.example.vn/cong", "origin_with_path"),
    ("MOTCUA_ORIGIN", "https://a:b@motcua.example.vn", "origin_with_path"),
    ("MOTCUA_ORIGIN", "https://localhost", "origin_local"),
    ("MOTCUA_ORIGIN", "https://127.0.0.1", "origin_local"),
    ("MOTCUA_ORIGIN", "https://10.0.0.7", "origin_local"),
    ("MOTCUA_ORIGIN", "https://8.8.8.8", "origin_local"),
    ("MOTCUA_ORIGIN", "https://motcua.local", "origin_local"),
    ("MOTCUA_HOSTS", "*", "host_wildcard"),
    ("MOTCUA_HOSTS", "motcua.example.vn,*.example.vn", "host_wildcard"),
    ("MOTCUA_HOSTS", "motcua.example.vn,.example.vn", "host_wildcard"),
    ("MOTCUA_HOSTS", "motcua.example.vn,https://example.vn", "host_malformed"),
    ("MOTCUA_HOSTS", "motcua.example.vn,motcua", "host_malformed"),
    ("MOTCUA_HOSTS", "motcua.example.vn:443", "host_malformed"),
    ("MOTCUA_HOSTS", "dichvucong.example.vn", "origin_not_among_hosts"),
    ("MOTCUA_SECRET_KEY", "short", "secret_key_weak"),
    ("MOTCUA_SECRET_KEY", "a" * 64, "secret_key_weak"),
    ("MOTCUA_SECRET_KEY", "django-insecure-k7QwZt3xV9bN2mR5yH8cJ1dF4gL6pS0a", "secret_key_weak"),
    ("MOTCUA_SECRET_KEY", "ChangeMe-k7QwZt3xV9bN2mR5yH8cJ1dF4gL6pS0aUeIoT", "secret_key_weak"),
    ("MOTCUA_SEALING_KEY", "no base64 at all", "sealing_key_malformed"),
    ("MOTCUA_SEALING_KEY", b64encode(b"16 bytes are few").decode(), "sealing_key_malformed"),
    ("MOTCUA_SEALING_KEY", b64encode(bytes(32)).decode(), "sealing_key_weak"),
    ("MOTCUA_SECRET_KEY", IN_PRODUCTION["MOTCUA_SEALING_KEY"], "one_key_for_two_uses"),
    ("MOTCUA_LEDGER_KEY_FILE", "/nowhere/ledger.key", "ledger_key_missing"),
    ("MOTCUA_VAPID_KEY_FILE", "/nowhere/vapid.key", "vapid_key_missing"),
    ("MOTCUA_LEAKED_PASSWORDS", "/nowhere/leaked.txt", "leaked_passwords_missing"),
    ("MOTCUA_DEVELOPMENT_PASSWORD", "anything", "development_password"),
    ("MOTCUA_VNEID_ISSUER", "", "vneid_missing"),
    ("MOTCUA_VNEID_ISSUER", "http://vneid.example.vn", "vneid_not_https"),
    ("MOTCUA_VNEID_ISSUER", "https://127.0.0.1:8001/vneid", "vneid_local"),
    ("MOTCUA_NEIGHBOURS", "http://bank.example.vn", "neighbour_malformed"),
    ("MOTCUA_NEIGHBOURS", "https://bank.example.vn/api", "neighbour_malformed"),
    ("MOTCUA_NEIGHBOURS", "https://169.254.169.254", "neighbour_local"),
    ("MOTCUA_PRIVATE_NEIGHBOURS", "http://truc.example.vn", "neighbour_malformed"),
    ("MOTCUA_CLAMD", "", "scanner_missing"),
    ("MOTCUA_CLAMD", "tcp://8.8.8.8:3310", "scanner_outside"),
    ("MOTCUA_CLAMD", "tcp://clamd.example.vn", "scanner_outside"),
    ("MOTCUA_WITNESS_ARCHIVE", "http://nhan-chung.example.vn", "party_in_clear"),
    ("MOTCUA_SMS_ONE", "http://tong-dai.example.vn/sms", "party_in_clear"),
    ("MOTCUA_TIMESTAMPING", "https://tsa.example.vn/tsr", "timestamping_without_root"),
    ("DATABASE_URL", DATABASE, "database_in_clear"),
    ("DATABASE_URL", f"{DATABASE}?sslmode=require", "database_in_clear"),
    ("DATABASE_URL", f"{DATABASE}?sslmode=disable", "database_in_clear"),
    ("DATABASE_URL", SAFE_DATABASE.replace("//motcua:", "//postgres:"), "database_default_account"),
    ("DATABASE_URL", SAFE_DATABASE.replace("dJ4-kQ9_zW2xR7", "pw"), "database_password_weak"),
    ("DATABASE_URL", SAFE_DATABASE.replace("dJ4-kQ9_zW2xR7", "motcua2026abc"),
     "database_password_weak"),
    ("DATABASE_URL", "postgresql://motcua:password1234@127.0.0.1/motcua", "database_password_weak"),
    ("DATABASE_URL", SAFE_DATABASE.replace("motcua:", "trang:"), "database_one_account"),
    ("AWS_ENDPOINT_URL", "http://store.example.vn", "store_in_clear"),
    ("AWS_SECRET_ACCESS_KEY", "minioadmin", "store_default_key"),
    ("MOTCUA_LOG_LEVEL", "DEBUG", "log_tells_all"),
]  # fmt: skip
BY_FILES = {"ledger_key_open", "vapid_key_open", "kept_keys_open", "secret_files_open"}


@pytest.fixture
def city(tmp_path: Path) -> dict[str, str]:
    return {**IN_PRODUCTION, **ACCOUNTS, "MOTCUA_VAR": str(tmp_path)}


def refused(city: dict[str, str]) -> str:
    with pytest.raises(BadEnvironment) as refusal:
        read(city)
    return str(refusal.value)


def test_safe_settings_open_a_city(city):
    assert read(city | {"DATABASE_URL": SAFE_DATABASE}).motcua_production
    assert read(city | {"DATABASE_URL": "postgresql://motcua@/motcua?host=/run/postgresql"})


@pytest.mark.parametrize("name", ACCOUNTS)
def test_the_accounts_of_programs_are_judged_like_the_owners(city, name):
    given = city | {"DATABASE_URL": SAFE_DATABASE}

    assert "mỗi cái một tài khoản" in refused(given | {name: ""})
    assert "mỗi cái một tài khoản" in refused(given | {name: SAFE_DATABASE})
    assert "sslmode" in refused(given | {name: ACCOUNTS[name].replace("verify-full", "require")})
    assert "Mật khẩu" in refused(given | {name: ACCOUNTS[name].replace("dJ4-kQ9_zW2xR7", "pw")})


@pytest.mark.parametrize(("name", "value", "rule"), UNSAFE)
def test_an_unsafe_setting_stops_the_start(city, name, value, rule):
    [broken] = [one for one in RULES if one.name == rule]

    said = refused(city | {name: value})

    assert said == f"{broken.vietnamese}\n{broken.english}"
    if "SECRET" in name or "SEALING" in name:
        assert value not in said


def test_every_rule_has_a_case():
    assert {rule.name for rule in RULES} == {rule for _name, _value, rule in UNSAFE} | BY_FILES


@pytest.mark.parametrize("name", ["MOTCUA_ORIGIN", "MOTCUA_HOSTS", "MOTCUA_SECRET_KEY",
                                  "MOTCUA_SEALING_KEY"])  # fmt: skip
def test_what_is_missing_is_named(city, name):
    assert name in refused(city | {name: ""})


@pytest.mark.parametrize("name", ["MOTCUA_LEDGER_KEY_FILE", "MOTCUA_VAPID_KEY_FILE"])
def test_a_key_that_others_may_read_stops_the_start(city, tmp_path, name):
    key = tmp_path / "own.pem"
    key.write_text("key")
    given = city | {name: str(key)}

    key.chmod(0o644)
    assert name in refused(given)
    key.chmod(0o600)
    assert read(given)


def test_kept_keys_that_others_may_read_stop_the_start(city, tmp_path):
    kept = tmp_path / "secrets" / "authority.key"
    kept.parent.mkdir()
    kept.write_text("key")
    kept.chmod(0o640)

    assert "secrets" in refused(city)


def test_a_secret_may_come_by_file(city, tmp_path):
    file = tmp_path / "secret"
    file.write_bytes(secret_key() + b"\n")
    file.chmod(0o600)
    given = city | {"MOTCUA_SECRET_KEY": "", "MOTCUA_SECRET_KEY_FILE": str(file)}

    assert read(given).motcua_secret_key == file.read_text().strip()
    assert "not both" in refused(city | {"MOTCUA_SECRET_KEY_FILE": str(file)})

    file.chmod(0o604)
    assert "_FILE" in refused(given)


def test_a_file_that_cannot_be_read_is_named_without_its_path(city, tmp_path):
    said = refused(city | {"DATABASE_URL_FILE": str(tmp_path / "absent")})

    assert "DATABASE_URL_FILE" in said
    assert os.fspath(tmp_path) not in said
