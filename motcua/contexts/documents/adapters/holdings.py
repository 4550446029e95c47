"""What documents hold about a person: their files, the papers issued to them."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.contexts.documents.models import (
    DigitisedPaper,
    IssuedDocument,
    PartialUpload,
    ReadValue,
    Rectification,
    SharedPaper,
    ShareOpening,
    SignedPaper,
    StoredFile,
)
from motcua.contexts.documents.rules.paper_kinds import PaperField, PaperKind, paper_kinds
from motcua.contexts.identity import public as identity
from motcua.kernel.holdings import Held
from motcua.kernel.privacy import DataClass
from motcua.ui import dates
from motcua.ui.words import file_size, language


class PapersHeld:
    """Files a person brought or owns, and papers that bear their name."""

    models = frozenset(
        {
            "documents.StoredFile",
            "documents.PartialUpload",
            "documents.ReadValue",
            "documents.DigitisedPaper",
            "documents.IssuedDocument",
            "documents.SignedPaper",
            "documents.Rectification",
            "documents.SharedPaper",
            "documents.ShareOpening",
        }
    )

    def held_about(self, person_id: UUID) -> Iterator[Held]:
        accounts = identity.citizen_accounts_of(person_id)
        mine = Q(owner_person_id=person_id) | Q(uploaded_by__in=accounts)
        files = StoredFile.objects.filter(mine).order_by("created_at", "id")
        yield from (_file(row) for row in files)
        coming = PartialUpload.objects.filter(account_id__in=accounts, file=None)
        yield from (_coming(row) for row in coming.order_by("began_at", "id"))
        read = ReadValue.objects.filter(reading__file__owner_person_id=person_id)
        read = read.select_related("reading").order_by("reading__asked_at", "place")
        yield from (_read(row) for row in read if row.proposed or row.value)
        kept = DigitisedPaper.objects.filter(owner_person_id=person_id)
        yield from (_digitised(row) for row in kept.order_by("confirmed_at", "id"))
        issued = IssuedDocument.objects.filter(owner_person_id=person_id)
        yield from (_issued(row) for row in issued.order_by("issued_at", "id"))
        signed = SignedPaper.objects.filter(owner_person_id=person_id, dropped_at=None)
        yield from (_signed(row) for row in signed.order_by("signed_at", "id"))
        mended = Rectification.objects.filter(wrong__owner_person_id=person_id)
        yield from (_mended(row) for row in mended.order_by("at", "id"))
        shares = SharedPaper.objects.filter(owner_person_id=person_id).order_by("made_at", "id")
        yield from (_share(row) for row in shares.select_related("issued"))
        openings = ShareOpening.objects.filter(share__owner_person_id=person_id)
        openings = openings.select_related("share__issued").order_by("at", "id")
        yield from (_opening(row) for row in openings)


def _file(row: StoredFile) -> Held:
    return Held(
        model="documents.StoredFile",
        title=_("Tệp đã lưu"),
        code=str(row.id),
        since=row.created_at,
        values=(
            (_("Tên tệp"), row.filename),
            (_("Loại tệp"), row.media_type),
            (_("Cỡ tệp"), file_size(row.size)),
            (_("Mã băm SHA-256"), row.sha256),
        ),
    )


def _coming(row: PartialUpload) -> Held:
    return Held(
        model="documents.PartialUpload",
        title=_("Tệp đang tải lên"),
        code=str(row.id),
        since=row.began_at,
        values=(
            (_("Tên tệp"), row.filename),
            (_("Cỡ tệp"), file_size(row.size)),
            (_("Đã nhận"), file_size(row.received)),
        ),
    )


def _read(row: ReadValue) -> Held:
    kind = paper_kinds()[row.reading.kind]
    told = kind.field(row.key)
    said = ((_("Máy đề xuất"), row.proposed), (_("Cán bộ ghi"), row.value))
    return Held(
        model="documents.ReadValue",
        title=_("Ô đọc trên giấy quét"),
        code=str(row.reading_id),
        since=row.reading.asked_at,
        data_class=DataClass.PERSONAL_SENSITIVE,
        values=(
            (_("Loại giấy"), _name(kind)),
            (_("Ô"), _label(told) if told else row.key),
            *((label, value) for label, value in said if value),
        ),
    )


def _name(kind: PaperKind) -> str:
    return kind.name_en if language() == "en" else kind.name


def _label(field: PaperField) -> str:
    return field.label_en if language() == "en" else field.label


def _digitised(row: DigitisedPaper) -> Held:
    kind = paper_kinds()[row.kind]
    said = ((_label(field), row.values.get(field.key)) for field in kind.fields)
    return Held(
        model="documents.DigitisedPaper",
        title=_("Giấy đã số hóa"),
        code=row.subject,
        since=row.confirmed_at,
        unit_id=row.unit_id,
        data_class=DataClass.PERSONAL_SENSITIVE,
        values=(
            (_("Loại giấy"), _name(kind)),
            (_("Dùng được đến"), dates.day(row.last_day)),
            *((label, str(told["value"])) for label, told in said if told),
        ),
    )


def _issued(row: IssuedDocument) -> Held:
    said = (
        (_("Tên giấy"), row.title),
        (_("Mã xác minh"), row.verify_code),
        (_("Ban hành lúc"), dates.city_moment(row.issued_at)),
        (_("Nơi ban hành"), row.unit_name),
        (_("Người ký"), row.signer_name),
        (_("Lý do thu hồi"), row.revoked_reason),
    )
    return Held(
        model="documents.IssuedDocument",
        title=_("Giấy tờ đã ban hành cho bạn"),
        code=row.subject,
        since=row.issued_at,
        values=tuple((label, value) for label, value in said if value),
    )


def _signed(row: SignedPaper) -> Held:
    return Held(
        model="documents.SignedPaper",
        title=_("Chữ ký số trên giấy tờ của bạn"),
        code=row.subject,
        since=row.signed_at,
        values=(
            (_("Tên giấy"), row.statement["title"]),
            (_("Mã xác minh"), row.verify_code),
            (_("Người ký"), row.statement["signer_name"]),
        ),
    )


def _mended(row: Rectification) -> Held:
    said = tuple((str(key), str(value)) for key, value in row.changed.items())
    return Held(
        model="documents.Rectification",
        title=_("Đính chính giấy tờ của bạn"),
        code=row.subject,
        since=row.at,
        values=((_("Lý do"), row.reason), (_("Căn cứ"), row.citation), *said),
    )


def _share(row: SharedPaper) -> Held:
    return Held(
        model="documents.SharedPaper",
        title=_("Liên kết chia sẻ"),
        code=row.issued.subject,
        since=row.made_at,
        values=(
            (_("Tên giấy"), row.issued.title),
            (_("Mở được đến"), dates.city_moment(row.ends_at)),
        ),
    )


def _opening(row: ShareOpening) -> Held:
    return Held(
        model="documents.ShareOpening",
        title=_("Lượt mở giấy được chia sẻ"),
        code=row.share.issued.subject,
        since=row.at,
        values=((_("Người mở"), row.viewer or _("người không đăng nhập")),),
    )


def tally(person_id: UUID) -> dict[str, int]:
    """How many files and issued papers are of this row of a person."""
    return {
        "Tệp đã gửi": StoredFile.objects.filter(owner_person_id=person_id).count(),
        "Giấy tờ đã cấp": IssuedDocument.objects.filter(owner_person_id=person_id).count(),
    }
