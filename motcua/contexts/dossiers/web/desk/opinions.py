"""Ý kiến ở bàn làm việc: what each asked unit said, by when, and what its silence means."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from motcua.contexts.casework.contracts import OpinionState, OpinionView, Verdict
from motcua.contexts.dossiers.contracts import DeskView, SilenceRule
from motcua.ui import dates
from motcua.ui.parts import Chip, Tone

OPINION_STATES = {
    OpinionState.ASKED: Chip(label="Đang chờ trả lời", icon="hourglass"),
    OpinionState.SILENT: Chip(label="Quá hạn, không trả lời", icon="hourglass"),
    OpinionState.WITHDRAWN: Chip(label="Đã rút câu hỏi"),
}
OPINION_VERDICTS = {
    Verdict.AGREE: Chip(label="Đồng ý", tone=Tone.OK, icon="check"),
    Verdict.DISAGREE: Chip(label="Không đồng ý", tone=Tone.LATE, icon="x"),
    Verdict.COMMENT: Chip(label="Có ý kiến", icon="message-square"),
}


SUMMED: dict[Verdict | OpinionState, str] = {
    Verdict.AGREE: "đồng ý",
    Verdict.DISAGREE: "không đồng ý",
    Verdict.COMMENT: "có ý kiến khác",
    OpinionState.ASKED: "đang chờ",
    OpinionState.SILENT: "quá hạn không trả lời",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRow:
    """change_url: where the reader takes it back, asks for more time or gives it; "" for nobody.

    longer: what the asked unit wants, while nobody answered.
    """

    unit: str
    question: str
    text: str
    when: str
    chip: Chip
    id: UUID
    longer: str = ""
    change_url: str = ""
    may_withdraw: bool = False
    may_ask_longer: bool = False
    may_grant: bool = False


def silence_of(view: DeskView, opinion: OpinionView) -> str:
    """What its silence means, with the law if the table names one for such silence."""
    rule = view.silence_law
    same = rule is not None and rule.means is opinion.silence
    return (rule if rule and same else SilenceRule(means=opinion.silence)).sentence


def opinion_row(opinion: OpinionView, view: DeskView, *, url: str = "") -> OpinionRow:
    """url: of the changes, on the page of the dossier as it is now."""
    asked = opinion.state is OpinionState.ASKED
    wants = asked and opinion.longer_hours is not None and opinion.longer_granted is None
    ours, theirs = bool(url) and view.asks, opinion.unit_id in view.answers_for
    return OpinionRow(
        unit=view.unit_names.get(opinion.unit_id, ""),
        question=opinion.question,
        text=opinion.text,
        when=_when(opinion, view),
        chip=_chip(opinion),
        id=opinion.id,
        longer=_longer(opinion) if asked else "",
        change_url=url if asked else "",
        may_withdraw=ours and asked,
        may_ask_longer=bool(url) and theirs and asked and opinion.longer_hours is None,
        may_grant=ours and wants,
    )


def _chip(opinion: OpinionView) -> Chip:
    """A late answer changes nothing of what silence meant."""
    if opinion.verdict and opinion.state is OpinionState.ANSWERED:
        return OPINION_VERDICTS[opinion.verdict]
    return OPINION_STATES[opinion.state]


def _when(opinion: OpinionView, view: DeskView) -> str:
    silent = f"hạn {dates.city_moment(opinion.due_at)}, quá hạn {silence_of(view, opinion)}"
    if opinion.answered_at is None:
        return silent
    when = dates.city_moment(opinion.answered_at)
    if opinion.state is not OpinionState.SILENT or opinion.verdict is None:
        return f"trả lời {when}"
    return f"{silent}; trả lời muộn {when}: {SUMMED[opinion.verdict]}, để tham khảo"


def _longer(opinion: OpinionView) -> str:
    if opinion.longer_hours is None:
        return ""
    answers = {None: "chưa trả lời", True: "đã được thêm", False: "không được thêm"}
    hours = f"{opinion.longer_hours:g} giờ làm việc"
    return f"Xin thêm {hours}: {opinion.longer_reason} ({answers[opinion.longer_granted]})"


def summary_of(view: DeskView) -> str:
    """«3 đơn vị được hỏi: 1 đồng ý, 1 không đồng ý, 1 quá hạn.», for whoever decides."""
    found = [one for one in view.opinions if one.state is not OpinionState.WITHDRAWN]
    if not found:
        return ""
    counted = Counter(SUMMED[_said(one)] for one in found)
    said = ", ".join(f"{counted[word]} {word}" for word in SUMMED.values() if counted[word])
    return f"{len(found)} đơn vị được hỏi: {said}."


def _said(opinion: OpinionView) -> Verdict | OpinionState:
    in_time = opinion.state is OpinionState.ANSWERED
    return opinion.verdict if in_time and opinion.verdict else opinion.state
