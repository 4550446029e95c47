"""What production refuses: one table of settings with which no real city may open.

Each rule is one sentence in each language and one question to the settings. The first that holds
stops the start; no rule repeats a secret. Missing settings are refused by `env` before.
"""

from __future__ import annotations

import ipaddress
import re
import stat
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    from motcua.config.env import Environment

LEAST_SECRET, LEAST_LETTERS = 40, 12
LEAST_PASSWORD = 12
GUESSED = ("insecure", "changeme", "change-me", "secret", "password", "matkhau", "12345", "example")
DEFAULT_ACCOUNTS = frozenset({"postgres", "root", "admin", "sa"})
DEFAULT_KEYS = frozenset({"minioadmin", "minio123", "test", "testing", "admin", "password"})
HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
LOCAL_NAMES = frozenset({"", "localhost", "localhost.localdomain"})
TLS_MODES = frozenset({"verify-ca", "verify-full"})  # «require» asks nobody who answers
SETTINGS = "motcua.config.settings"
OTHERS = stat.S_IRWXG | stat.S_IRWXO
Question = Callable[["Environment", Mapping[str, str]], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """`broken` says whether these settings must not open a city."""

    name: str
    broken: Question
    vietnamese: str
    english: str


def first_broken(environment: Environment, source: Mapping[str, str]) -> Rule | None:
    return next((rule for rule in RULES if rule.broken(environment, source)), None)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _is_local(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host in LOCAL_NAMES or host.endswith((".localhost", ".local"))


def _is_address(host: str) -> bool:
    return host.replace(".", "").isdigit() or ":" in host


def _is_weak(secret: str) -> bool:
    told = secret.lower()
    return (
        len(secret) < LEAST_SECRET
        or len(set(secret)) < LEAST_LETTERS
        or any(word in told for word in GUESSED)
    )


def _sealing_bytes(environment: Environment) -> bytes:
    try:
        return b64decode(environment.motcua_sealing_key, validate=True)
    except ValueError:
        return b""


def _is_open(path: Path | None) -> bool:
    """Whether others than its owner may look into a file of keys."""
    return bool(path and path.exists() and path.stat().st_mode & OTHERS)


def _kept_keys_are_open(environment: Environment, _source: Mapping[str, str]) -> bool:
    return any(_is_open(path) for path in (environment.motcua_var / "secrets").glob("*.key"))


def _secret_files_are_open(_environment: Environment, source: Mapping[str, str]) -> bool:
    names = [name for name in source if name.endswith("_FILE") and source[name]]
    ours = [name for name in names if name.startswith("MOTCUA_") or name == "DATABASE_URL_FILE"]
    return any(_is_open(Path(source[name]).expanduser()) for name in ours)


@dataclass(frozen=True, slots=True)
class _Account:
    """One account in one database."""

    host: str
    user: str
    password: str
    options: Mapping[str, str]


def _accounts(environment: Environment) -> Iterator[_Account]:
    """Those of DATABASE_URL, of pages and of jobs; none for the embedded server."""
    for url in _database_urls(environment):
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query))
        host = unquote(parts.hostname or "") or options.get("host", "")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        yield _Account(host, user, password, options)


def _database_urls(environment: Environment) -> tuple[str, ...]:
    given = (
        environment.database_url,
        environment.motcua_web_database_url,
        environment.motcua_worker_database_url,
    )
    return tuple(url for url in given if url) if environment.database_url else ()


def _is_remote(host: str) -> bool:
    return not (host in LOCAL_NAMES or host.startswith("/") or host in ("127.0.0.1", "::1"))


def _database_is_in_clear(environment: Environment, source: Mapping[str, str]) -> bool:
    return any(
        _is_remote(one.host)
        and (one.options.get("sslmode") or source.get("PGSSLMODE", "")) not in TLS_MODES
        for one in _accounts(environment)
    )


def _database_password_is_weak(environment: Environment, _source: Mapping[str, str]) -> bool:
    return any(map(_has_weak_password, _accounts(environment)))


def _has_weak_password(one: _Account) -> bool:
    if not (_is_remote(one.host) or one.password):
        return False
    return (
        len(one.password) < LEAST_PASSWORD
        or one.user.lower() in one.password.lower()
        or any(word in one.password.lower() for word in GUESSED)
    )


def _programs_share_an_account(environment: Environment, _source: Mapping[str, str]) -> bool:
    """Who owns the tables can take their guards away: nothing serves people as the owner."""
    names = {one.user for one in _accounts(environment)} - {""}
    return bool(environment.database_url) and len(names) < 3


def _neighbours(environment: Environment) -> tuple[str, ...]:
    return (*environment.motcua_neighbours, *environment.motcua_private_neighbours)


def _parties(environment: Environment) -> tuple[str, ...]:
    """Addresses of outside parties that were named."""
    named = (
        environment.motcua_witness_archive,
        environment.motcua_witness_council,
        environment.motcua_timestamping,
        environment.motcua_sms_one,
        environment.motcua_sms_two,
    )
    return tuple(url for url in named if url)


def _is_no_origin(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme != "https" or not parts.hostname or bool(parts.path.strip("/"))


def _is_no_inner_line(url: str) -> bool:
    """Names are looked at when they are called (`kernel.outbound`)."""
    parts = urlsplit(url)
    if not (parts.hostname and parts.port) or parts.path:
        return True
    return _is_address(parts.hostname) and not _is_local(parts.hostname)


RULES: tuple[Rule, ...] = (
    Rule(
        "simulators",
        lambda e, _: e.motcua_simulators,  # its VNeID lets anybody be anybody
        "MOTCUA_SIMULATORS phải là 0 khi MOTCUA_PRODUCTION là 1.",
        "MOTCUA_SIMULATORS must be 0 when MOTCUA_PRODUCTION is 1.",
    ),
    Rule(
        "settings_module",
        lambda _e, source: source.get("DJANGO_SETTINGS_MODULE", SETTINGS) not in ("", SETTINGS),
        f"DJANGO_SETTINGS_MODULE phải là {SETTINGS} khi chạy thật.",
        f"DJANGO_SETTINGS_MODULE must be {SETTINGS} in production.",
    ),
    Rule(
        "origin_not_https",
        lambda e, _: urlsplit(e.motcua_origin).scheme != "https",
        "MOTCUA_ORIGIN phải bắt đầu bằng https:// khi chạy thật.",
        "MOTCUA_ORIGIN must begin with https:// in production.",
    ),
    Rule(
        "origin_with_path",
        lambda e, _: bool(urlsplit(e.motcua_origin).path) or "@" in e.motcua_origin,
        "MOTCUA_ORIGIN chỉ gồm https:// và tên máy chủ.",
        "MOTCUA_ORIGIN is https:// and a name, nothing more.",
    ),
    Rule(
        "origin_local",
        lambda e, _: _is_local(_host(e.motcua_origin)) or _is_address(_host(e.motcua_origin)),
        "MOTCUA_ORIGIN phải là tên mà người dân mở được, không phải máy này hay địa chỉ số.",
        "MOTCUA_ORIGIN must be a name that people can open, not this machine nor a number.",
    ),
    Rule(
        "host_wildcard",
        lambda e, _: any("*" in host or host.startswith(".") for host in e.motcua_hosts),
        "MOTCUA_HOSTS phải nêu từng tên, không dùng * hay dấu chấm ở đầu.",
        "MOTCUA_HOSTS must name each host, without * or a leading dot.",
    ),
    Rule(
        "host_malformed",
        lambda e, _: any(not HOST.fullmatch(host.lower()) for host in e.motcua_hosts),
        "MOTCUA_HOSTS có một tên máy chủ viết sai.",
        "MOTCUA_HOSTS has a name that is no host name.",
    ),
    Rule(
        "origin_not_among_hosts",
        lambda e, _: _host(e.motcua_origin) not in {host.lower() for host in e.motcua_hosts},
        "MOTCUA_HOSTS phải có tên máy chủ của MOTCUA_ORIGIN.",
        "MOTCUA_HOSTS must have the host of MOTCUA_ORIGIN.",
    ),
    Rule(
        "secret_key_weak",
        lambda e, _: _is_weak(e.motcua_secret_key),
        f"MOTCUA_SECRET_KEY quá dễ đoán: dùng ít nhất {LEAST_SECRET} ký tự ngẫu nhiên.",
        f"MOTCUA_SECRET_KEY is easy to guess: take {LEAST_SECRET} random characters or more.",
    ),
    Rule(
        "sealing_key_malformed",
        lambda e, _: len(_sealing_bytes(e)) != 32,
        "MOTCUA_SEALING_KEY phải là 32 byte viết bằng base64.",
        "MOTCUA_SEALING_KEY must be 32 bytes in base64.",
    ),
    Rule(
        "sealing_key_weak",
        lambda e, _: len(set(_sealing_bytes(e))) < LEAST_LETTERS,
        "MOTCUA_SEALING_KEY quá dễ đoán: dùng 32 byte ngẫu nhiên.",
        "MOTCUA_SEALING_KEY is easy to guess: take 32 random bytes.",
    ),
    Rule(
        "one_key_for_two_uses",
        lambda e, _: e.motcua_secret_key == e.motcua_sealing_key,
        "MOTCUA_SECRET_KEY và MOTCUA_SEALING_KEY phải khác nhau.",
        "MOTCUA_SECRET_KEY and MOTCUA_SEALING_KEY must differ.",
    ),
    Rule(
        "ledger_key_missing",
        lambda e, _: bool(e.motcua_ledger_key_file and not e.motcua_ledger_key_file.is_file()),
        "MOTCUA_LEDGER_KEY_FILE không phải một tệp đọc được.",
        "MOTCUA_LEDGER_KEY_FILE is not a file that can be read.",
    ),
    Rule(
        "ledger_key_open",
        lambda e, _: _is_open(e.motcua_ledger_key_file),
        "MOTCUA_LEDGER_KEY_FILE cho người khác đọc: chạy chmod 600 cho tệp đó.",
        "MOTCUA_LEDGER_KEY_FILE may be read by others: run chmod 600 on it.",
    ),
    Rule(
        "vapid_key_missing",
        lambda e, _: bool(e.motcua_vapid_key_file and not e.motcua_vapid_key_file.is_file()),
        "MOTCUA_VAPID_KEY_FILE không phải một tệp đọc được.",
        "MOTCUA_VAPID_KEY_FILE is not a file that can be read.",
    ),
    Rule(
        "vapid_key_open",
        lambda e, _: _is_open(e.motcua_vapid_key_file),
        "MOTCUA_VAPID_KEY_FILE cho người khác đọc: chạy chmod 600 cho tệp đó.",
        "MOTCUA_VAPID_KEY_FILE may be read by others: run chmod 600 on it.",
    ),
    Rule(
        "leaked_passwords_missing",
        lambda e, _: bool(e.motcua_leaked_passwords and not e.motcua_leaked_passwords.is_file()),
        "MOTCUA_LEAKED_PASSWORDS không phải một tệp đọc được.",
        "MOTCUA_LEAKED_PASSWORDS is not a file that can be read.",
    ),
    Rule(
        "kept_keys_open",
        _kept_keys_are_open,
        "Khóa trong thư mục secrets của MOTCUA_VAR cho người khác đọc: chạy chmod 600.",
        "Keys in the folder secrets of MOTCUA_VAR may be read by others: run chmod 600.",
    ),
    Rule(
        "secret_files_open",
        _secret_files_are_open,
        "Một tệp bí mật (biến có đuôi _FILE) cho người khác đọc: chạy chmod 600.",
        "A file of a secret (a setting that ends in _FILE) may be read by others: run chmod 600.",
    ),
    Rule(
        "development_password",
        lambda e, _: bool(e.motcua_development_password),
        "MOTCUA_DEVELOPMENT_PASSWORD không dùng khi chạy thật: bỏ biến này.",
        "MOTCUA_DEVELOPMENT_PASSWORD has no place in production: unset it.",
    ),
    Rule(
        "vneid_missing",
        lambda e, _: not e.motcua_vneid_issuer,  # else whoever takes the next port is VNeID
        "MOTCUA_VNEID_ISSUER phải có khi chạy thật.",
        "MOTCUA_VNEID_ISSUER must be set in production.",
    ),
    Rule(
        "vneid_not_https",
        lambda e, _: urlsplit(e.motcua_vneid_issuer).scheme != "https",
        "MOTCUA_VNEID_ISSUER phải bắt đầu bằng https://.",
        "MOTCUA_VNEID_ISSUER must begin with https://.",
    ),
    Rule(
        "vneid_local",
        lambda e, _: _is_local(_host(e.motcua_vneid_issuer)),
        "MOTCUA_VNEID_ISSUER không được là máy này.",
        "MOTCUA_VNEID_ISSUER must not be this machine.",
    ),
    Rule(
        "neighbour_malformed",
        lambda e, _: any(_is_no_origin(url) for url in _neighbours(e)),
        "MOTCUA_NEIGHBOURS và MOTCUA_PRIVATE_NEIGHBOURS gồm các địa chỉ https://tên, có dấu phẩy.",
        "MOTCUA_NEIGHBOURS and MOTCUA_PRIVATE_NEIGHBOURS are https://name, with commas.",
    ),
    Rule(
        "neighbour_local",
        lambda e, _: any(_is_local(_host(url)) for url in e.motcua_neighbours),
        "MOTCUA_NEIGHBOURS không nhận địa chỉ nội bộ; mạng riêng: MOTCUA_PRIVATE_NEIGHBOURS.",
        "MOTCUA_NEIGHBOURS takes no inner address; an inner network: MOTCUA_PRIVATE_NEIGHBOURS.",
    ),
    Rule(
        "scanner_missing",
        lambda e, _: not e.motcua_clamd,  # what strangers send reaches officers' machines
        "MOTCUA_CLAMD phải có khi chạy thật: tệp người dân gửi phải được quét mã độc.",
        "MOTCUA_CLAMD must be set in production: what people send must be scanned for malware.",
    ),
    Rule(
        "scanner_outside",
        lambda e, _: _is_no_inner_line(e.motcua_clamd),
        "MOTCUA_CLAMD có dạng tcp://tên:cổng, ở máy này hoặc mạng riêng: đường này không mã hóa.",
        "MOTCUA_CLAMD is tcp://name:port, here or on an inner network: the line is in clear.",
    ),
    Rule(
        "party_in_clear",
        lambda e, _: any(urlsplit(url).scheme != "https" for url in _parties(e)),
        "Địa chỉ nhân chứng, nơi cấp dấu thời gian và tổng đài tin nhắn phải bắt đầu bằng https://.",
        "The addresses of witnesses, time stamps and providers of SMS must begin with https://.",
    ),
    Rule(
        "timestamping_without_root",
        lambda e, _: bool(e.motcua_timestamping) and e.motcua_timestamping_root_file is None,
        "MOTCUA_TIMESTAMPING phải đi cùng MOTCUA_TIMESTAMPING_ROOT_FILE.",
        "MOTCUA_TIMESTAMPING goes with MOTCUA_TIMESTAMPING_ROOT_FILE.",
    ),
    Rule(
        "database_in_clear",
        _database_is_in_clear,
        "DATABASE_URL ở máy khác phải có sslmode=verify-full hoặc verify-ca.",
        "DATABASE_URL on another machine must have sslmode=verify-full or verify-ca.",
    ),
    Rule(
        "database_default_account",
        lambda e, _: any(one.user.lower() in DEFAULT_ACCOUNTS for one in _accounts(e)),
        "DATABASE_URL dùng tài khoản mặc định: tạo một tài khoản riêng cho Một Cửa.",
        "DATABASE_URL uses a default account: make one for Một Cửa alone.",
    ),
    Rule(
        "database_password_weak",
        _database_password_is_weak,
        f"Mật khẩu trong DATABASE_URL quá dễ đoán: dùng ít nhất {LEAST_PASSWORD} ký tự.",
        f"The password of DATABASE_URL is easy to guess: take {LEAST_PASSWORD} characters or more.",
    ),
    Rule(
        "database_one_account",
        _programs_share_an_account,
        "MOTCUA_WEB_DATABASE_URL và MOTCUA_WORKER_DATABASE_URL phải có, mỗi cái một tài khoản.",
        "MOTCUA_WEB_DATABASE_URL and MOTCUA_WORKER_DATABASE_URL must be set, each to its account.",
    ),
    Rule(
        "store_in_clear",
        lambda _e, source: source.get("AWS_ENDPOINT_URL", "").lower().startswith("http:"),
        "AWS_ENDPOINT_URL phải bắt đầu bằng https://.",
        "AWS_ENDPOINT_URL must begin with https://.",
    ),
    Rule(
        "store_default_key",
        lambda _e, source: source.get("AWS_SECRET_ACCESS_KEY", "").lower() in DEFAULT_KEYS,
        "AWS_SECRET_ACCESS_KEY là khóa mặc định: thay bằng khóa riêng.",
        "AWS_SECRET_ACCESS_KEY is a default key: take one of your own.",
    ),
    Rule(
        "log_tells_all",
        lambda e, _: e.motcua_log_level == "DEBUG",
        "MOTCUA_LOG_LEVEL không được là DEBUG khi chạy thật.",
        "MOTCUA_LOG_LEVEL must not be DEBUG in production.",
    ),
)
