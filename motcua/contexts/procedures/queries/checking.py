"""Kiểm tra: the publishing linter, with the process table read by its owner."""

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ProcessMalformed
from motcua.contexts.procedures.contracts import Definition, Finding, LintFailed, Severity
from motcua.contexts.procedures.rules.lint import ProcessFacts, lint


def findings_for(definition: Definition) -> tuple[Finding, ...]:
    """All remarks of the linter."""
    return lint(definition, _process_facts(definition))


def refuse_errors(definition: Definition) -> tuple[Finding, ...]:
    """The warnings that remain. Raises: LintFailed, with every error in its facts."""
    findings = findings_for(definition)
    errors = [f for f in findings if f.severity is Severity.ERROR]
    if errors:
        raise LintFailed(
            f"{LintFailed.sentence} {errors[0].path}: {errors[0].sentence}",
            procedure=definition.code,
            findings=[str(finding) for finding in errors],
        )
    return findings


def _process_facts(definition: Definition) -> ProcessFacts:
    if not definition.process:
        return ProcessFacts()
    try:
        table = casework.parse_table(definition.process)
    except ProcessMalformed as wrong:
        return ProcessFacts(complaints=wrong.complaints)
    run = casework.run_all(table)
    return ProcessFacts(
        straight_hours=casework.straight_hours(table), dead_ends=run.dead_ends, clocks=run.clocks
    )
