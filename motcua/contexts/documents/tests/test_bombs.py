"""Bombs are judged in bounded memory and time: measured in a process of its own."""

import io
import json
import resource
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from django.conf import settings

from motcua.contexts.documents.testing import a_docx, a_jpeg, a_pdf, a_png, a_zip

MEMORY = 300 * 1024 * 1024  # of the whole process, above what Python and its imports need
PROCESSOR_SECONDS = 5
JUDGE = """
import json, resource, sys
from pathlib import Path
import django; django.setup()
from motcua.contexts.documents.rules.inspection import inspect
from motcua.contexts.documents.rules.limits import Limits
from motcua.kernel.errors import DomainError
before = resource.getrusage(resource.RUSAGE_SELF)
told = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    began = resource.getrusage(resource.RUSAGE_SELF)
    with path.open("rb") as file:
        try:
            found = inspect(file, size=path.stat().st_size, limits=Limits())
            said = "acts" if found.active_content else "kept"
        except DomainError as refusal:
            said = refusal.code
    now = resource.getrusage(resource.RUSAGE_SELF)
    told[path.name] = [said, now.ru_utime - began.ru_utime]
grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before.ru_maxrss) * 1024
print(json.dumps({"told": told, "grown": grown}))
"""


def nested(depth: int) -> bytes:
    packed = b"0" * 1000
    for level in range(depth):
        packed = a_zip({f"{level}.zip": packed})
    return packed


def flat_bomb() -> bytes:
    """Two hundred million bytes in less than one."""
    out = io.BytesIO()
    block = b"\0" * (16 * 1024 * 1024)
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("a.txt", "w", force_zip64=True) as entry,
    ):
        for _ in range(12):
            entry.write(block)
    return out.getvalue()


def flood(width: int, height: int) -> bytes:
    """A picture whose header promises more than it holds."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + a_png()[33:]
    )


def objects() -> bytes:
    """Compressed streams that unpack to very much."""
    body = zlib.compress(b"\0" * 30_000_000, 9)
    return a_pdf(inside=b"/Type /ObjStm /Filter /FlateDecode stream\n" + body + b"\nendstream")


def entities(depth: int = 12) -> bytes:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, depth))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{lines}]>'
    return f"{head}<x>&e{depth - 1};</x>".encode()


REFUSED = {
    "zip": flat_bomb,
    "nested-zip": lambda: nested(40),
    "docx": lambda: a_docx() + flat_bomb(),
    "gzip": lambda: b"\x1f\x8b\x08\x00" + zlib.compress(b"0" * 10_000_000),
    "png-50k": lambda: flood(50_000, 50_000),
    "png-2g": lambda: flood(2**31 - 1, 2**31 - 1),
    "entities": entities,
    "quadratic": lambda: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + b"a" * 200_000
    + b'">]><x>' + b"&a;" * 20_000 + b"</x>",
    "deep": lambda: b"<a>" * 500_000,
    "html-in-jpeg": lambda: b"<script>alert(1)</script>" + a_jpeg(),
}  # fmt: skip
BOUNDED = {
    "pdf-streams": objects,
    "pdf-objects": lambda: a_pdf(inside=b"1 0 obj << /A [" + b"[" * 200_000 + b"] >>"),
    "pdf-then-zip": lambda: a_pdf() + a_zip({"a.txt": b"x"}),
    "pdf-then-html": lambda: a_pdf() + b"<script>alert(1)</script>",
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory) -> dict:
    folder: Path = tmp_path_factory.mktemp("bombs")
    for name, make in {**REFUSED, **BOUNDED}.items():
        (folder / name).write_bytes(make())

    def bounds() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    said = subprocess.run(
        [sys.executable, "-c", JUDGE, str(folder)],
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=bounds,
    )
    return json.loads(said.stdout.splitlines()[-1])


def test_a_bomb_ends_in_bounded_memory_and_time(judged):
    slow = {
        name: used for name, (_said, used) in judged["told"].items() if used > PROCESSOR_SECONDS
    }

    assert slow == {}
    assert judged["grown"] < MEMORY


@pytest.mark.parametrize("name", REFUSED)
def test_a_bomb_is_refused(judged, name):
    said, _used = judged["told"][name]

    assert said not in {"kept", "acts"}


@pytest.mark.parametrize("name", BOUNDED)
def test_what_only_looks_like_a_bomb_is_never_a_fault(judged, name):
    said, _used = judged["told"][name]

    assert said
