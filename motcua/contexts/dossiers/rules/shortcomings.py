"""Điểm chưa đạt: what an item must say before anything is asked, refused or stopped."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from motcua.contexts.dossiers.contracts.shortcomings import (
    OTHER_REASON,
    Citation,
    Concerns,
    ItemCitationNeeded,
    ItemCitationUnknown,
    ItemReasonUnknown,
    ItemRemedyNeeded,
    ItemRuleNeeded,
    ItemSubjectNeeded,
    ItemSubjectUnknown,
    ItemTooLong,
    ItemTwice,
    Reason,
    Shortcoming,
)
from motcua.kernel.text import fold, nfc

DATA = Path(__file__).parent.parent / "reasons.toml"
LONGEST, LONGEST_LAW = 2000, 300
INTERNAL = "RETURN"  # a colleague may be given any reason of the list


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What items of one procedure may name. papers, questions: key -> name."""

    papers: Mapping[str, str]
    questions: Mapping[str, str]
    citations: Sequence[Citation]
    reasons: Mapping[str, Reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What the data file says for every procedure."""

    citations: tuple[Citation, ...]
    reasons: tuple[Reason, ...]


@cache
def common() -> Common:
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))
    cited = {one.pop("key"): Citation(**one) for one in told["citations"]}
    reasons = tuple(
        Reason(
            key=one["key"],
            kinds=frozenset(one["kinds"]),
            concerns=Concerns(one["concerns"]),
            why=one["text"],
            how=one["remedy"],
            law=cited[one["citation"]].words,
            why_en=one["text_en"],
            how_en=one["remedy_en"],
        )
        for one in told["reasons"]
    )
    return Common(citations=tuple(cited.values()), reasons=reasons)


def settled(
    items: Sequence[Shortcoming], ruled: Ruled, *, cited: bool = True
) -> tuple[Shortcoming, ...]:
    """The items whole: a reason of the list fills what was not written, names are those of the
    procedure, the citation carries its mark. cited: False where an item may go without one.

    Raises, each with `field` "items.<n>.<part>": ItemSubjectNeeded, ItemSubjectUnknown, ItemTwice,
    ItemReasonUnknown, ItemRuleNeeded, ItemRemedyNeeded, ItemCitationNeeded, ItemCitationUnknown,
    ItemTooLong.
    """
    seen: set[tuple[str, str]] = set()
    found = []
    for number, item in enumerate(items):
        one = _settled(_clean(item), f"items.{number}", ruled, cited)
        subject = (one.component_key, one.question_key)
        if subject in seen:
            raise ItemTwice(field=f"items.{number}.about")
        seen.add(subject)
        found.append(one)
    return tuple(found)


def _clean(item: Shortcoming) -> Shortcoming:
    return replace(
        item,
        component_key=nfc(item.component_key),
        question_key=nfc(item.question_key),
        reason=nfc(item.reason),
        what=nfc(item.what),
        why=nfc(item.why),
        how=nfc(item.how),
        law=nfc(item.law),
    )


def _settled(item: Shortcoming, where: str, ruled: Ruled, cited: bool) -> Shortcoming:
    name = _name(item, where, ruled)
    reason = _reason(item, where, ruled)
    why = item.why or (reason.why if reason else "")
    how = item.how or (reason.how if reason else "")
    if not why:
        raise ItemRuleNeeded(field=f"{where}.why")
    if not how:
        raise ItemRemedyNeeded(field=f"{where}.how")
    for part, text in (("what", item.what), ("why", why), ("how", how)):
        if len(text) > LONGEST:
            raise ItemTooLong(field=f"{where}.{part}")
    law, verified = item.law or (reason.law if reason else ""), False
    if law or cited:
        law, verified = _citation(law, where, ruled.citations)
    return replace(
        item,
        reason=reason.key if reason else OTHER_REASON,
        what=item.what or name,
        why=why,
        how=how,
        law=law,
        law_verified=verified,
    )


def _name(item: Shortcoming, where: str, ruled: Ruled) -> str:
    if bool(item.component_key) == bool(item.question_key):
        raise ItemSubjectNeeded(field=f"{where}.about")
    names = ruled.papers if item.component_key else ruled.questions
    if item.key not in names:
        raise ItemSubjectUnknown(field=f"{where}.about")
    return names[item.key]


def _reason(item: Shortcoming, where: str, ruled: Ruled) -> Reason | None:
    if item.reason in {"", OTHER_REASON}:
        return None
    reason = ruled.reasons.get(item.reason)
    if reason is None or not reason.fits(item.component_key, item.question_key):
        raise ItemReasonUnknown(field=f"{where}.reason")
    return reason


def _citation(law: str, where: str, citations: Sequence[Citation]) -> tuple[str, bool]:
    """The citation with its mark: an article that the procedure does not name is not compared."""
    if not law:
        raise ItemCitationNeeded(field=f"{where}.law")
    if len(law) > LONGEST_LAW:
        raise ItemTooLong(field=f"{where}.law")
    said = fold(law)
    named = [one for one in citations if fold(one.document) in said]
    if not named:
        raise ItemCitationUnknown(field=f"{where}.law")
    exact = [one for one in named if fold(one.words) == said]
    return law, any(one.verified for one in exact)


def offered(reasons: Iterable[Reason], kind: str) -> dict[str, Reason]:
    """The reasons of one kind of action, by key."""
    return {one.key: one for one in reasons if kind == INTERNAL or kind in one.kinds}


def summary(items: Sequence[Shortcoming]) -> str:
    """All items in lines, for the course of the case."""
    return "\n".join(f"{one.what}: {one.why} {one.how}" for one in items)
