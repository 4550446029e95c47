"""Programs of the system that tests measure us by: tokens of SoftHSM, validators made elsewhere.

Tests that need one bear the mark `program("pdfsig")`; where it is missing they are deselected
aloud, and `./run test` installs it by apt where it may. `python -m e2e.programs` names what is
missing.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SOFTHSM = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
)


def softhsm() -> Path | None:
    """The library that plays a token."""
    if shutil.which("softhsm2-util") is None:
        return None
    return next((Path(place) for place in SOFTHSM if Path(place).exists()), None)


@dataclass(frozen=True, slots=True)
class Program:
    """package: of Debian. is_here: whether tests can use it."""

    package: str
    is_here: Callable[[], bool]


def reads_vietnamese() -> bool:
    """Whether Tesseract is here with the data of the language."""
    place = shutil.which("tesseract")
    if place is None:
        return False
    spoken = subprocess.run([place, "--list-langs"], capture_output=True, text=True, check=False)
    return "vie" in spoken.stdout.split()


PROGRAMS: Mapping[str, Program] = {
    "softhsm": Program("softhsm2", lambda: softhsm() is not None),
    "pdfsig": Program("poppler-utils", lambda: shutil.which("pdfsig") is not None),
    "pdftoppm": Program("poppler-utils", lambda: shutil.which("pdftoppm") is not None),
    "tesseract": Program("tesseract-ocr-vie", reads_vietnamese),
    "certutil": Program("libnss3-tools", lambda: shutil.which("certutil") is not None),
    "openssl": Program("openssl", lambda: shutil.which("openssl") is not None),
}


def missing() -> dict[str, str]:
    """Name and package of what is not here."""
    return {name: one.package for name, one in PROGRAMS.items() if not one.is_here()}


_DESELECTED = pytest.StashKey[dict[str, int]]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "program(name): needs a program of the system")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    absent, left_out = missing(), []
    counts: dict[str, int] = {}
    for item in items:
        wanted = [str(mark.args[0]) for mark in item.iter_markers("program")]
        if lacks := [name for name in wanted if name in absent]:
            left_out.append(item)
            counts[lacks[0]] = counts.get(lacks[0], 0) + 1
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
        config.stash[_DESELECTED] = counts


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of pytest-xdist tells the one that prints."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["without_programs"] = session.config.stash.get(_DESELECTED, {})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    if left_out := getattr(node, "workeroutput", {}).get("without_programs"):
        node.config.stash[_DESELECTED] = left_out


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for name, count in config.stash.get(_DESELECTED, {}).items():
        lacks = f"NO {name.upper()}: {count} tests were NOT run."
        terminalreporter.write_line(
            f"##  {lacks} Install the package {PROGRAMS[name].package}.  ##",
            red=True,
            bold=True,
        )


def main() -> int:
    """Packages to install, one a line; nothing and 0 when all is here."""
    packages = sorted(set(missing().values()))
    print("\n".join(packages))
    return 1 if packages else 0


if __name__ == "__main__":
    sys.exit(main())
