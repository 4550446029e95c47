"""`motcua sbom`: the bill of materials of the city, as CycloneDX 1.6, from lock and metadata.

The same lock gives the same bytes: no time and no random number stands in it.
"""

import json
import sys
import uuid
from hashlib import sha256
from pathlib import Path

from motcua.config.env import ROOT
from motcua.config.security.lock import DEVELOPMENT, PRODUCTION, Package, packages

SPECIFICATION = "1.6"
_SPDX = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "GPL-2.0-or-later", "ISC",
    "LGPL-3.0-only", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "OFL-1.1", "PSF-2.0", "Unlicense",
})  # fmt: skip


def run(rest: list[str]) -> int:
    """Prints it, or writes it to the file that is named. --dev: with the tools of tests."""
    lock = DEVELOPMENT if "--dev" in rest else PRODUCTION
    text = json.dumps(bill(lock), indent=1, ensure_ascii=False) + "\n"
    places = [word for word in rest if not word.startswith("--")]
    if places:
        Path(places[0]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


def bill(lock: Path = PRODUCTION) -> dict[str, object]:
    found = packages(lock)
    serial = uuid.UUID(bytes=sha256(lock.read_bytes()).digest()[:16], version=4)
    return {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPECIFICATION}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPECIFICATION,
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": _city()},
        "components": [_component(one) for one in found],
        "dependencies": _dependencies(found),
    }


def _city() -> dict[str, object]:
    said = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = said.partition('version = "')[2].partition('"')[0]
    return {
        "type": "application",
        "bom-ref": "motcua",
        "name": "motcua",
        "version": version,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
    }


def _component(one: Package) -> dict[str, object]:
    part: dict[str, object] = {
        "type": "library",
        "bom-ref": one.purl,
        "name": one.name,
        "version": one.version,
        "purl": one.purl,
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{one.name}/{one.version}/",
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in one.hashes],
            }
        ],
    }
    if one.licence in _SPDX:
        part["licenses"] = [{"license": {"id": one.licence}}]
    elif one.licence:
        part["licenses"] = [{"license": {"name": one.licence}}]
    return part


def _dependencies(found: tuple[Package, ...]) -> list[dict[str, object]]:
    known: dict[str, list[str]] = {}
    for one in found:  # one name may have a version for each Python
        known.setdefault(one.name, []).append(one.purl)
    needed = {name for one in found for name in one.needs}
    roots = [one.purl for one in found if one.name not in needed]
    edges: list[dict[str, object]] = [{"ref": "motcua", "dependsOn": roots}]
    for one in found:
        targets = sorted({purl for name in one.needs for purl in known.get(name, ())})
        edges.append({"ref": one.purl, "dependsOn": targets})
    return edges
