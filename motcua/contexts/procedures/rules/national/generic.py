"""Biểu mẫu chung: from a record of the national catalogue to a procedure that is filed here.

Nothing is read into the record: a limit in words stays words, a fee of which the record does not
say when it is due is left to the desk, and whoever cannot be matched with a unit of this city is
for reading only, with the reason.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from motcua.contexts.procedures.contracts import (
    Definition,
    DurationView,
    FeeKind,
    FeeRule,
    FeeRuleView,
    Level,
    NotFiled,
    Online,
    Routing,
    Source,
    Texts,
)
from motcua.contexts.procedures.rules.lint.process import working_hours_of
from motcua.contexts.procedures.rules.national.agency import Agencies, Competence
from motcua.contexts.procedures.rules.national.cases import (
    LIMIT,
    LISTS,
    Papers,
    limits_by_case,
    papers_by_case,
)
from motcua.contexts.procedures.rules.national.reading import OTHER_PROVINCE
from motcua.kernel.forms import Form, Option, Question

Table = Mapping[str, object]
FEE = "Phí, lệ phí"
NO_FEE_PRINTED = "Danh mục quốc gia không ghi mức thu. Cán bộ báo khi nhận hồ sơ."


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """An approved table and the working hours of its straight way."""

    table: Table
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Generic:
    """Everything that a record is completed with. is_decided: by some unit in every commune."""

    form: Form
    texts: Texts
    processes: Mapping[Level, Sequence[Steps]]
    agencies: Agencies
    is_decided: Callable[[Competence], bool]
    field_codes: Mapping[str, str]

    def completed(self, record: Definition, agencies: str) -> Definition:
        """The record as it is filed here, or for reading only and why."""
        found = self._competent(record, agencies)
        if isinstance(found, NotFiled):
            return replace(record, not_filed=found)
        filled = filled_in(record, form=self.form, texts=self.texts)
        steps = self._steps(found.level, filled.durations)
        return replace(
            filled,
            levels=(found.level,),
            agency_key=found.key,
            field_code=self.field_codes.get(record.field, ""),
            online=Online.FULL,
            fees=_fees(record.fees),
            process=steps.table,
            process_key=str(steps.table["key"]),
        )

    def _competent(self, record: Definition, agencies: str) -> Competence | NotFiled:
        if record.online is Online.NONE:
            return NotFiled.NOT_ONLINE
        if record.routing is not Routing.HERE:
            return NotFiled.CENTRAL
        if record.agency_key == OTHER_PROVINCE:
            return NotFiled.OTHER_PROVINCE
        found = self.agencies.competent(agencies, record.field)
        if isinstance(found, Competence) and not self.is_decided(found):
            return NotFiled.NOT_DECIDED_HERE
        return found

    def _steps(self, level: Level, durations: Sequence[DurationView]) -> Steps:
        """The usual table, or a shorter one where the law's time is shorter than its hours."""
        rooms = [room for one in durations if (room := working_hours_of(one)) is not None]
        tables = self.processes[level]
        fitting = [one for one in tables if not rooms or one.hours <= min(rooms)]
        return fitting[0] if fitting else tables[-1]


def filled_in(definition: Definition, *, form: Form, texts: Texts) -> Definition:
    """The definition with the generic pages, asking for its own cases, and the general words."""
    papers = papers_by_case(definition.components)
    durations, limits = limits_by_case(definition.durations)
    return replace(
        definition,
        generic=True,
        components=papers.components,
        notes=(*definition.notes, *papers.notes),
        durations=durations,
        form=_form(form, papers, limits),
        texts=_texts(texts, definition),
    )


def _fees(fees: Sequence[FeeRuleView]) -> tuple[FeeRuleView, ...]:
    """An amount is billed only where it is the one fee of its channel: of several the record does
    not say which is owed, so the desk does."""
    count = Counter(fee.channel for fee in fees)
    everywhere = count.pop("ALL", 0)
    if fees and everywhere + max(count.values(), default=0) == 1:
        return tuple(replace(fee, label=FEE) for fee in fees)
    said = dict.fromkeys(_said(fee) for fee in fees)
    words = "; ".join(said) or NO_FEE_PRINTED
    return (FeeRuleView(kind=FeeKind.OTHER, rule=FeeRule.TEXT, label=FEE, text=words),)


def _said(fee: FeeRuleView) -> str:
    return fee.text or (fee.amount.vnd() if fee.amount is not None else "")


def _form(form: Form, papers: Papers, limits: Sequence[Option]) -> Form:
    """The generic pages, with the choices that this record needs and without the others."""
    options = {LISTS: papers.options, LIMIT: tuple(limits)}
    pages = (
        replace(page, questions=tuple(_asked(page.questions, options, papers.chosen)))
        if any(question.key in options for question in page.questions)
        else page
        for page in form.pages
    )
    return Form(pages=tuple(page for page in pages if page.questions))


def _asked(
    questions: Sequence[Question], options: Mapping[str, tuple[Option, ...]], chosen: bool
) -> Iterator[Question]:
    """The record's choices stand before the form's own: «none of these», «not sure»."""
    for question in questions:
        of_record = options.get(question.key, ())
        if of_record:
            own = () if question.key == LISTS and chosen else question.options
            yield replace(question, options=(*of_record, *own))
        elif question.key not in options:
            yield question


def _texts(texts: Texts, definition: Definition) -> Texts:
    """The steps and the audience of a record are shown in place of the general ones."""
    vi = texts.vi
    if definition.source is Source.NATIONAL:
        steps = () if definition.steps else vi.steps
        vi = replace(vi, for_whom=", ".join(definition.audience) or vi.for_whom, steps=steps)
    return replace(texts, vi=vi)
