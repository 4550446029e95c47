"""`motcua check`: everything that can be known about the code without running the city."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from motcua.config import house
from motcua.config.console import step
from motcua.config.env import ROOT


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    command: tuple[str, ...]


def all_checks() -> Iterator[Check]:
    yield Check("định dạng", python("-m", "ruff", "format", "--check", "--quiet", "."))
    yield Check("quy tắc viết mã", python("-m", "ruff", "check", "--quiet", "."))
    yield Check("kiểu", python("-m", "mypy", "motcua"))
    if (ROOT / ".importlinter").exists():
        yield Check("cấu trúc nhập", python("-c", _LINT_IMPORTS))
    yield Check("cấu hình Django", _django("check", "--fail-level", "WARNING"))
    yield Check("chuyển đổi dữ liệu", _django("makemigrations", "--check", "--dry-run"))
    yield Check("bản đồ, từ, bản dịch", (*_motcua("map"), "--check"))
    yield Check("sổ yêu cầu an toàn", _motcua("asvs"))
    yield Check("gói và giấy phép", _motcua("audit"))
    for command in sorted(_own_checks()):
        yield Check(command.removeprefix("check_"), _motcua(command))


def run(rest: list[str]) -> int:
    """Runs all of them, so that one look shows everything that is wrong."""
    failed = [check.name for check in all_checks() if not _passes(check)]
    if failed:
        step(f"Chưa đạt: {', '.join(failed)}")
        return 1
    step("Mọi kiểm tra đều đạt")
    return 0


def fix(rest: list[str]) -> int:
    for command in (("check", "--fix", "--quiet"), ("format", "--quiet")):
        subprocess.run(python("-m", "ruff", *command, "."), cwd=ROOT, check=False)
    return 0


def _passes(check: Check) -> bool:
    began = time.monotonic()
    outcome = subprocess.run(
        check.command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - began
    if outcome.returncode == 0:
        step(f"{check.name:<24} đạt   {seconds:5.1f} s")
        return True
    step(f"{check.name:<24} HỎNG  {seconds:5.1f} s")
    sys.stdout.write(outcome.stdout + outcome.stderr)
    return False


def _own_checks() -> set[str]:
    """check_catalogue, check_translations, … of any app."""
    found = house.HOUSE.glob("**/management/commands/check_*.py")
    return {path.stem for path in found} - {"check_city"}  # that one judges data, not code


def python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, *arguments)


def _environment() -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "motcua.config.settings"}


def _django(*words: str) -> tuple[str, ...]:
    return python("-m", "django", *words)


def _motcua(command: str) -> tuple[str, ...]:
    return python("-m", "motcua", command)


_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
