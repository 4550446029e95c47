"""Xem trước trên điện thoại: the tracker, the questions and the papers as a citizen will see them.

The parts are those of the citizens' pages; names of inputs get a beginning of their own, so that
they do not meet those of the settings beside them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ClockSpec
from motcua.contexts.procedures.contracts import Definition, DurationView
from motcua.kernel.forms import Page
from motcua.portals.office.design import conditions
from motcua.portals.office.design.asking import Path
from motcua.portals.office.design.outline import section_of
from motcua.portals.office.design.specs import PREFILLS
from motcua.ui.parts import Fact, QuestionView, RiverStep
from motcua.ui.questions import Around, question_views

SEEN = "xem-"  # before the name of every input of the preview
EN = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What one screen of a phone shows. message: what is sent when the case comes to the step."""

    title: str
    help: str = ""
    steps: tuple[RiverStep, ...] = ()
    message: str = ""
    questions: tuple[QuestionView, ...] = ()
    facts: tuple[Fact, ...] = ()
    shown_if: str = ""
    language: str = ""


def preview_of(
    definition: Definition, table: Mapping[str, Any], path: Path, *, language: str = "vi"
) -> Preview:
    """The screen on which the part at `path` is seen."""
    section = section_of(path)
    mark = "en" if language == EN else ""
    if section == "quy-trinh":
        return replace(_tracker(definition, path, language), language=mark)
    if section == "bieu-mau":
        return replace(_page(definition, table, path, language), language=mark)
    return replace(_words(definition, section, language), language=mark)


def _tracker(definition: Definition, path: Path, language: str) -> Preview:
    found = (definition.process or {}).get("step", ())
    steps = list(found) if isinstance(found, list | tuple) else []
    chosen = path[2] if len(path) > 2 else ""
    keys = [step.get("key") for step in steps]
    here = keys.index(chosen) if chosen in keys else 0
    end = "_en" if language == EN else ""
    river = []
    for place, step in enumerate(steps):
        state = "done" if place < here else "now" if place == here else "next"
        said = str(step.get(f"citizen_text{end}", ""))
        do = str(step.get(f"citizen_do{end}", ""))
        river.append(
            RiverStep(
                title=str(step.get(f"citizen_name{end}") or step.get("name", "")),
                state=state,
                text=said if place == here else "",
                note=do if place == here else "",
            )
        )
    message = str(steps[here].get(f"message{end}", "")) if steps else ""
    name = definition.name_en if language == EN else definition.name
    return Preview(title=name, steps=tuple(river), message=message)


def _page(definition: Definition, table: Mapping[str, Any], path: Path, language: str) -> Preview:
    key = path[2] if len(path) > 2 else ""
    page = definition.form.page(key) or next(iter(definition.form.pages), None)
    if page is None:
        return Preview(title="Chưa có trang nào")
    return Preview(
        title=page.title_in(language),
        help=page.help_in(language),
        questions=_questions(page, language),
        shown_if=conditions.said(_raw(table, page.key).get("show_if"), table)
        if page.show_if
        else "",
    )


def _raw(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    pages = table.get("form", {}).get("page", ())
    return next((page for page in pages if page.get("key") == key), {})


def _questions(page: Page, language: str) -> tuple[QuestionView, ...]:
    sources = dict(PREFILLS)
    told = {q.key: sources.get(q.prefill, q.prefill) for q in page.questions if q.prefill}
    views = question_views(page.questions, {}, Around(language=language, sources=told))
    return tuple(_named_apart(view) for view in views)


def _named_apart(view: QuestionView) -> QuestionView:
    rows = tuple(
        replace(row, questions=tuple(map(_named_apart, row.questions))) for row in view.rows
    )
    return replace(view, key=f"{SEEN}{view.key}", rows=rows, autocomplete="", heading=False)


def _words(definition: Definition, section: str, language: str) -> Preview:
    texts = definition.texts.in_language(language)
    name = definition.name_en if language == EN else definition.name
    facts = {
        "giay-to": tuple(
            Fact(
                label=(c.name_en if language == EN else "") or c.name,
                value="Bắt buộc" if c.required else "Không bắt buộc",
                note=c.note,
            )
            for c in definition.components
        ),
        "khoan-thu": tuple(
            Fact(label=fee.label, value=fee.text or (fee.amount.vnd() if fee.amount else ""))
            for fee in definition.fees
        ),
        "thoi-han": tuple(
            Fact(label=d.case or "Thời hạn", value=time_said(d)) for d in definition.durations
        ),
        "can-cu": tuple(
            Fact(label=law.document, value=law.article, note=law.title) for law in definition.legal
        ),
    }.get(section)
    if facts is not None:
        return Preview(title=name, facts=facts)
    return Preview(
        title=name,
        help=texts.for_whom,
        facts=(
            Fact(label="Trước khi bắt đầu", value=" ".join(texts.before_you_start)),
            *(
                Fact(label=f"{place}.", value=step)
                for place, step in enumerate(texts.steps, start=1)
            ),
            Fact(label="Kết quả", value=texts.result),
        ),
    )


def time_said(duration: DurationView) -> str:
    """A time limit in words."""
    spec = ClockSpec(
        unit=duration.unit,
        value=duration.value,
        restart=duration.restart,
        text=duration.text,
        citation="",
    )
    return duration.text or casework.spec_words(spec)
