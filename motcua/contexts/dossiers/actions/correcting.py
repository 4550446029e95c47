"""Đính chính kết quả: a result that says something wrong is replaced by a right one, both are kept.

What was filed stays as it was: the correction lies beside it, with its reason and its rule.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import CaseView, NotYourStep, ReasonNeeded
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import CitationMissing, IssuedKind, IssuedView
from motcua.contexts.dossiers import queries
from motcua.contexts.dossiers.actions.desk import tell
from motcua.contexts.dossiers.actions.results import Mended, sign_result
from motcua.contexts.dossiers.contracts import CorrectionRefused, NothingToCorrect
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.queries.assisting import check_decides
from motcua.contexts.procedures import public as procedures
from motcua.kernel import db
from motcua.kernel.actors import Actor, Role
from motcua.kernel.db import owns_transaction
from motcua.kernel.forms import FieldType, Question, read_sheet, values_of
from motcua.kernel.forms.cleaning import Refused, cleaned

MENDABLE = frozenset(
    {
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.PERSON_NAME,
        FieldType.PERSONAL_NUMBER,
        FieldType.DATE,
        FieldType.NUMBER,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectResult:
    """key: of the question that was wrong. value: as an officer typed it."""

    code: str
    key: str
    value: str
    reason: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    verify_code: str


@owns_transaction
def correct_result(
    command: CorrectResult,
    key: documents.SigningKey | None = None,
    *,
    actor: Actor,
    now: datetime,
) -> Corrected:
    """Sign, seal and register the right paper, and take the wrong one back.

    Raises: DossierNotFound, NotYourStep, HelperMayNotDecide, NothingToCorrect,
    CorrectionRefused, ReasonNeeded, CitationMissing, SignAtTable, KeyRefused.
    """
    dossier = queries.dossier_row(command.code, actor, now=now)
    case = casework.case_by_id(dossier.case_id)
    check_may_correct(case, actor)
    check_decides(dossier, actor)
    wrong = result_in_force(command.code)
    if wrong is None:
        raise NothingToCorrect
    if not command.reason.strip():
        raise ReasonNeeded(field="reason")
    if not command.citation.strip():
        raise CitationMissing(field="citation")
    changed = _changed(dossier, command)
    already = documents.rectified(command.code)
    dossier.signed_by, dossier.signed_at = actor.officer_id, now
    db.change(dossier, "signed_by", "signed_at")
    mended = Mended(
        answers=already | changed,
        number_of=f"{command.code}/{len(documents.issued_of(command.code))}",
        words=f"Thay giấy mã {wrong.verify_code}. Lý do: {command.reason.strip()}",
    )
    sign_result(dossier, case, key, actor=actor, now=now, mended=mended)
    right = documents.seal(command.code, by=actor, now=now)
    _replace(wrong.id, right, command, changed, actor=actor, now=now)
    tell(
        dossier,
        action="correct",
        kind="CORRECTED",
        status=case.status,
        step=case.step,
        now=now,
        issued=right.verify_code,
    )
    return Corrected(verify_code=right.verify_code)


def _replace(
    wrong_id: UUID,
    right: IssuedView,
    command: CorrectResult,
    changed: dict[str, object],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    documents.rectify(
        wrong_id,
        right,
        reason=command.reason,
        citation=command.citation,
        changed=changed,
        by=actor,
        now=now,
    )


def check_may_correct(case: CaseView, actor: Actor) -> None:
    """Raises: NotYourStep."""
    if not actor.holds(case.competent_unit_id, [Role.SIGNER]):
        raise NotYourStep("Chỉ người có thẩm quyền ký của cơ quan giải quyết đính chính được.")


def result_in_force(code: str) -> IssuedView | None:
    results = (one for one in documents.issued_of(code) if one.kind == IssuedKind.RESULT)
    return next((one for one in results if not one.is_revoked), None)


def mendable(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """What a paper says in plain words; choices and addresses are a matter for a new decision."""
    return tuple(one for one in questions if one.type in MENDABLE)


def _changed(dossier: Dossier, command: CorrectResult) -> dict[str, object]:
    """Raises: CorrectionRefused."""
    version = procedures.version(dossier.procedure_version_id)
    questions = {one.key: one for one in mendable(tuple(version.form.questions()))}
    question = questions.get(command.key)
    if question is None:
        raise CorrectionRefused("Bạn chọn mục ghi sai.", field="item")
    try:
        value = cleaned(question, command.value)
    except Refused as why:
        raise CorrectionRefused(str(why), field="value") from None
    before = values_of(read_sheet(dossier.sheet)) | documents.rectified(command.code)
    if not command.value.strip() or before.get(command.key) == value:
        raise CorrectionRefused("Bạn ghi nội dung đúng, khác với giấy đã cấp.", field="value")
    return {command.key: value}
