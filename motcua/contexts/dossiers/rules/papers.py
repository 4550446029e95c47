"""Giấy tờ cần có: what is missing, and what a register already holds (once-only)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from motcua.contexts.procedures.contracts import ComponentView, VersionView


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One paper of a dossier and how it comes in."""

    component: ComponentView
    by_upload: bool  # a file must be given

    @property
    def sentence(self) -> str:
        return f"Thiếu «{self.component.name}». Bạn chụp hoặc chọn tệp cho giấy này."


def needs(version: VersionView, answers: Mapping[str, object]) -> tuple[Need, ...]:
    """The papers these answers call for. A paper whose data a register holds, or that the form
    here already is, is never a must to upload (facts 15.3.18)."""
    return tuple(
        Need(component=c, by_upload=c.required and not c.replaced_by and not c.filled_here)
        for c in version.components_for(answers)
    )


def missing(needed: tuple[Need, ...], given: Collection[str]) -> tuple[Need, ...]:
    """What must still be given. `given`: component keys that have a file or were shown."""
    return tuple(n for n in needed if n.by_upload and n.component.key not in given)
