"""How findings are made."""

from motcua.contexts.procedures.contracts import Finding, Severity


def error(path: str, sentence: str) -> Finding:
    return Finding(severity=Severity.ERROR, path=path, sentence=sentence)


def warning(path: str, sentence: str) -> Finding:
    return Finding(severity=Severity.WARNING, path=path, sentence=sentence)
