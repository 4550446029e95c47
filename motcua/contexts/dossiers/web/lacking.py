"""Điểm chưa đạt trước người nộp: each beside its paper or question, with what to do about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.contexts.dossiers.contracts import DossierView, NationalStatus, Shortcoming
from motcua.contexts.dossiers.contracts.shortcomings import Reason
from motcua.contexts.dossiers.queries import shortcomings
from motcua.contexts.dossiers.web import pages
from motcua.contexts.procedures.contracts import VersionView
from motcua.kernel.forms import Question
from motcua.ui import words
from motcua.ui.parts import Action
from motcua.ui.words import foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """One item as its applicant reads it. *_language: `lang` of words that have no English.

    go: to where it is mended, None where nothing can be sent any more.
    """

    key: str
    name: str
    name_language: str
    why: str
    how: str
    words_language: str
    law: str
    mark: str
    go: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedFor:
    """Why a dossier was not received or was stopped, and where one begins again."""

    title: str
    items: tuple[Lacking, ...]
    again: Action


def lacking(
    view: DossierView, items: Iterable[Shortcoming], *, mending: bool
) -> tuple[Lacking, ...]:
    reasons = {one.key: one for one in shortcomings.reasons_of(view.version)}
    return tuple(_one(view, item, reasons, mending) for item in items)


def _one(
    view: DossierView, item: Shortcoming, reasons: Mapping[str, Reason], mending: bool
) -> Lacking:
    name, language = name_of(view.version, item)
    why, how, said_in = said_of(item, reasons)
    label = _("Gửi lại giấy này") if item.component_key else _("Sửa câu trả lời")
    url = f"/ho-so/{view.code}/gui-them#s-{item.key}"
    mark = "" if item.law_verified or not item.law else _("chưa đối chiếu điều khoản")
    return Lacking(
        key=item.key,
        name=name,
        name_language=language,
        why=why,
        how=how,
        words_language=said_in,
        law=item.law,
        mark=mark,
        go=Action(label=label, url=url) if mending else None,
    )


def name_of(version: VersionView, item: Shortcoming) -> tuple[str, str]:
    """What the reader calls it; as the officer wrote it where they wrote it closer."""
    question = version.form.question(item.question_key) if item.question_key else None
    if question is not None and item.what == question.label:
        return question.label_in(words.language()), ""
    component = version.component(item.component_key)
    if component is not None and item.what == component.name:
        return pages.paper_name(version, item.component_key)
    return item.what, foreign()


def said_of(item: Shortcoming, reasons: Mapping[str, Reason]) -> tuple[str, str, str]:
    """Rule, remedy and their `lang`: the English of the list where nobody changed its words."""
    reason = reasons.get(item.reason)
    unchanged = reason and (item.why, item.how) == (reason.why, reason.how)
    if words.language() == "en" and reason and unchanged and reason.why_en and reason.how_en:
        return reason.why_en, reason.how_en, ""
    return item.why, item.how, foreign()


def ended_for(view: DossierView) -> EndedFor | None:
    if not view.ended_for:
        return None
    refused = view.status is NationalStatus.NOT_RECEIVED
    title = _("Vì sao hồ sơ chưa được tiếp nhận") if refused else _("Vì sao hồ sơ dừng")
    url = f"/nop/{view.version.procedure_code}"
    return EndedFor(
        title=title,
        items=lacking(view, view.ended_for, mending=False),
        again=Action(label=_("Nộp hồ sơ mới"), url=url, kind="primary"),
    )


def asked_questions(view: DossierView) -> tuple[Question, ...]:
    """The questions that the open request is about, in its order."""
    asked = view.open_supplement
    keys = [item.question_key for item in asked.items] if asked else []
    found = (view.version.form.question(key) for key in keys if key)
    return tuple(question for question in found if question)
