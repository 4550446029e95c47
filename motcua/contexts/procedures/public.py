"""Cửa của danh mục: what neighbours may ask of procedures."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from motcua.contexts.procedures import ports
from motcua.contexts.procedures.actions import (
    closing,
    designing,
    judging,
    publishing,
    trials,
)
from motcua.contexts.procedures.contracts import (
    Definition,
    FeeLine,
    FieldView,
    Finding,
    Found,
    GenericLine,
    GenericTables,
    Hit,
    ImportRunView,
    Judged,
    LifeEventView,
    NationalBasis,
    Published,
    RowRemark,
    VersionSummary,
    VersionView,
)
from motcua.contexts.procedures.contracts.exemptions import Exempted, Exemption
from motcua.contexts.procedures.queries import (
    catalogue,
    checking,
    drafts,
    generic,
    imports,
    snapshot,
    wording,
)
from motcua.contexts.procedures.rules import exemptions, fees, reading, writing
from motcua.contexts.procedures.rules.national import filled_in
from motcua.kernel.actors import Actor
from motcua.kernel.forms import parse_form


def open_version(code: str, on: date, ward: str = "") -> VersionView:
    """The version in force on that day, from memory; ward: where it may be another, on trial.

    Raises: ProcedureNotFound, ProcedureNotOpen.
    """
    return catalogue.open_version(code, on, ward)


def version(version_id: UUID) -> VersionView:
    """A version that somebody pinned, in force or not. Raises: VersionNotFound."""
    return snapshot.version(version_id)


def versions(version_ids: Iterable[UUID]) -> tuple[VersionView, ...]:
    """The same for many, read together. Raises: VersionNotFound."""
    return snapshot.versions(version_ids)


def fee_items(
    of: VersionView,
    answers: Mapping[str, object],
    *,
    channel: str,
    case: str | None = None,
    copies: int | None = None,
    pages: int | None = None,
) -> tuple[FeeLine, ...]:
    """The fees of one dossier; amount None is for an officer to enter. See rules/fees.py."""
    return fees.fee_lines(of, answers, channel=channel, case=case, copies=copies, pages=pages)


def exempted(lines: tuple[FeeLine, ...], keys: frozenset[str], *, on: date) -> Exempted:
    """The fees with the best of these entitlements on that day."""
    held = (one for one in exemptions.exemptions() if one.key in keys)
    return exemptions.best_of(lines, held, on=on)


def possible_exemptions(lines: tuple[FeeLine, ...], *, on: date) -> tuple[Exemption, ...]:
    """What could lower these fees, for whoever has it."""
    return exemptions.possible(lines, on=on)


def exemption_said(found: Exempted) -> tuple[str, ...]:
    """Which entitlement was chosen and why the others were not, in the reader's language."""
    return tuple(wording.applied(found))


def possible_said(rules: tuple[Exemption, ...]) -> tuple[str, ...]:
    """What somebody may be entitled to, in the reader's language."""
    return tuple(wording.could(rules))


def search(text: str, limit: int = 10, *, on: date | None = None) -> tuple[Hit, ...]:
    """What people type, with or without marks, with slips, or a code; best first."""
    return catalogue.search(text, limit=limit, on=on)


def find(text: str, limit: int = 10, *, on: date | None = None) -> Found:
    """The same, and how the words were read; the nearest procedures when there is no hit."""
    return catalogue.find(text, limit=limit, on=on)


def browse(
    *,
    on: date,
    field: str = "",
    level: str = "",
    life_event: str = "",
    runnable: bool | None = None,
    after: str = "",
    limit: int = 50,
) -> tuple[Hit, ...]:
    """A page of what is in force: `field` by name or code; `after` is the last code shown."""
    return catalogue.browse(
        field=field,
        level=level,
        life_event=life_event,
        runnable=runnable,
        on=on,
        after=after,
        limit=limit,
    )


def fields(on: date) -> tuple[FieldView, ...]:
    """Lĩnh vực with counts."""
    return catalogue.fields(on)


def life_events(on: date, *, per_event: int = 6) -> tuple[LifeEventView, ...]:
    """Sự kiện trong đời with their first procedures."""
    return catalogue.life_events(on, per_event=per_event)


def all_current(on: date) -> tuple[Hit, ...]:
    """Every procedure in force on that day, by code."""
    return catalogue.all_current(on)


def history(code: str, on: date) -> tuple[VersionSummary, ...]:
    """Every version of a procedure, newest first. Raises: ProcedureNotFound."""
    return catalogue.history(code, on)


def judged(on: date) -> tuple[Judged, ...]:
    """Everything in force, ours first, with what the linter and the marks of law say of it."""
    return judging.judged(on)


def national_bases() -> tuple[NationalBasis, ...]:
    """Documents of law that records of the national catalogue name; none of them compared."""
    return imports.national_bases()


def import_runs(*, limit: int = 50) -> tuple[ImportRunView, ...]:
    """Imports of the national catalogue, newest first."""
    return imports.runs(limit=limit)


def import_run(run_id: UUID) -> ImportRunView:
    """Raises: ImportNotFound."""
    return imports.run(run_id)


def import_remarks(
    run_id: UUID, *, unreadable: bool = True, after: int = 0, limit: int = 50
) -> tuple[RowRemark, ...]:
    """Rows of one import that could not be read (or were read with a remark), after a row."""
    return imports.remarks(run_id, unreadable=unreadable, after=after, limit=limit)


def parse_definition(table: Mapping[str, object]) -> Definition:
    """A definition out of its table, as files and editors write it. Raises: DefinitionFault."""
    return reading.parse_definition(table)


def definition_table(definition: Definition) -> dict[str, object]:
    """The JSON table that `parse_definition` reads back, for editors."""
    return writing.definition_table(definition)


def findings_for(definition: Definition) -> tuple[Finding, ...]:
    """What the publishing linter says."""
    return checking.findings_for(definition)


def publish_version(definition: Definition, *, by: Actor, now: datetime) -> Published:
    """Publish a definition in a transaction of its own, unless it is in force already.

    Raises: NotAllowedToPublish, LintFailed, ProcessMalformed.
    """
    same = catalogue.already_published(definition.code, writing.digest_of(definition))
    return same or publishing.publish_version(definition, by=by, now=now)


def register_generic(load: Callable[[], GenericTables]) -> None:
    """The form, words, steps and agencies of procedures that have no form of their own."""
    ports.register_generic(load)


def with_generic_form(definition: Definition, tables: GenericTables) -> Definition:
    """The definition with the generic pages and words, asking for its own cases."""
    form, texts = parse_form(tables.form), reading.parse_texts(tables.texts)
    return filled_in(definition, form=form, texts=texts)


def filed_generically(on: date) -> tuple[GenericLine, ...]:
    """Everything in force that is filed by the generic form, closed ones too."""
    return generic.filed(on)


def for_reading_only(on: date) -> tuple[GenericLine, ...]:
    """Records of the national catalogue in force that are not filed here, each with the reason."""
    return generic.for_reading(on)


def agencies_of_records(codes: list[str]) -> dict[str, str]:
    """Who handles each, in the words of its record of the national catalogue."""
    return generic.agencies_of(codes)


def close_form(code: str, *, why: str, by: Actor, now: datetime) -> None:
    """Raises: NotAllowedToClose, NotByGenericForm, WhyClosedMissing."""
    closing.close_form(code, why=why, by=by, now=now)


def reopen_form(code: str, *, by: Actor, now: datetime) -> None:
    """Raises: NotAllowedToClose, NotByGenericForm."""
    closing.reopen_form(code, by=by, now=now)


# Designing: each write is an action of its own (actions/designing.py, actions/trials.py).
begin_design = designing.begin_design
save_design = designing.save_design
replace_process = designing.replace_process
undo_design = designing.undo_design
discard_design = designing.discard_design
publish_design = designing.publish_design
start_trial = trials.start_trial
widen_trial = trials.widen_trial
stop_trial = trials.stop_trial
adopt_trial = trials.adopt_trial
roll_back = trials.roll_back

design = drafts.design
designs = drafts.designs
content_at = drafts.content_at
compared = drafts.compared
compared_tables = drafts.compared_tables
trials_of = drafts.trials
