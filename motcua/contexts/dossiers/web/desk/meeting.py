"""Hai người cùng làm: what the other did meanwhile, what was typed, and the two ways on."""

from dataclasses import dataclass

from django.http import QueryDict

from motcua.contexts.dossiers.contracts import DeskView
from motcua.contexts.dossiers.web.desk.deciding import ActionForm, kept_form
from motcua.contexts.dossiers.web.desk.history import history_of
from motcua.ui.parts import RiverStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """happened: since the version that was seen. kept: what was typed and is not written down."""

    sentence: str
    happened: tuple[RiverStep, ...]
    kept: tuple[tuple[str, str], ...]
    can_take_up: bool
    drop_url: str


def meeting_of(
    view: DeskView, sentence: str, *, seen: int, typed: QueryDict, form: ActionForm | None, url: str
) -> Meeting:
    """view: as it stands now. form: the same action as it is offered now."""
    typed_here = kept_form(view, typed, cancel_url=url)
    return Meeting(
        sentence=sentence,
        happened=history_of(view, after=seen),
        kept=typed_here.kept if typed_here else (),
        can_take_up=form is not None and not form.kept,
        drop_url=url,
    )
