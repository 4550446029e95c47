"""Chương trình ngoài: one program of the machine, its bytes in and out, within a time.

Only names of ours are run, never through a shell; what it reads and writes is bytes.
"""

import os
import subprocess
from collections.abc import Sequence
from shutil import which

from motcua.contexts.documents.ports import ReaderFailed, ReaderTrouble

# One thread each: the city has other work, and a page is read as fast by one.
QUIET = {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}


def is_there(name: str) -> bool:
    return which(name) is not None


def output(name: str, words: Sequence[str], *, given: bytes = b"", seconds: float) -> bytes:
    """What it writes. Raises: ReaderFailed."""
    place = which(name)
    if place is None:
        raise ReaderFailed(ReaderTrouble.ABSENT)
    surroundings = {"PATH": os.environ.get("PATH", os.defpath)} | QUIET
    try:
        done = subprocess.run(
            [place, *words], input=given, capture_output=True, timeout=seconds, check=True,
            env=surroundings, shell=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as slow:
        raise ReaderFailed(ReaderTrouble.SLOW) from slow
    except (subprocess.CalledProcessError, OSError) as failed:
        raise ReaderFailed(ReaderTrouble.FAILED) from failed
    return done.stdout
