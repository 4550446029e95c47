"""Nhắc trên hồ sơ: what an officer should know of a dossier before they work on it."""

from collections.abc import Iterator

from motcua.contexts.casework.contracts import CaseView
from motcua.contexts.dossiers.contracts import DossierView
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.queries.rulings import is_disputed
from motcua.contexts.organisations import public as organisations
from motcua.contexts.procedures.contracts import FeeLine


def warnings_of(
    row: Dossier, case: CaseView, dossier: DossierView, fees: tuple[FeeLine, ...]
) -> tuple[str, ...]:
    return (*_warnings(row, case), *_disputes(dossier), *_fee_warnings(fees))


def _disputes(dossier: DossierView) -> Iterator[str]:
    """What the applicant says otherwise than a register: to look at, never a reason to refuse."""
    labels = [
        question.label
        for question in dossier.version.form.questions()
        if is_disputed(dossier, question.key)
    ]
    if labels:
        yield f"Người nộp khai khác cơ sở dữ liệu: {', '.join(labels)}. Cần đối chiếu."


def _fee_warnings(fees: tuple[FeeLine, ...]) -> Iterator[str]:
    for fee in fees:
        yield f"Chưa nhập mức «{fee.label}». {fee.text}".strip()


def _is_elsewhere(case: CaseView) -> bool:
    """The desk of a commune receives for its own committee; any other desk is borderless."""
    desk = organisations.unit_by_id(case.receiving_unit_id)
    authority = organisations.unit_by_id(case.competent_unit_id)
    return desk.id != authority.id and desk.ward_code != authority.ward_code


def _warnings(row: Dossier, case: CaseView) -> tuple[str, ...]:
    found = []
    if row.supplements >= 1:
        found.append(
            f"Đã yêu cầu bổ sung {row.supplements} lần khi xử lý. Lần thứ hai trở đi bị tính là "
            "trễ hạn (Quyết định 766/QĐ-TTg)."
        )
    if not case.started_at and _is_elsewhere(case):
        authority = organisations.unit_by_id(case.competent_unit_id).name
        found.append(f"Tiếp nhận phi địa giới: {authority} giải quyết hồ sơ này.")
    return tuple(found)
