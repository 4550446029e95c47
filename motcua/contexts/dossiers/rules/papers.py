"""Giấy tờ cần có: what is missing, and what a register already holds (once-only)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from motcua.contexts.procedures.contracts import ComponentForm, ComponentView, VersionView


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One paper of a dossier and how it comes in."""

    component: ComponentView
    by_upload: bool  # a file must be given
    in_person: bool = False  # the original is brought to the desk, a picture of it is no use

    @property
    def sentence(self) -> str:
        return f"Thiếu «{self.component.name}». Bạn chụp hoặc chọn tệp cho giấy này."


def needs(version: VersionView, answers: Mapping[str, object]) -> tuple[Need, ...]:
    """The papers these answers call for. A paper whose data a register holds, or that the form
    here already is, is never a must to upload (facts 15.3.18).

    Records of the national catalogue call every paper with an original so: those are uploaded."""
    return tuple(_need(c, version) for c in version.components_for(answers))


def _need(component: ComponentView, version: VersionView) -> Need:
    must = component.required and not component.replaced_by and not component.filled_here
    in_person = must and component.form is ComponentForm.ORIGINAL and not version.generic
    return Need(component=component, by_upload=must and not in_person, in_person=in_person)


def missing(
    needed: tuple[Need, ...], given: Collection[str], *, at_desk: bool = False
) -> tuple[Need, ...]:
    """What must still be given. `given`: component keys that have a file or were shown.

    at_desk: the applicant stands there with the originals.
    """
    return tuple(
        n
        for n in needed
        if (n.by_upload or (at_desk and n.in_person)) and n.component.key not in given
    )
