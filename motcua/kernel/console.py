"""Progress bars for long commands: drawn on a terminal, quiet in logs."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Progress:
    """Counts what is done and draws rate and time left at most ten times a second."""

    def __init__(self, *, total: int, label: str, stream: TextIO) -> None:
        self.total, self.label, self.stream = total, label, stream
        self.done = 0
        self.started = time.monotonic()
        self._drawn = 0.0

    def update(self, n: int = 1) -> None:
        self.done += n
        moment = time.monotonic()
        if self.stream.isatty() and (moment - self._drawn > 0.1 or self.done >= self.total):
            self._drawn = moment
            self.stream.write("\r" + self.line() + "\x1b[K")
            self.stream.flush()

    def line(self) -> str:
        seconds = max(time.monotonic() - self.started, 1e-9)
        rate = self.done / seconds
        left = (self.total - self.done) / rate if rate else 0.0
        share = self.done / self.total if self.total else 1.0
        bar = "█" * int(share * 24)
        return (
            f"{self.label} {bar:·<24} {self.done:,}/{self.total:,} {rate:,.0f}/s, còn {left:.0f} s"
        )

    def finish(self) -> None:
        seconds = time.monotonic() - self.started
        rate = self.done / max(seconds, 1e-9)
        end = "\r\x1b[K" if self.stream.isatty() else ""
        self.stream.write(
            f"{end}{self.label}: {self.done:,} trong {seconds:.1f} s ({rate:,.0f}/s)\n"
        )
        self.stream.flush()


@contextmanager
def progress(*, total: int, label: str, stream: TextIO | None = None) -> Iterator[Progress]:
    """`with progress(total=n, label="…") as bar: bar.update(k)`. Writes to standard error."""
    bar = Progress(total=total, label=label, stream=stream or sys.stderr)
    yield bar
    bar.finish()
