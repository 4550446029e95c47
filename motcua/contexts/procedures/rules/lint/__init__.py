"""Kiểm tra trước khi công bố: what a version may not say, or may not leave unsaid.

Pure: the caller reads the process table (it belongs to casework) and passes what it found.
"""

from motcua.contexts.procedures.contracts import Definition, Finding
from motcua.contexts.procedures.rules.lint.content import content_findings
from motcua.contexts.procedures.rules.lint.forms import form_findings
from motcua.contexts.procedures.rules.lint.process import ProcessFacts, process_findings
from motcua.contexts.procedures.rules.lint.steps import step_findings
from motcua.contexts.procedures.rules.lint.words import word_findings

__all__ = ["ProcessFacts", "lint"]


def lint(definition: Definition, process: ProcessFacts) -> tuple[Finding, ...]:
    """Every remark, errors and warnings, in the order of the definition's parts."""
    return (
        *content_findings(definition),
        *process_findings(definition, process),
        *step_findings(definition, process.clocks),
        *form_findings(definition),
        *word_findings(definition),
    )
