"""What the launcher says to the person at the terminal."""

import sys


def step(text: str) -> None:
    sys.stdout.write(f"  · {text}\n")
    sys.stdout.flush()


def complain(*sentences: str) -> None:
    for sentence in sentences:
        sys.stderr.write(f"motcua: {sentence}\n")
    sys.stderr.flush()
