"""Thời hạn giải quyết: which time limit of the pinned version counts for a dossier."""

from datetime import date

from motcua.contexts.casework.contracts import ClockSpec
from motcua.contexts.dossiers.contracts import CHANNEL_OF, Source
from motcua.contexts.procedures.contracts import VersionView


def clock_spec(version: VersionView, source: Source, case_name: str, on: date) -> ClockSpec:
    """The limit of this channel and case that the law of the day gives.

    on: the day of sending while it is only promised, the day of acceptance once it is accepted.
    Raises: DurationNotSet.
    """
    duration = version.duration_for(CHANNEL_OF[source].name, case_name, on)
    law = version.legal[0] if version.legal else None
    return ClockSpec(
        unit=duration.unit,
        value=duration.value,
        restart=duration.restart,
        text=duration.text,
        citation=f"{law.document} {law.article}".strip() if law else "",
    )
