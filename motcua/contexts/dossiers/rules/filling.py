"""Điền từ giấy: questions that a paper answers, where nobody has answered them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from motcua.kernel.forms import Answer, Form, Provenance, ProvenanceKind, Refused, Sheet, cleaned


def filled(
    form: Form,
    sheet: Sheet,
    typed: Collection[str],
    said: Mapping[str, str],
    *,
    source: str,
    at: datetime,
) -> dict[str, Answer]:
    """said: by question, as it stands on the paper. What was answered, or typed, stays; what the
    question would refuse is left for the person to write.
    """
    origin = Provenance(kind=ProvenanceKind.SCANNED, source=source, at=at)
    found: dict[str, Answer] = {}
    for question in form.questions():
        key = question.key
        if key not in said or key in sheet or key in typed:
            continue
        try:
            found[key] = Answer(cleaned(question, said[key]), origin)
        except Refused:
            continue
    return found
