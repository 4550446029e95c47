"""What dossiers hold about a person: answers with their origin, papers, requests, a rating."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers.contracts import SOURCE_NAMES, PaperSource
from motcua.contexts.dossiers.contracts.assisting import CONSENT_NAMES, IDENTIFIED_NAMES
from motcua.contexts.dossiers.models import (
    Assistance,
    BulkFiling,
    BulkPart,
    BulkSendingPart,
    CalendarFeed,
    Dossier,
    DossierPaper,
    DossierPast,
    Draft,
    FieldVisit,
    Handover,
    ReviewRequest,
    SandboxDossier,
    ShortcomingRow,
    SiteNote,
    SupplementProposal,
    ValueRuling,
)
from motcua.contexts.dossiers.queries.shortcomings import item_of
from motcua.contexts.identity import public as identity
from motcua.contexts.procedures import public as procedures
from motcua.kernel.forms import (
    Form,
    Provenance,
    ProvenanceKind,
    Question,
    read_sheet,
    values_of,
)
from motcua.kernel.holdings import Held, coded
from motcua.kernel.privacy import DataClass, strictest
from motcua.ui import dates

ORIGINS: dict[ProvenanceKind, str] = {
    ProvenanceKind.DECLARED: "bạn khai",
    ProvenanceKind.REGISTER: "lấy từ cơ sở dữ liệu",
    ProvenanceKind.SCANNED: "đọc từ giấy quét",
    ProvenanceKind.OFFICER: "cán bộ nhập",
}
PAPER_SOURCES: dict[str, str] = {
    PaperSource.UPLOADED: "bạn tải lên",
    PaperSource.SCANNED: "cán bộ quét",
    PaperSource.HANDED_IN: "nộp bản giấy tại quầy",
    PaperSource.FROM_STORE: "lấy từ kho của bạn",
    PaperSource.FROM_DATABASE: "lấy từ cơ sở dữ liệu",
    PaperSource.PRODUCED: "tờ khai điền ở đây",
}


class DossiersHeld:
    """Drafts and dossiers of an applicant, with everything that hangs on them."""

    models = frozenset(
        {
            "dossiers.Assistance",
            "dossiers.Draft",
            "dossiers.BulkFiling",
            "dossiers.BulkPart",
            "dossiers.BulkSendingPart",
            "dossiers.SandboxDossier",
            "dossiers.CalendarFeed",
            "dossiers.Dossier",
            "dossiers.DossierPaper",
            "dossiers.DossierPast",
            "dossiers.Handover",
            "dossiers.ShortcomingRow",
            "dossiers.SupplementProposal",
            "dossiers.ValueRuling",
            "dossiers.ReviewRequest",
            "dossiers.FieldVisit",
            "dossiers.SiteNote",
        }
    )

    def held_about(self, person_id: UUID) -> Iterator[Held]:
        accounts = identity.citizen_accounts_of(person_id)
        mine = Q(applicant_person_id=person_id) | Q(account_id__in=accounts)
        for draft in Draft.objects.filter(mine).order_by("created_at", "id"):
            yield _draft(draft)
        asked = Q(person_id=person_id) | Q(applicant_id=person_id)
        for row in Assistance.objects.filter(asked).order_by("asked_at"):
            yield _assistance(row)
        for filing in BulkFiling.objects.filter(mine).order_by("created_at", "id"):
            yield from _bulk(filing)
        for tried in SandboxDossier.objects.filter(person_id=person_id).order_by("id"):
            yield _tried(tried)
        for feed in CalendarFeed.objects.filter(person_id=person_id).order_by("made_at"):
            yield Held(
                model="dossiers.CalendarFeed",
                title=_("Địa chỉ lịch"),
                code=str(feed.id),
                since=feed.made_at,
                values=((_("Ngôn ngữ"), feed.language),),
            )
        rows = Dossier.objects.filter(applicant_person_id=person_id).select_related("case")
        for dossier in rows.order_by("case__opened_at", "pk"):
            yield _dossier(dossier)
            yield from _papers(dossier)
            lacking = ShortcomingRow.objects.filter(dossier=dossier).order_by("pk")
            yield from (_shortcoming(row, dossier) for row in lacking)
            further = SupplementProposal.objects.filter(dossier=dossier).order_by("number")
            yield from (_proposal(row, dossier) for row in further)
            rulings = ValueRuling.objects.filter(dossier=dossier).order_by("decided_at", "id")
            yield from (_ruling(row, dossier) for row in rulings)
            past = DossierPast.objects.filter(dossier=dossier).order_by("until", "id")
            yield from (_past(row, dossier) for row in past)
            sent = Handover.objects.filter(dossier=dossier).order_by("pk")
            yield from (_handover(row, dossier) for row in sent)
            reviews = ReviewRequest.objects.filter(dossier=dossier).order_by("level")
            yield from (_review(row, dossier) for row in reviews)
            for visit in FieldVisit.objects.filter(dossier=dossier).order_by("number"):
                yield _visit(visit, dossier)
                notes = SiteNote.objects.filter(visit=visit).order_by("recorded_at", "pk")
                yield from (_site_note(row, visit, dossier) for row in notes)


def _assistance(row: Assistance) -> Held:
    """What was asked of them at the desk, and how they answered."""
    return Held(
        model="dossiers.Assistance",
        title=_("Cán bộ nộp giúp"),
        code=str(row.id),
        since=row.asked_at,
        values=(
            (_("Thủ tục"), row.procedure_code),
            (_("Cách nhận ra bạn"), coded(row.identified, IDENTIFIED_NAMES)),
            (_("Bạn trả lời"), coded(row.consent, CONSENT_NAMES)),
            *(((_("Bạn báo"), row.denied_note),) if row.denied_note else ()),
        ),
    )


def _bulk(row: BulkFiling) -> Iterator[Held]:
    """Each line as it was sent, by the columns that were read."""
    version = procedures.version(row.procedure_version_id)
    yield Held(
        model="dossiers.BulkFiling",
        title=_("Bảng hồ sơ"),
        code=str(row.id),
        since=row.created_at,
        values=((_("Thủ tục"), version.name), *((_("Bảng hồ sơ"), one) for one in row.notices)),
    )
    for part in BulkPart.objects.filter(filing=row).order_by("number"):
        yield Held(
            model="dossiers.BulkPart",
            title=_("Bảng hồ sơ"),
            code=f"{row.id} {part.number}",
            since=row.created_at,
            data_class=_class_of(version.form),
            values=tuple(
                (str(line["n"]), " · ".join(text for text, _kind in line["cells"].values()))
                for line in part.lines
            ),
        )
    for told in BulkSendingPart.objects.filter(sending__filing=row).order_by("id"):
        yield Held(
            model="dossiers.BulkSendingPart",
            title=_("Nộp cả loạt"),
            code=f"{row.id} {told.number}",
            since=row.created_at,
            data_class=_class_of(version.form),
            values=tuple((str(line), said or code) for line, code, said in told.outcomes),
        )


def _tried(row: SandboxDossier) -> Held:
    version = procedures.version(row.procedure_version_id)
    said = values_of(read_sheet(row.sheet))
    return Held(
        model="dossiers.SandboxDossier",
        title=_("Hồ sơ thử"),
        code=row.code,
        since=row.made_at,
        data_class=_class_of(version.form),
        values=tuple((key, str(value)) for key, value in said.items()),
    )


def _draft(row: Draft) -> Held:
    version = procedures.version(row.procedure_version_id)
    typed = row.typed if isinstance(row.typed, Mapping) else {}
    return Held(
        model="dossiers.Draft",
        title=_("Bản nháp"),
        data_class=_class_of(version.form),
        code=str(row.id),
        source=coded(row.source, SOURCE_NAMES),
        since=row.created_at,
        values=(
            (_("Thủ tục"), version.name),
            *answers_said(row.sheet, version.form),
            *((key, _plain(value)) for key, value in typed.items()),
            *(((_("Nơi giao"), _plain(row.post_address)),) if row.post_address else ()),
        ),
    )


def _dossier(row: Dossier) -> Held:
    version = procedures.version(row.procedure_version_id)
    rest = ((_("Mã tra cứu"), row.secret), (_("Góp ý"), row.comment or ""))
    stars = ((_("Số sao"), str(row.stars)),) if row.stars else ()
    return Held(
        model="dossiers.Dossier",
        title=_("Hồ sơ thủ tục"),
        data_class=_class_of(version.form),
        code=row.code,
        source=coded(row.source, SOURCE_NAMES),
        since=row.case.opened_at,
        unit_id=row.case.competent_unit_id,
        values=(
            (_("Thủ tục"), version.name),
            *answers_said(row.sheet, version.form),
            *((label, value) for label, value in rest if value),
            *stars,
        ),
    )


def answers_said(sheet: Mapping[str, object], form: Form) -> tuple[tuple[str, str], ...]:
    """Each answer under its question, with where it came from."""
    questions = {question.key: question for page in form.pages for question in page.questions}
    return tuple(
        (
            _asked(key, questions.get(key), answer.provenance),
            _chosen(answer.value, questions.get(key)),
        )
        for key, answer in read_sheet(sheet).items()
        if answer.value is not None
    )


def _asked(key: str, question: Question | None, origin: Provenance) -> str:
    label = question.label if question else key
    code = f"{label} [{origin.kind.value}]"
    return coded(code, {code: f"{label} ({ORIGINS[origin.kind]})"})


def _chosen(said: object, question: Question | None) -> str:
    """A choice by its label."""
    value = _plain(said)
    many = said if isinstance(said, list | tuple) else [said]
    found = [question.option(str(one)) for one in many] if question else []
    labels = [one.label for one in found if one]
    return coded(value, {value: "; ".join(labels)}) if labels else value


def _class_of(form: Form) -> DataClass:
    return strictest(question.data_class for question in form.questions())


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_plain(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(_plain(part) for part in value)
    return str(value)


def _papers(dossier: Dossier) -> Iterator[Held]:
    rows = list(DossierPaper.objects.filter(dossier=dossier).order_by("added_at", "id"))
    files = documents.files_by_id([row.file_id for row in rows if row.file_id])
    version = procedures.version(dossier.procedure_version_id)
    names = {one.key: one.name for one in version.components}
    for row in rows:
        file = files.get(row.file_id) if row.file_id else None
        said = (
            (_("Loại giấy"), coded(row.component_key, names)),
            (_("Tệp"), file.filename if file else ""),
            (_("Mã băm SHA-256"), file.sha256 if file else ""),
            (_("Nhận xét"), row.verdict_note or ""),
        )
        yield Held(
            model="dossiers.DossierPaper",
            title=_("Giấy tờ của hồ sơ"),
            code=dossier.code,
            source=coded(row.source, PAPER_SOURCES),
            since=row.added_at,
            values=tuple((label, value) for label, value in said if value),
        )


def _past(row: DossierPast, dossier: Dossier) -> Held:
    version = procedures.version(dossier.procedure_version_id)
    answers = answers_said(row.sheet, version.form) if row.sheet else ()
    note = ((_("Nhận xét"), row.verdict_note),) if row.verdict_note else ()
    return Held(
        model="dossiers.DossierPast",
        title=_("Nội dung cũ của hồ sơ, đã được thay"),
        data_class=_class_of(version.form),
        code=dossier.code,
        since=row.until,
        values=(*answers, *note),
    )


def _shortcoming(row: ShortcomingRow, dossier: Dossier) -> Held:
    said = item_of(row)
    told = ((_("Điểm chưa đạt"), said.what), (_("Vì sao"), said.why), (_("Cách làm"), said.how))
    return Held(
        model="dossiers.ShortcomingRow",
        title=_("Điểm chưa đạt"),
        code=dossier.code,
        since=dossier.case.opened_at,
        unit_id=dossier.case.competent_unit_id,
        values=tuple((label, value) for label, value in told if value),
    )


def _proposal(row: SupplementProposal, dossier: Dossier) -> Held:
    said = ((_("Cán bộ viết"), row.why_again), (_("Trả lời"), row.answer or ""))
    return Held(
        model="dossiers.SupplementProposal",
        title=_("Đề nghị bổ sung lần nữa"),
        code=dossier.code,
        since=row.proposed_at,
        unit_id=row.unit_id,
        values=tuple((label, value) for label, value in said if value),
    )


def _ruling(row: ValueRuling, dossier: Dossier) -> Held:
    version = procedures.version(dossier.procedure_version_id)
    question = version.form.question(row.question_key)
    asked = question.label if question else row.question_key
    return Held(
        model="dossiers.ValueRuling",
        title=_("Quyết định khi điều bạn khai khác cơ sở dữ liệu"),
        data_class=_class_of(version.form),
        code=dossier.code,
        since=row.decided_at,
        unit_id=dossier.case.competent_unit_id,
        values=(
            (_("Câu hỏi"), asked),
            (_("Bạn khai"), _chosen(row.pair.get("declared"), question)),
            (_("Cơ sở dữ liệu ghi"), _chosen(row.pair.get("registered"), question)),
            (_("Lý do"), row.reason),
        ),
    )


def _handover(row: Handover, dossier: Dossier) -> Held:
    said = (
        (_("Nơi giao"), _plain(row.address) if row.address else ""),
        (_("Số hiệu bưu gửi"), row.tracking),
        (_("Người đã nhận"), row.taken_by or ""),
    )
    return Held(
        model="dossiers.Handover",
        title=_("Giao kết quả"),
        code=dossier.code,
        since=row.posted_at or dossier.case.opened_at,
        unit_id=dossier.case.receiving_unit_id,
        values=tuple((label, value) for label, value in said if value),
    )


def _review(row: ReviewRequest, dossier: Dossier) -> Held:
    said = ((_("Bạn viết"), row.text), (_("Trả lời"), row.answer or ""))
    return Held(
        model="dossiers.ReviewRequest",
        title=_("Đề nghị xem lại"),
        code=dossier.code,
        since=row.asked_at,
        unit_id=row.unit_id,
        values=tuple((label, value) for label, value in said if value),
    )


def _visit(row: FieldVisit, dossier: Dossier) -> Held:
    said = (
        (_("Lúc"), dates.city_moment(row.starts_at)),
        (_("Nơi đến"), row.place),
        (_("Cùng đi"), row.companions or ""),
        (_("Cần xem"), " · ".join(line["text"] for line in row.lines)),
        (_("Bạn viết"), row.unsuited or ""),
        (_("Lý do hủy"), row.reason or ""),
        (_("Kết luận"), row.finding or ""),
    )
    return Held(
        model="dossiers.FieldVisit",
        title=_("Xác minh thực địa"),
        code=dossier.code,
        since=row.planned_at,
        unit_id=row.unit_id,
        values=tuple((label, value) for label, value in said if value),
    )


def _site_note(row: SiteNote, visit: FieldVisit, dossier: Dossier) -> Held:
    names = {line["key"]: line["text"] for line in visit.lines}
    spot = row.body.get("spot", {})
    at = f"{spot['lat']}, {spot['lng']}" if "lat" in spot else ""
    said = (
        (_("Cần xem"), names.get(row.key, "")),
        (_("Ghi chú"), row.body.get("text", "")),
        (_("Người có mặt"), row.body.get("name", "")),
        (_("Vị trí"), " ".join(filter(None, (at, spot.get("words", ""))))),
    )
    return Held(
        model="dossiers.SiteNote",
        title=_("Ghi chép tại thực địa"),
        code=dossier.code,
        since=row.happened_at,
        unit_id=visit.unit_id,
        values=tuple((label, value) for label, value in said if value),
    )


def tally(person_id: UUID) -> dict[str, int]:
    """How many dossiers and drafts are of this row of a person."""
    return {
        "Hồ sơ đã nộp": Dossier.objects.filter(applicant_person_id=person_id).count(),
        "Hồ sơ đang điền": Draft.objects.filter(applicant_person_id=person_id).count(),
    }
