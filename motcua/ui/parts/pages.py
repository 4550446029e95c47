"""Trang chung: answers that look the same everywhere."""

from dataclasses import dataclass

from motcua.ui.parts.small import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadJob:
    """A job that used up its retries. retry_url and drop_url are POST."""

    id: str
    name: str
    subject: str
    failed: str
    attempts: int
    reason: str
    retry_url: str = ""
    drop_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The public answer about a document. status: valid, altered, revoked or unknown."""

    status: str
    title: str
    text: str
    facts: tuple[Fact, ...] = ()
