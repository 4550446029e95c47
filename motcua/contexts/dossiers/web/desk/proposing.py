"""Đề nghị bổ sung lần nữa beside the dossier: the officer's words, and where a head answers."""

from dataclasses import dataclass

from motcua.contexts.dossiers.contracts import DeskView, Shortcoming
from motcua.contexts.dossiers.contracts.shortcomings import ProposalState, ProposalView
from motcua.contexts.dossiers.web.desk.asking import BAN, Asked
from motcua.ui import dates
from motcua.ui.parts import Chip, Tone

STATES = {
    ProposalState.PROPOSED: Chip(label="Chờ cho phép", icon="hourglass"),
    ProposalState.RELEASED: Chip(label="Đã cho phép", tone=Tone.OK, icon="check"),
    ProposalState.DECLINED: Chip(label="Không cho phép", tone=Tone.LATE, icon="x"),
    ProposalState.OVERTAKEN: Chip(label="Hồ sơ đã sang bước khác"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalCard:
    """decide_url: empty for whoever does not answer it."""

    title: str
    chip: Chip
    who: str
    why_again: str
    items: tuple[Shortcoming, ...]
    answered: str
    answer: str
    decide_url: str
    typed: str = ""


def card_of(view: DeskView, asked: Asked) -> ProposalCard | None:
    """The newest one."""
    if not view.proposals:
        return None
    last = view.proposals[0]
    url = f"{BAN}/ho-so/{view.dossier.code}/de-nghi/{last.id}"
    waits = last.state is ProposalState.PROPOSED
    return ProposalCard(
        title="Đề nghị bổ sung lần nữa",
        chip=STATES[last.state],
        who=f"{last.proposed_by} viết {dates.city_moment(last.proposed_at)}",
        why_again=last.why_again,
        items=last.items,
        answered=_answered(last),
        answer=last.answer,
        decide_url=asked.url(url) if waits and view.can_release else "",
    )


def _answered(last: ProposalView) -> str:
    if last.decided_at is None:
        return ""
    return f"{last.decided_by} trả lời {dates.city_moment(last.decided_at)}:"
