"""Xác minh: is this paper real, unchanged, and still good? Reads only."""

import hashlib
from dataclasses import replace

from django.utils.translation import gettext_noop as _

from motcua.contexts.documents import queries
from motcua.contexts.documents.adapters import pades, reading
from motcua.contexts.documents.adapters.keys import local_authority
from motcua.contexts.documents.contracts import (
    IssuedKind,
    StoredCopyAltered,
    Verification,
    VerificationStatus,
)
from motcua.contexts.documents.models import IssuedDocument
from motcua.contexts.documents.rules import verify_codes
from motcua.contexts.identity import public as identity
from motcua.kernel.clock import city_time
from motcua.ui import words

S = VerificationStatus
BECAUSE = {
    "valid": _("Giấy tờ này do cơ quan nêu dưới đây ban hành và còn giá trị."),
    "revoked": _("Giấy tờ này đúng là do cơ quan ban hành, nhưng đã bị thu hồi."),
    "copy_of_revoked": _("Bản sao này là thật, nhưng bản chính đã bị thu hồi hoặc thay thế."),
    "copy_differs": _(
        "Nội dung tệp này đã bị thay đổi. Thông tin dưới đây là của bản gốc trong sổ."
    ),
    "bytes_missing": _("Không tìm thấy bản lưu của giấy tờ này, nên không xác nhận được."),
    "bytes_differ": _("Bản lưu của giấy tờ này đã bị thay đổi so với lúc ban hành."),
    "signature_broken": _("Chữ ký số trên giấy tờ này không còn nguyên vẹn."),
    "register_altered": _("Thông tin trong sổ không khớp với giấy tờ đã ký."),
    "disposed": _("Giấy này đã hết thời hạn lưu và được tiêu hủy, nên không còn bản để so."),
    "no_such_code": _("Không có giấy tờ nào mang mã này. Bạn kiểm tra lại từng chữ của mã."),
    "not_a_code": _("Mã xác minh có 12 chữ và số, ví dụ 7K3M-Q9TX-2B5R."),
    "no_signature": _("Tệp này không có chữ ký số của cơ quan, nên không xác minh được."),
    "not_registered": _("Chữ ký trên tệp không thuộc giấy tờ nào trong sổ của Thành phố."),
}
PROVEN = frozenset({S.VALID, S.REVOKED})


def verify(typed: str) -> Verification:
    """Answer for a code as a person typed it or a QR gave it."""
    code = verify_codes.read_code(typed)
    if not code:
        return _unknown("not_a_code", typed.strip()[:20])
    row = queries.issued_by_code(code)
    if row is None:
        return _unknown("no_such_code", code)
    return _judged(row)


def verify_pdf(pdf: bytes) -> Verification:
    """Answer for a file somebody holds. One changed byte anywhere is enough for ALTERED."""
    row = queries.issued_by_hash(hashlib.sha256(pdf).hexdigest())
    if row is not None:
        return _judged(row)
    for compact, _fingerprint in pades.markers(pdf):
        original = queries.issued_by_code(verify_codes.spaced(compact))
        if original is not None:
            return _unlike(_judged(original))
    signed = pades.examine(pdf, local_authority()).signatures
    return _unknown("not_registered" if signed else "no_signature", "")


def _unlike(original: Verification) -> Verification:
    """A copy that is not the paper it names; what is said of the original must itself be proven."""
    if original.status not in PROVEN:
        return original
    return replace(
        original, status=S.ALTERED, finding="copy_differs", because=BECAUSE["copy_differs"]
    )


def _judged(row: IssuedDocument) -> Verification:
    """The stored copy against the register, and the register against the signed copy."""
    if row.file.disposed_at is not None:
        return _unknown("disposed", row.verify_code)
    try:
        stored = reading.whole(row.sha256)
    except StoredCopyAltered as altered:
        return _altered(row, str(altered.facts["finding"]))
    proof = pades.examine(stored, local_authority())
    if not proof.trusted:
        return _altered(row, "signature_broken")
    named = verify_codes.compact(row.verify_code)
    if (proof.code, proof.fingerprint) != (named, row.statement.fingerprint()):
        return _altered(row, "register_altered")
    if row.revoked_at is not None:
        return _about(row, S.REVOKED, "revoked", proof)
    if row.kind == IssuedKind.CERTIFIED_COPY:
        return _copy(row, proof)
    return _about(row, S.VALID, "valid", proof)


def _copy(row: IssuedDocument, proof: pades.Examination) -> Verification:
    """A true copy of what is no longer in force is told to be just that."""
    original = queries.original_of(row.pk)
    if original is None or original.revoked_at is None:
        return _about(row, S.VALID, "valid", proof)
    instead = original.replaced_by
    return replace(
        _about(row, S.REVOKED, "copy_of_revoked", proof),
        revoked_at=city_time(original.revoked_at),
        revoked_reason=original.revoked_reason,
        replaced_by_code=instead.verify_code if instead else "",
    )


def _unknown(finding: str, code: str) -> Verification:
    return Verification(status=S.UNKNOWN, finding=finding, because=BECAUSE[finding], code=code)


def _altered(row: IssuedDocument, finding: str) -> Verification:
    """Nothing of a row that does not hold is repeated."""
    because = BECAUSE[finding]
    return Verification(status=S.ALTERED, finding=finding, because=because, code=row.verify_code)


def _about(
    row: IssuedDocument, status: VerificationStatus, finding: str, proof: pades.Examination
) -> Verification:
    names = identity.names_of([row.owner_person_id]) if row.owner_person_id else {}
    owner = names.get(row.owner_person_id, "") if row.owner_person_id else ""
    return Verification(
        status=status,
        finding=finding,
        because=BECAUSE[finding],
        code=row.verify_code,
        kind=row.kind,
        title=row.title,
        unit_name=row.unit_name,
        signer_name=row.signer_name,
        signer_position=row.signer_position,
        issued_at=city_time(row.issued_at),
        timestamped_at=city_time(proof.timestamped_at) if proof.timestamped_at else None,
        owner_masked=words.masked_name(owner),
        sha256=row.sha256,
        revoked_at=city_time(row.revoked_at) if row.revoked_at else None,
        revoked_reason=row.revoked_reason,
        replaced_by_code=row.replaced_by.verify_code if row.replaced_by else "",
    )
