"""Đăng ký gói dịch vụ: tells the dossiers context what each pack adds."""

import functools
import importlib
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType

from motcua.contexts.dossiers.public import ServicePack, register_pack
from motcua.contexts.procedures.public import register_generic
from motcua.kernel.forms import Refusal
from motcua.services.generic_form import generic_tables

PACKS = Path(__file__).resolve().parent / "packs"


def register_all() -> None:
    """Every folder below packs/ with a procedure.toml; and the plain letter for all others."""
    paper = (PACKS / "paper.typ").read_text(encoding="utf-8")
    plain = (PACKS / "plain.typ").read_text(encoding="utf-8")
    register_pack(ServicePack(procedure_code="", result_template=f"{paper}\n{plain}"))
    register_generic(generic_tables)
    for table in sorted(PACKS.glob("*/*/procedure.toml")):
        register_pack(_pack(table, paper))


def _pack(table: Path, paper: str) -> ServicePack:
    code = str(tomllib.loads(table.read_text(encoding="utf-8"))["procedure"]["code"])
    result = table.parent / "result.typ"
    rules = table.parent / "rules.py"
    return ServicePack(
        procedure_code=code,
        check=functools.partial(_check, _module(rules)) if rules.exists() else None,
        result_template=f"{paper}\n{result.read_text(encoding='utf-8')}" if result.exists() else "",
    )


def _module(rules: Path) -> ModuleType:
    return importlib.import_module(
        f"motcua.services.packs.{rules.parent.parent.name}.{rules.parent.name}.rules"
    )


def _check(module: ModuleType, answers: Mapping[str, object], today: date) -> Sequence[Refusal]:
    found: Sequence[Refusal] = module.check(answers, today=today)
    return found
