"""Đăng ký gói dịch vụ: hands each pack's rules and result paper to the dossiers."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

from motcua.contexts.dossiers.ports import Check, ServicePack, register_pack
from motcua.kernel.forms import Refusal

HERE = Path(__file__).resolve().parent
PLAIN = ""  # the code under which dossiers keeps the letter of procedures without a pack


def register_packs() -> None:
    """Every pack below this folder, and the plain letter; again is harmless."""
    register_pack(ServicePack(procedure_code=PLAIN, result_template=template(HERE / "plain.typ")))
    for pack in service_packs():
        register_pack(pack)


def service_packs() -> Iterator[ServicePack]:
    for path in sorted(HERE.glob("*/*/procedure.toml")):
        folder = path.parent
        yield ServicePack(
            procedure_code=tomllib.loads(path.read_text(encoding="utf-8"))["procedure"]["code"],
            check=check_of(folder),
            result_template=template(folder / "result.typ"),
        )


def template(path: Path) -> str:
    """The Typst source of a result: the shared paper, then the pack's own lines."""
    return f"{_text(HERE / 'paper.typ')}\n{_text(path)}" if path.exists() else ""


def check_of(folder: Path) -> Check | None:
    """The pack's cross-field rules; None when it has no rules.py."""
    if not (folder / "rules.py").exists():
        return None
    name = ".".join((__package__, *folder.relative_to(HERE).parts, "rules"))
    check: Callable[..., Sequence[Refusal]] = import_module(name).check

    def on_day(answers: Mapping[str, object], today: date) -> Sequence[Refusal]:
        return check(answers, today=today)

    return on_day


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
