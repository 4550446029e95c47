"""Từ chối của quy tắc riêng: what a pack's cross-field rule refuses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One refusal of answers that are each well formed but do not agree.

    field: key of the question to mend; citation: the law, when one asks for it.
    """

    field: str
    message: str
    code: str = "rule"
    citation: str = ""
