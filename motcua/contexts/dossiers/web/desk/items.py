"""Điểm chưa đạt trên biểu mẫu: the rows of a request, a refusal or a stop, read and shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from motcua.contexts.casework.contracts import ActionKind
from motcua.contexts.dossiers.contracts import DeskView, PaperVerdict, PaperView, Shortcoming
from motcua.contexts.dossiers.contracts.shortcomings import (
    OTHER_REASON,
    ProposalState,
    Reason,
)
from motcua.contexts.dossiers.queries import shortcomings
from motcua.contexts.dossiers.rules.shortcomings import offered, settled
from motcua.ui.parts import Option

ROWS = 12  # of a request; more is a new file for a lawyer
PAPER, QUESTION = "giay", "cau"
PARTS = ("about", "what", "reason", "why", "how", "law", "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTyped:
    """One row as typed. about: «giay:<key>» or «cau:<key>»."""

    number: int
    about: str = ""
    what: str = ""
    reason: str = ""
    why: str = ""
    how: str = ""
    law: str = ""
    article: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        said = (self.what, self.why, self.how, self.law, self.article)
        return tuple(filter(None, said))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a row offers: papers and questions of the procedure, reasons, citations."""

    papers: tuple[Option, ...] = ()
    questions: tuple[Option, ...] = ()
    laws: tuple[Option, ...] = ()


NOTHING_TO_CHOOSE = Choices()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """errors: by part of the row."""

    number: int
    title: str
    typed: ItemTyped
    reasons: tuple[Option, ...]
    errors: Mapping[str, str]


def items_typed(typed: QueryDict) -> tuple[ItemTyped, ...]:
    """The rows in order, without those that were left empty."""
    rows: list[ItemTyped] = []
    for number in range(ROWS):
        said = {part: typed.get(f"item.{number}.{part}", "").strip() for part in PARTS}
        if any(said.values()):
            rows.append(ItemTyped(number=len(rows), **said))
    return tuple(rows)


def items_of(typed: QueryDict) -> tuple[Shortcoming, ...]:
    """The items as typed; what a reason fills, and what is wrong, the action says."""
    return tuple(map(_item, items_typed(typed)))


def letter_of(view: DeskView, typed: QueryDict) -> tuple[Shortcoming, ...]:
    """The items as the letter would tell them. Raises: as `rules.shortcomings.settled`."""
    return settled(items_of(typed), shortcomings.ruled(view.dossier.version))


def _item(row: ItemTyped) -> Shortcoming:
    kind, _colon, key = row.about.partition(":")
    return Shortcoming(
        component_key=key if kind == PAPER else "",
        question_key=key if kind == QUESTION else "",
        reason=row.reason,
        what=row.what,
        why=row.why,
        how=row.how,
        law=", ".join(filter(None, (row.law, row.article))),
    )


def reasons_of(view: DeskView, kind: ActionKind) -> dict[str, Reason]:
    """Of the procedure and of the city, for this kind of action."""
    return offered(shortcomings.reasons_of(view.dossier.version), kind)


def choices_of(view: DeskView) -> Choices:
    version = view.dossier.version
    laws = dict.fromkeys(
        (
            *(one.words for one in shortcomings.citations_of(version)),
            *(one.law for one in shortcomings.reasons_of(version)),
        )
    )
    return Choices(
        papers=tuple(
            Option(value=f"{PAPER}:{one.key}", label=one.name) for one in version.components
        ),
        questions=tuple(
            Option(value=f"{QUESTION}:{one.key}", label=one.label)
            for one in version.form.questions()
        ),
        laws=tuple(Option(value=law, label=law) for law in laws if law),
    )


def rows_of(
    view: DeskView, kind: ActionKind, typed: QueryDict, errors: Mapping[str, str]
) -> tuple[ItemRow, ...]:
    """What was typed, else a row per failed paper; always one more to write in when asked."""
    rows = list(items_typed(typed)) if typed else list(_begun(view, kind))
    if not rows or "add" in typed:
        rows.append(ItemTyped(number=len(rows)))
    reasons = reasons_of(view, kind)
    return tuple(_row(n, row, reasons, errors) for n, row in enumerate(rows))


def _begun(view: DeskView, kind: ActionKind) -> tuple[ItemTyped, ...]:
    """The words of a proposal that was not let go; else the papers that failed."""
    last = view.proposals[0] if view.proposals and kind is ActionKind.SUPPLEMENT else None
    if last is None or last.state in {ProposalState.PROPOSED, ProposalState.RELEASED}:
        return failed_of(view, kind)
    return tuple(_again(n, item) for n, item in enumerate(last.items))


def _again(number: int, item: Shortcoming) -> ItemTyped:
    about = f"{PAPER}:{item.component_key}" if item.component_key else f"{QUESTION}:{item.key}"
    return ItemTyped(
        number=number,
        about=about,
        what=item.what,
        reason="" if item.reason == OTHER_REASON else item.reason,
        why=item.why,
        how=item.how,
        law=item.law,
    )


def _row(
    number: int, row: ItemTyped, reasons: Mapping[str, Reason], errors: Mapping[str, str]
) -> ItemRow:
    item, begins = _item(row), f"items.{number}."
    about = (item.component_key, item.question_key)
    fitting = (one for one in reasons.values() if not item.key or one.fits(*about))
    return ItemRow(
        number=number,
        title=f"Điểm {number + 1}",
        typed=row,
        reasons=tuple(Option(value=one.key, label=one.why) for one in fitting),
        errors={
            field.removeprefix(begins): text
            for field, text in errors.items()
            if field.startswith(begins)
        },
    )


def reasons_for(view: DeskView, paper: PaperView) -> tuple[Option, ...]:
    """Why that paper may not do."""
    reasons = reasons_of(view, ActionKind.SUPPLEMENT).values()
    fitting = (one for one in reasons if one.fits(paper.component_key, ""))
    return tuple(Option(value=one.key, label=one.why) for one in fitting)


def said_of(view: DeskView, paper: PaperView) -> str:
    """Why it does not do, in words."""
    known = reasons_of(view, ActionKind.SUPPLEMENT) if paper.verdict_reason else {}
    reason = known.get(paper.verdict_reason)
    return " ".join(filter(None, (reason.why if reason else "", paper.verdict_note)))


def failed_of(view: DeskView, kind: ActionKind) -> tuple[ItemTyped, ...]:
    """The letter writes itself from the papers judged «Chưa», with the reason given there."""
    reasons = reasons_of(view, kind)
    failed = [p for p in view.dossier.papers if p.verdict is PaperVerdict.FAILED]
    once = {paper.component_key: paper for paper in failed}
    return tuple(_failed(n, paper, reasons) for n, paper in enumerate(once.values()))


def _failed(number: int, paper: PaperView, reasons: Mapping[str, Reason]) -> ItemTyped:
    key = paper.component_key
    named = reasons.get(paper.verdict_reason)
    special = next((one for one in reasons.values() if one.component == key), None)
    reason = named or (None if paper.verdict_note else special)
    return ItemTyped(
        number=number,
        about=f"{PAPER}:{key}",
        reason=reason.key if reason else "",
        why=" ".join(filter(None, (reason.why if reason else "", paper.verdict_note))),
        how=reason.how if reason else (special.how if special else ""),
        law=reason.law if reason else (special.law if special else ""),
    )
