"""The door of documents: keep, read, set, issue, verify, revoke."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

from motcua.contexts.documents import queries
from motcua.contexts.documents.actions import (
    archiving,
    arriving,
    batches,
    copying,
    digitising,
    disposing,
    enrolling,
    handing_off,
    issuing,
    keeping,
    numbers,
    picking_up,
    picturing,
    rectifying,
    rotating,
    sweeping,
    verification,
)
from motcua.contexts.documents.adapters import (
    measuring_pages,
    page_pictures,
    reading,
    tesseract,
    typesetting,
)
from motcua.contexts.documents.adapters.keys import officers_keys
from motcua.contexts.documents.adapters.staging import Readable
from motcua.contexts.documents.adapters.stores import store
from motcua.contexts.documents.contracts import (
    FileView,
    Form,
    IssuedKind,
    IssuedView,
    SignedView,
    SignerInfo,
)
from motcua.contexts.documents.contracts.layout import Finding, Meant
from motcua.contexts.documents.ports import (
    SigningKey,
    register_evidence_rule,
    register_read_rule,
    register_use,
    take_handoffs_with,
)
from motcua.contexts.documents.queries import digitised
from motcua.contexts.documents.queries import enrolled as certificates
from motcua.contexts.documents.rules import layout, samples
from motcua.contexts.documents.rules.paper_kinds import kind_for
from motcua.contexts.documents.rules.verify_codes import new_code
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.privacy import DataClass
from motcua.kernel.reading import note_about

__all__ = [
    "SigningKey",
    "arrivals",
    "ask_enrolment",
    "ask_reading",
    "asks_pin",
    "batch_for",
    "batch_stopped",
    "begin_batch",
    "check_cleared",
    "check_scanned",
    "classify",
    "close_reading",
    "confirm_enrolment",
    "content_keys",
    "copies_of",
    "copy_paper",
    "decide_proposal",
    "dispose",
    "drop_arrival",
    "drop_signed",
    "end_handoff",
    "enrolled",
    "evidence",
    "evidence_files",
    "evidence_for",
    "evidence_of_files",
    "evidence_over",
    "file_by_id",
    "file_for",
    "files_by_id",
    "finish_upload",
    "handoff_of",
    "is_evidence",
    "is_signed",
    "issue",
    "issued_about",
    "issued_by_file",
    "issued_for_person",
    "issued_of",
    "item_refused",
    "item_signed",
    "join_pictures",
    "judge_layout",
    "keep_made",
    "keep_parked",
    "keep_stream",
    "keep_upload",
    "last_issued",
    "new_verify_code",
    "numbers_of",
    "offer_handoff",
    "open_batches",
    "open_key",
    "opened_seal",
    "origins_of",
    "own_files",
    "page_picture",
    "paper_kind_for",
    "picture_as_drawing",
    "pieces_of",
    "qr_svg",
    "read_file",
    "reader_there",
    "reading_by_id",
    "readings_of",
    "rectified",
    "rectify",
    "register_evidence_rule",
    "register_read_rule",
    "register_use",
    "render_official_form",
    "render_result",
    "revoke",
    "rewrap_contents",
    "sample_forms",
    "seal",
    "sealed_pieces_of",
    "sign",
    "signature_of",
    "store_answers",
    "sweep_bytes",
    "take_arrival",
    "take_handoffs_with",
    "take_item",
    "take_number",
    "trusted_roots",
    "turn_picture",
    "verify",
    "verify_pdf",
    "verify_url",
    "wallet_of",
    "withdraw_enrolment",
    "withdraw_evidence",
]

check_cleared = queries.check_cleared
file_for = queries.file_for
file_by_id = queries.file_by_id
files_by_id = queries.files_by_id
own_files = queries.own_files
origins_of = queries.origins_of
turn_picture = picturing.turn_picture
join_pictures = picturing.join_pictures
issued_about = queries.issued_about
issued_by_file = queries.issued_by_file
issued_of = queries.issued_of
last_issued = queries.last_issued
issued_for_person = queries.issued_for_person
wallet_of = queries.wallet_of
check_scanned = queries.check_scanned
verify_url = queries.verify_url
verify = verification.verify
verify_pdf = verification.verify_pdf
revoke = issuing.revoke
seal = issuing.seal
drop_signed = issuing.drop_signed
is_signed = queries.is_signed
numbers_of = queries.numbers_of
rectified = queries.rectified
rectify = rectifying.rectify
take_number = numbers.take_number
ask_enrolment = enrolling.ask_enrolment
confirm_enrolment = enrolling.confirm_enrolment
withdraw_enrolment = enrolling.withdraw_enrolment
enrolled = certificates.enrolled
copy_paper = copying.copy_paper
copies_of = queries.copies_of
begin_batch = batches.begin_batch
take_item = batches.take_item
item_signed = batches.item_signed
item_refused = batches.item_refused
batch_stopped = batches.batch_stopped
batch_for = queries.batch_for
open_batches = queries.open_batches
dispose = disposing.dispose
classify = keeping.classify
keep_made = keeping.keep_made
keep_stream = keeping.keep_stream
pieces_of = archiving.pieces_of
sealed_pieces_of = archiving.sealed_pieces_of
opened_seal = archiving.opened_seal
signature_of = archiving.signature_of
trusted_roots = archiving.trusted_roots
new_verify_code = new_code
arrivals = digitised.arrivals
ask_reading = digitising.ask_reading
close_reading = digitising.close_reading
decide_proposal = digitising.decide
drop_arrival = picking_up.drop_arrival
evidence = digitised.evidence
evidence_files = digitised.evidence_files
evidence_for = digitised.evidence_for
evidence_of_files = digitised.evidence_of_files
evidence_over = digitised.evidence_over
is_evidence = digitised.is_evidence
paper_kind_for = kind_for
reader_there = tesseract.reader_there
reading_by_id = digitised.reading
readings_of = digitised.readings_of
end_handoff = handing_off.end_handoff
handoff_of = handing_off.handoff_of
offer_handoff = handing_off.offer_handoff
take_arrival = picking_up.take_arrival
withdraw_evidence = digitising.withdraw_evidence
qr_svg = typesetting.qr_svg


def keep_upload(
    stream: Readable,
    *,
    filename: str,
    by: Actor,
    now: datetime,
    owner_person_id: UUID | None = None,
) -> FileView:
    """Keep one upload. Owns its transaction: call it from a view, before any action.

    stream: read in pieces, never as a whole. Raises: EmptyFile, TooLarge, TypeNotAllowed,
    DamagedFile, ArchiveRefused, PictureTooLarge, MarkupRefused, NeedsPassword, TooMuchUnused,
    StoreUnavailable.
    """
    return keeping.keep_upload(
        stream, filename=filename, owner_person_id=owner_person_id, by=by, now=now
    )


def keep_parked(upload: Readable, by: Actor, now: datetime) -> UUID:
    """A file of a form whose sender proves who they are first. Raises: as `keep_upload`."""
    name = getattr(upload, "name", "") or ""
    return keep_upload(upload, filename=name, by=by, now=now, owner_person_id=by.person_id).id


def finish_upload(
    upload_id: UUID, *, by: Actor, now: datetime, owner_person_id: UUID | None = None
) -> FileView:
    """A file that came in parts, kept as `keep_upload` keeps one. Owns its transaction.

    Raises: UploadNotFound, UploadIncomplete, and as `keep_upload`.
    """
    return arriving.finish_upload(upload_id, owner_person_id=owner_person_id, by=by, now=now)


def read_file(file_id: UUID) -> bytes:
    """The whole content, proven unchanged. No policy: the caller has checked its own.

    Raises: FileNotFound, FileWaiting, FileInfected, FileNotScannable, StoredCopyAltered,
    StoreUnavailable.
    """
    found = queries.file_by_id(file_id)
    queries.check_scanned(found)
    note_about(found.owner_person_id, queries.CONTENT)
    return reading.whole(found.sha256)


def render_official_form(number: str, data: Form) -> bytes:
    """One of the seven forms of Circular 03/2025/TT-VPCP as PDF/A-2b."""
    if number != data.number:
        raise ValueError(f"form {number} cannot be set from the data of form {data.number}")
    return typesetting.set_form(data)


def sample_forms() -> tuple[tuple[Meant, bytes], ...]:
    """The seven forms with invented values, and what each is known to say."""
    made = []
    for form in samples.filled_forms():
        approval = getattr(form, "approval", None)
        meant = Meant(
            name=form.number,
            title=form.title,
            superior=form.letterhead.superior,
            agency=form.letterhead.agency,
            position=approval.position if approval else "",
            signer=approval.full_name if approval else "",
        )
        made.append((meant, typesetting.set_form(form)))
    return tuple(made)


def judge_layout(pdf: bytes, meant: Meant) -> tuple[Finding, ...]:
    """The components of a paper, measured on its pages, against Decree 30/2020."""
    return layout.judge(measuring_pages.measured(pdf), meant)


def picture_as_drawing(file_id: UUID) -> str:
    """A picture for `drawings` of `render_result`. No policy: the caller checked its own.

    Raises: as `page_picture`.
    """
    found = queries.file_by_id(file_id)
    queries.check_scanned(found)
    note_about(found.owner_person_id, queries.CONTENT)
    with reading.checked(found.sha256) as content:
        return page_pictures.as_drawing(content, found)


def render_result(
    template: str,
    data: Mapping[str, object],
    *,
    verify_code: str = "",
    drawings: Mapping[str, str] | None = None,
) -> bytes:
    """A pack's result.typ over plain values (text, numbers, dates, lists, mappings).

    drawings: SVG of our own making by name, read by the template as `data.drawings`.

    The template imports "/kit.typ" and reads `data`; `data.qr` is the drawn QR of the verify page
    and `data.verify_code` the code to print beneath it.
    """
    url = queries.verify_url(verify_code) if verify_code else ""
    values = {**data, "verify_code": verify_code}
    return typesetting.set_result(template, values, qr_url=url, drawings=drawings or {})


def issue(
    kind: IssuedKind,
    pdf: bytes,
    *,
    subject: str,
    owner_person_id: UUID | None,
    title: str,
    signer: SignerInfo,
    now: datetime,
    verify_code: str = "",
    by: Actor = SYSTEM,
    data_class: DataClass = DataClass.PERSONAL_BASIC,
) -> IssuedView:
    """Sign (officer and agency, PAdES B-LT), keep and register a paper. Joins the transaction.

    verify_code: from `new_verify_code()`, when it is printed on the paper; else one is made.
    title: of the paper, without a person's name. data_class: of what the paper says.

    Raises: StoreUnavailable.
    """
    draft = issuing.Draft(
        kind=kind,
        subject=subject,
        title=title,
        owner_person_id=owner_person_id,
        signer=signer,
        verify_code=verify_code,
        data_class=data_class,
    )
    return issuing.issue(pdf, draft, by=by, now=now)


def asks_pin() -> bool:
    """Whether officers sign with a token of their own."""
    return officers_keys().asks_pin


def open_key(signer: SignerInfo, pin: str, *, now: datetime) -> AbstractContextManager[SigningKey]:
    """The key of an officer, for as long as the block lasts.

    Raises: KeyRefused: PinNeeded, PinWrong, PinLocked, TokenGone, TokenBusy, KeyNotOnToken,
    CertificateEnded, CertificateNotEnrolled.
    """
    subject = issuing.officer_subject(signer)
    return enrolling.opened(signer.key, subject, pin, now=now)


def sign(
    kind: IssuedKind,
    pdf: bytes,
    key: SigningKey,
    *,
    subject: str,
    owner_person_id: UUID | None,
    title: str,
    signer: SignerInfo,
    verify_code: str,
    by: Actor,
    now: datetime,
    data_class: DataClass = DataClass.PERSONAL_BASIC,
) -> SignedView:
    """The officer's signature alone; `seal` follows when the clerk issues. Joins the transaction.

    Raises: KeyRefused, StoreUnavailable.
    """
    draft = issuing.Draft(
        kind=kind,
        subject=subject,
        title=title,
        owner_person_id=owner_person_id,
        signer=signer,
        verify_code=verify_code,
        data_class=data_class,
    )
    return issuing.sign(pdf, draft, key, by=by, now=now)


def sweep_bytes(*, now: datetime) -> int:
    """Remove the bytes that no row names any more, now. Returns how many; no action of a person."""
    return sweeping.sweep(now=now).removed


def page_picture(file_id: UUID, page: int) -> bytes:
    """One page of a PDF or picture as a JPEG for the screen. No policy: the caller checked its own.

    Raises: FileNotFound, FileInfected, FileNotScannable, FileWaiting, PictureWanted,
    StoredCopyAltered.
    """
    found = queries.file_by_id(file_id)
    queries.check_scanned(found)
    note_about(found.owner_person_id, queries.CONTENT)
    with reading.checked(found.sha256) as content:
        return page_pictures.shown(content, found, page)


def store_answers() -> bool:
    """For readiness: the store can be asked. Raises: StoreUnavailable."""
    return not store().has("0" * 64)


def content_keys() -> dict[int, int]:
    """How many contents each master key seals; 0: kept before files were. Asks for each of them."""
    return rotating.uses()


def rewrap_contents(on_content: Callable[[int], object]) -> int:
    """Wrap the keys of contents anew by the master key in force. Returns how many changed.

    Raises: SealBroken, StoreUnavailable.
    """
    return rotating.rewrap(on_content)
