"""Phiên bản khác có nhận hồ sơ này không: whether what was promised and given holds there too.

A dossier goes to another version only where its applicant notices nothing: same answers, same
papers, same fees, same limit, same agency.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from motcua.contexts.casework.contracts import Phase
from motcua.contexts.dossiers.contracts import CHANNEL_OF, Source
from motcua.contexts.dossiers.contracts.migrating import WhyNot
from motcua.contexts.dossiers.rules.limits import clock_spec
from motcua.contexts.dossiers.rules.papers import needs
from motcua.contexts.procedures import public as procedures
from motcua.contexts.procedures.contracts import DurationNotSet, VersionView
from motcua.kernel.forms import Choices, validate


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of a dossier when it is judged. asked: papers and questions still asked for."""

    answers: Mapping[str, object]
    papers: Collection[str]
    asked: Collection[str]
    source: Source
    case_name: str
    phase: Phase
    is_signed: bool
    waits_for_head: bool


def why_not(
    dossier: Standing, old: VersionView, new: VersionView, *, today: date, choices: Choices
) -> WhyNot | None:
    """The first reason for which the dossier keeps its version."""
    if dossier.is_signed:
        return WhyNot.SIGNED
    if dossier.waits_for_head:
        return WhyNot.PROPOSAL
    if (old.agency_key, old.levels, old.routing) != (new.agency_key, new.levels, new.routing):
        return WhyNot.COMPETENCE
    if not _answers_hold(dossier.answers, old, new, today, choices):
        return WhyNot.ANSWERS
    if new.case_for(dossier.answers) != old.case_for(dossier.answers):
        return WhyNot.CASE
    if not _papers_hold(dossier, old, new):
        return WhyNot.PAPERS
    if any(new.component(one) is None and not _asks(new, one) for one in dossier.asked):
        return WhyNot.SUPPLEMENT
    if _fees(dossier, old) != _fees(dossier, new):
        return WhyNot.FEES
    if dossier.phase is Phase.INTAKE and not _limit_holds(dossier, old, new, today):
        return WhyNot.LIMIT
    return None


def _answers_hold(
    answers: Mapping[str, object], old: VersionView, new: VersionView, today: date, choices: Choices
) -> bool:
    """Nothing lost, nothing read otherwise, nothing asked that was not asked before."""
    before = validate(old.form, answers, today=today, choices=choices)
    after = validate(new.form, answers, today=today, choices=choices)
    known = {(one.path, one.code) for one in before.errors}
    return before.cleaned == after.cleaned and {(o.path, o.code) for o in after.errors} <= known


def _asks(version: VersionView, key: str) -> bool:
    return any(question.key == key for question in version.form.questions())


def _papers_hold(dossier: Standing, old: VersionView, new: VersionView) -> bool:
    """What was given has its place, and nothing more is a must."""
    if any(new.component(key) is None for key in dossier.papers):
        return False
    return _musts(new, dossier.answers) <= _musts(old, dossier.answers) | set(dossier.papers)


def _musts(version: VersionView, answers: Mapping[str, object]) -> set[str]:
    return {n.component.key for n in needs(version, answers) if n.by_upload or n.in_person}


def _fees(dossier: Standing, version: VersionView) -> object:
    return procedures.fee_items(
        version, dossier.answers, channel=CHANNEL_OF[dossier.source].name, case=dossier.case_name
    )


def _limit_holds(dossier: Standing, old: VersionView, new: VersionView, today: date) -> bool:
    """Not accepted yet: its limit is that of the version on the day of acceptance."""
    found = []
    for version in (old, new):
        try:
            spec = clock_spec(version, dossier.source, dossier.case_name, today)
        except DurationNotSet:
            return False
        found.append((spec.unit, spec.value, spec.restart, spec.text))
    return found[0] == found[1]
