"""The process environment, read once and typed. Every variable we understand is named here."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from motcua.config import safety
from motcua.config.refusal import CannotStart

PREFIX = "MOTCUA_"
ROOT = Path(__file__).resolve().parents[2]
POSTGRES_SCHEMES = frozenset({"postgresql", "postgres"})
STORAGE_SCHEMES = frozenset({"s3", "file"})
DATABASE_EXAMPLE = "postgresql://user:password@host:5432/name"
BY_FILE = "_FILE"
# May be given as the path of a file that holds nothing else, so that no process list shows them.
SECRETS = (
    "DATABASE_URL",
    "MOTCUA_WEB_DATABASE_URL",
    "MOTCUA_WORKER_DATABASE_URL",
    "MOTCUA_SECRET_KEY",
    "MOTCUA_SEALING_KEY",
    "MOTCUA_VNEID_CLIENT_SECRET",
    "MOTCUA_DEVELOPMENT_PASSWORD",
    "MOTCUA_WITNESS_ARCHIVE_TOKEN",
    "MOTCUA_WITNESS_COUNCIL_TOKEN",
    "MOTCUA_SMS_ONE_TOKEN",
    "MOTCUA_SMS_TWO_TOKEN",
)
PUSH_SERVICES = ("google", "mozilla", "apple", "microsoft")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


SMS_PROVIDER = "https://tong-dai.example.vn/sms"
WITNESS = "https://nhan-chung.example.vn/witness_archive"


class BadEnvironment(CannotStart):
    """A variable that is unknown, malformed or missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What an operator may choose. Each field is one variable, its name in capitals.

    PORT, DATABASE_URL and STORAGE_URL bear no prefix: they are stable contracts with the outside.
    """

    port: int
    database_url: str
    storage_url: str
    motcua_var: Path
    motcua_production: bool
    motcua_origin: str
    motcua_hosts: tuple[str, ...]
    motcua_secret_key: str
    motcua_sealing_key: str
    motcua_ledger_key_file: Path | None
    motcua_development_password: str
    motcua_simulators: bool
    motcua_vneid_issuer: str
    motcua_vneid_client_id: str
    motcua_vneid_client_secret: str
    motcua_neighbours: tuple[str, ...]
    motcua_private_neighbours: tuple[str, ...]
    motcua_clamd: str
    motcua_scanner_folder: Path | None
    motcua_ocr_set: Path | None
    motcua_leaked_passwords: Path | None
    motcua_witness_archive: str
    motcua_witness_archive_token: str
    motcua_witness_council: str
    motcua_witness_council_token: str
    motcua_timestamping: str
    motcua_timestamping_root_file: Path | None
    motcua_pkcs11_module: Path | None
    motcua_pkcs11_token: str
    motcua_pkcs11_slot: str
    motcua_pkcs11_key: str
    motcua_push_services: tuple[str, ...]
    motcua_vapid_key_file: Path | None
    motcua_sms_one: str
    motcua_sms_one_token: str
    motcua_sms_two: str
    motcua_sms_two_token: str
    motcua_sms_share: int
    motcua_web_database_url: str
    motcua_worker_database_url: str
    motcua_ward_map: Path | None
    motcua_pg_bin: Path | None
    motcua_log_level: str
    motcua_web_workers: int
    motcua_web_threads: int

    @property
    def origin(self) -> str:
        """Where citizens find us, without a slash at the end."""
        return self.motcua_origin or f"http://127.0.0.1:{self.port}"

    @property
    def simulators_origin(self) -> str:
        """Where the stand-ins of VNeID, the bank and the mailbox answer."""
        return f"http://127.0.0.1:{self.port + 1}"

    @property
    def scanner(self) -> str:
        """Where files are looked at for malware; the stand-in answers at the stand-ins' port."""
        if self.motcua_clamd or not self.motcua_simulators:
            return self.motcua_clamd
        return f"tcp://127.0.0.1:{self.port + 1}"


@dataclass(frozen=True, slots=True)
class Reader:
    """Typed look-ups in one mapping; an empty value counts as absent."""

    source: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        return self.source.get(name, "").strip() or default

    def secret(self, name: str) -> str:
        """Given by itself or by the file that `NAME_FILE` names, never both."""
        given, place = self.text(name), self.path(f"{name}{BY_FILE}")
        if place is None:
            return given
        if given:
            raise BadEnvironment(
                f"Chỉ đặt một trong {name} và {name}{BY_FILE}.",
                f"Set one of {name} and {name}{BY_FILE}, not both.",
            )
        try:
            return place.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as failure:
            raise BadEnvironment(
                f"Không đọc được tệp của {name}{BY_FILE}.",
                f"The file of {name}{BY_FILE} cannot be read.",
            ) from failure

    def number(self, name: str, default: int, *, low: int, high: int) -> int:
        raw = self.text(name, str(default))
        if not re.fullmatch(r"[0-9]{1,9}", raw) or not low <= int(raw) <= high:
            raise BadEnvironment(
                f"{name} phải là số nguyên từ {low} đến {high}, không phải {raw!r}.",
                f"{name} must be a whole number from {low} to {high}, not {raw!r}.",
            )
        return int(raw)

    def flag(self, name: str, *, default: bool) -> bool:
        raw = self.text(name, "1" if default else "0")
        if raw not in ("0", "1"):
            raise BadEnvironment(
                f"{name} phải là 0 hoặc 1, không phải {raw!r}.",
                f"{name} must be 0 or 1, not {raw!r}.",
            )
        return raw == "1"

    def path(self, name: str) -> Path | None:
        raw = self.text(name)
        return Path(raw).expanduser().absolute() if raw else None

    def choice(self, name: str, default: str, among: tuple[str, ...]) -> str:
        return self._one_of(name, self.text(name, default), among)

    def _one_of(self, name: str, raw: str, among: tuple[str, ...]) -> str:
        if raw not in among:
            words = ", ".join(among)
            raise BadEnvironment(
                f"{name} phải là một trong {words}, không phải {raw!r}.",
                f"{name} must be one of {words}, not {raw!r}.",
            )
        return raw

    def names(self, name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.text(name).split(",") if part.strip())

    def several(self, name: str, among: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._one_of(name, part, among) for part in self.names(name))

    def url(self, name: str, schemes: frozenset[str], example: str) -> str:
        """The value is never repeated in the refusal: it may hold a password."""
        raw = self.secret(name) if name in SECRETS else self.text(name)
        if not raw:
            return ""
        try:
            parts = urlsplit(raw)
            well_formed = parts.scheme in schemes and (parts.port is None or parts.port > 0)
        except ValueError:
            well_formed = False
        if not well_formed:
            raise BadEnvironment(
                f"{name} không phải địa chỉ có dạng {example}.",
                f"{name} is not an address of the shape {example}.",
            )
        return raw.rstrip("/")


def read(source: Mapping[str, str] = os.environ) -> Environment:
    """Raises BadEnvironment for the first variable that is unknown, malformed or missing."""
    _refuse_unknown(source)
    reader = Reader(source)
    web = frozenset({"http", "https"})
    production = reader.flag("MOTCUA_PRODUCTION", default=False)
    environment = Environment(
        port=reader.number("PORT", 8000, low=1, high=65534),
        database_url=reader.url("DATABASE_URL", POSTGRES_SCHEMES, DATABASE_EXAMPLE),
        storage_url=reader.url("STORAGE_URL", STORAGE_SCHEMES, "s3://bucket/prefix"),
        motcua_var=reader.path("MOTCUA_VAR") or ROOT / "var",
        motcua_production=production,
        motcua_origin=reader.url("MOTCUA_ORIGIN", web, "https://motcua.example.vn"),
        motcua_hosts=reader.names("MOTCUA_HOSTS"),
        motcua_secret_key=reader.secret("MOTCUA_SECRET_KEY"),
        motcua_sealing_key=reader.secret("MOTCUA_SEALING_KEY"),
        motcua_ledger_key_file=reader.path("MOTCUA_LEDGER_KEY_FILE"),
        motcua_development_password=reader.secret("MOTCUA_DEVELOPMENT_PASSWORD"),
        motcua_simulators=reader.flag("MOTCUA_SIMULATORS", default=not production),
        motcua_vneid_issuer=reader.url("MOTCUA_VNEID_ISSUER", web, "https://vneid.example.vn"),
        motcua_vneid_client_id=reader.text("MOTCUA_VNEID_CLIENT_ID", "motcua"),
        motcua_vneid_client_secret=reader.secret("MOTCUA_VNEID_CLIENT_SECRET"),
        motcua_neighbours=reader.names("MOTCUA_NEIGHBOURS"),
        motcua_private_neighbours=reader.names("MOTCUA_PRIVATE_NEIGHBOURS"),
        motcua_clamd=reader.url("MOTCUA_CLAMD", frozenset({"tcp"}), "tcp://127.0.0.1:3310"),
        motcua_scanner_folder=reader.path("MOTCUA_SCANNER_FOLDER"),
        motcua_ocr_set=reader.path("MOTCUA_OCR_SET"),
        motcua_leaked_passwords=reader.path("MOTCUA_LEAKED_PASSWORDS"),
        motcua_witness_archive=reader.url("MOTCUA_WITNESS_ARCHIVE", web, WITNESS),
        motcua_witness_archive_token=reader.secret("MOTCUA_WITNESS_ARCHIVE_TOKEN"),
        motcua_witness_council=reader.url("MOTCUA_WITNESS_COUNCIL", web, WITNESS),
        motcua_witness_council_token=reader.secret("MOTCUA_WITNESS_COUNCIL_TOKEN"),
        motcua_timestamping=reader.url("MOTCUA_TIMESTAMPING", web, "https://tsa.example.vn/tsr"),
        motcua_timestamping_root_file=reader.path("MOTCUA_TIMESTAMPING_ROOT_FILE"),
        motcua_pkcs11_module=reader.path("MOTCUA_PKCS11_MODULE"),
        motcua_pkcs11_token=reader.text("MOTCUA_PKCS11_TOKEN", "{id}"),
        motcua_pkcs11_slot=reader.text("MOTCUA_PKCS11_SLOT"),
        motcua_pkcs11_key=reader.text("MOTCUA_PKCS11_KEY", "motcua"),
        motcua_push_services=reader.several("MOTCUA_PUSH_SERVICES", PUSH_SERVICES),
        motcua_vapid_key_file=reader.path("MOTCUA_VAPID_KEY_FILE"),
        motcua_sms_one=reader.url("MOTCUA_SMS_ONE", web, SMS_PROVIDER),
        motcua_sms_one_token=reader.secret("MOTCUA_SMS_ONE_TOKEN"),
        motcua_sms_two=reader.url("MOTCUA_SMS_TWO", web, SMS_PROVIDER),
        motcua_sms_two_token=reader.secret("MOTCUA_SMS_TWO_TOKEN"),
        motcua_sms_share=reader.number("MOTCUA_SMS_SHARE", 70, low=0, high=100),
        motcua_web_database_url=reader.url(
            "MOTCUA_WEB_DATABASE_URL", POSTGRES_SCHEMES, DATABASE_EXAMPLE
        ),
        motcua_worker_database_url=reader.url(
            "MOTCUA_WORKER_DATABASE_URL", POSTGRES_SCHEMES, DATABASE_EXAMPLE
        ),
        motcua_ward_map=reader.path("MOTCUA_WARD_MAP"),
        motcua_pg_bin=reader.path("MOTCUA_PG_BIN"),
        motcua_log_level=reader.choice("MOTCUA_LOG_LEVEL", "INFO", LOG_LEVELS),
        motcua_web_workers=reader.number("MOTCUA_WEB_WORKERS", 2, low=1, high=64),
        motcua_web_threads=reader.number("MOTCUA_WEB_THREADS", 4, low=1, high=64),
    )
    _require_for_production(environment, source)
    return environment


def _refuse_unknown(source: Mapping[str, str]) -> None:
    known = {field.name.upper() for field in fields(Environment)}
    known |= {f"{name}{BY_FILE}" for name in SECRETS}
    for name in sorted(source):
        if name.startswith(PREFIX) and name not in known:
            ours = ", ".join(sorted(known))
            raise BadEnvironment(
                f"{name} không phải biến cấu hình của Một Cửa; các biến là {ours}.",
                f"{name} is not a setting of Một Cửa; the settings are {ours}.",
            )


def _require_for_production(environment: Environment, source: Mapping[str, str]) -> None:
    if not environment.motcua_production:
        return
    for name in ("motcua_origin", "motcua_hosts", "motcua_secret_key", "motcua_sealing_key"):
        if not getattr(environment, name):
            raise BadEnvironment(
                f"{name.upper()} phải có khi MOTCUA_PRODUCTION là 1.",
                f"{name.upper()} must be set when MOTCUA_PRODUCTION is 1.",
            )
    broken = safety.first_broken(environment, source)
    if broken:
        raise BadEnvironment(broken.vietnamese, broken.english)
