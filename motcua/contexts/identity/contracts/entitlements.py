"""Quyền lợi: what the identification system says that a person is entitled to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitled:
    """Keys of what lowers a person's fees; `notice` says why nobody could tell."""

    keys: frozenset[str] = frozenset()
    notice: str = ""
