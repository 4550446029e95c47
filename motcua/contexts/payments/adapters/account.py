"""Tài khoản thu: where transfers go. Data of the installation, read once."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "account.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectingAccount:
    """A bank account: BIN of the bank, number, name of its holder."""

    bin: str
    number: str
    name: str
    invented: bool


@lru_cache(maxsize=1)
def collecting_account() -> CollectingAccount:
    return CollectingAccount(**tomllib.loads(FILE.read_text(encoding="utf-8")))
