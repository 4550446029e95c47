"""Questions to the register of files and of issued papers."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from motcua.contexts.documents.contracts import (
    Advice,
    BatchNotFound,
    BatchView,
    FileInfected,
    FileNotFound,
    FileNotScannable,
    FileView,
    FileWaiting,
    IssuedKind,
    IssuedView,
    ItemState,
    ItemView,
    ScanVerdict,
    UploadNotFound,
    UploadProgress,
)
from motcua.contexts.documents.contracts.copies import CopyKind, CopyView
from motcua.contexts.documents.models import (
    CertifiedCopy,
    DocumentNumber,
    FileOrigin,
    IssuedDocument,
    PartialUpload,
    Rectification,
    SignedPaper,
    SigningBatch,
    SigningItem,
    StoredFile,
    UploadPart,
)
from motcua.contexts.documents.ports import read_rules, uses
from motcua.contexts.documents.rules.limits import UPLOAD_LIVES
from motcua.kernel import db
from motcua.kernel.access import Asked, Ground, Policy, visible, where
from motcua.kernel.actors import Act, Actor, Mandate
from motcua.kernel.clearance import check_may_read
from motcua.kernel.clock import city_time
from motcua.kernel.privacy import DataClass

CONTENT = "StoredFile.content"  # in the read log, where no sealed field holds what was read
JUST_UPLOADED = timedelta(days=1)  # until then a desk may look at what it scanned itself


class FilePolicy(Policy):
    """Owner, uploader, and whoever a context above lets read it (officers with a task)."""

    resource = "documents.file"
    model = "documents.StoredFile"
    what = "tệp"
    whom = "đơn vị đang giải quyết hồ sơ có tệp này"
    named_by: ClassVar = {"file_id": "pk"}
    lists = ("/giay-to",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        reaches = actor.party_ids and (actor.mandate is None or _reaches_all(actor.mandate))
        own = where(reaches, Q(owner_person_id__in=actor.party_ids))
        mine = Q(uploaded_by=actor.account_id)
        if actor.is_citizen:  # what one brought for somebody else stays with that matter
            mine &= Q(owner_person_id__isnull=True) | Q(owner_person_id__in=actor.party_ids)
        else:
            mine &= Q(created_at__gt=now - JUST_UPLOADED)
        return (
            Ground("Tệp này là giấy tờ của bạn.", own),
            Ground("Bạn là người tải tệp này lên.", where(actor.account_id, mine)),
            *(
                Ground(rule.sentence, rule.predicate(actor, now=now), Asked.UNIT)
                for rule in (read_rules() if actor.is_signed_in else ())
            ),
        )


class UploadPolicy(Policy):
    """Only the account that brings it, on whatever device."""

    resource = "documents.upload"
    model = "documents.PartialUpload"
    what = "tệp đang tải lên"
    named_by: ClassVar = {"upload_id": "pk"}

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        mine = Q(account_id=actor.account_id)
        return (Ground("Bạn là người tải tệp này lên.", where(actor.account_id, mine)),)


class IssuedPolicy(Policy):
    """Whose paper it is, and who acts for them in everything; for passing it on."""

    resource = "documents.issued"
    model = "documents.IssuedDocument"
    what = "giấy tờ đã ban hành"
    named_by: ClassVar = {"issued_id": "pk"}

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return (Ground("Giấy này được cấp cho bạn.", own_papers(actor)),)


class SharePolicy(Policy):
    """Whose paper it is sees every link to it, whoever made it."""

    resource = "documents.share"
    model = "documents.SharedPaper"
    what = "liên kết chia sẻ"
    named_by: ClassVar = {"share_id": "pk"}

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return (Ground("Liên kết này mở giấy tờ của bạn.", own_papers(actor)),)


class BatchPolicy(Policy):
    """Only whoever signs it."""

    resource = "documents.batch"
    model = "documents.SigningBatch"
    what = "đợt ký"
    named_by: ClassVar = {"batch_id": "pk"}

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        mine = Q(account_id=actor.account_id)
        return (Ground("Bạn là người ký đợt này.", where(actor.account_id, mine)),)


def batch_for(batch_id: UUID, actor: Actor, *, now: datetime) -> BatchView:
    """Raises: BatchNotFound."""
    row = visible(SigningBatch.objects.filter(pk=batch_id), actor, BatchPolicy, now=now).first()
    if row is None:
        raise BatchNotFound
    return _batch_view(row)


def open_batches(actor: Actor, *, now: datetime) -> tuple[BatchView, ...]:
    """Those of the actor that stopped before their end, newest first."""
    waiting = SigningItem.objects.filter(batch=OuterRef("pk"), state=ItemState.WAITING)
    rows = visible(SigningBatch.objects.filter(Exists(waiting)), actor, BatchPolicy, now=now)
    return tuple(
        _batch_view(row) for row in rows.prefetch_related("items").order_by("-begun_at")[:5]
    )


def _batch_view(row: SigningBatch) -> BatchView:
    return BatchView(
        id=row.pk,
        begun_at=row.begun_at,
        stopped=row.stopped,
        items=tuple(
            ItemView(
                subject=item.subject,
                seen_version=item.seen_version,
                state=ItemState(item.state),
                said=item.said,
                at=item.at,
            )
            for item in sorted(row.items.all(), key=lambda one: one.place)
        ),
    )


def numbers_of(subject: str) -> tuple[str, ...]:
    """Số và ký hiệu of the papers of a matter, as «12/QĐ-UBND»."""
    rows = DocumentNumber.objects.filter(subject=subject).order_by("taken_at", "pk")
    return tuple(str(row) for row in rows)


def copies_of(subject: str) -> tuple[CopyView, ...]:
    """Certified copies of the papers of a matter, in their order."""
    rows = CertifiedCopy.objects.filter(issued__subject=subject).select_related("issued", "source")
    return tuple(
        CopyView(
            issued_id=row.issued_id,
            verify_code=row.issued.verify_code,
            file_id=row.issued.file_id,
            kind=CopyKind(row.kind),
            number=row.number,
            made_at=city_time(row.at),
            source_code=row.source.verify_code,
            of_revoked=row.of_revoked,
        )
        for row in rows.order_by("at", "pk")
    )


def original_of(issued_id: UUID) -> IssuedDocument | None:
    """What a copy was made of in the end: of a «sao lục» the original of its «sao y»."""
    rows = CertifiedCopy.objects.select_related("source", "source__replaced_by")
    found, at = None, issued_id
    while (row := rows.filter(issued=at).first()) is not None:
        found, at = row.source, row.source_id
    return found


def rectified(subject: str) -> dict[str, object]:
    """What corrections so far say otherwise than was filed, key to value."""
    rows = Rectification.objects.filter(subject=subject).order_by("at", "pk")
    return {key: value for row in rows for key, value in row.changed.items()}


def is_signed(subject: str) -> bool:
    """Whether an officer's signature waits for the seal."""
    rows = SignedPaper.objects.filter(subject=subject, sealed_at=None, dropped_at=None)
    return rows.exists()


def own_papers(actor: Actor) -> Q:
    """Over rows with an owner: one's own, or of whom one acts for in everything."""
    reaches = actor.party_ids and (actor.mandate is None or _reaches_all(actor.mandate))
    return where(reaches, Q(owner_person_id__in=actor.party_ids))


def _reaches_all(mandate: Mandate) -> bool:
    """A narrower one reads through the dossiers it reaches."""
    return Act.RECEIVE in mandate.acts and not mandate.is_limited


def file_for(file_id: UUID, actor: Actor, *, now: datetime) -> FileView:
    """Raises: FileNotFound, also when it exists and the actor may not see it."""
    kept = StoredFile.objects.filter(pk=file_id, disposed_at__isnull=True)
    row = visible(kept, actor, FilePolicy, now=now).first()
    if row is None:
        raise FileNotFound
    return view_of(row)


def upload_for(upload_id: UUID, actor: Actor, *, now: datetime) -> PartialUpload:
    """Raises: UploadNotFound, also when it waited too long or is somebody else's."""
    living = PartialUpload.objects.filter(pk=upload_id, touched_at__gt=now - UPLOAD_LIVES)
    row = visible(living, actor, UploadPolicy, now=now).first()
    if row is None:
        raise UploadNotFound
    return row


def progress_of(row: PartialUpload) -> UploadProgress:
    return UploadProgress(id=row.pk, size=row.size, received=row.received)


def parts_of(row: PartialUpload) -> tuple[UploadPart, ...]:
    return tuple(UploadPart.objects.filter(upload=row).order_by("begins"))


def stopped_upload(
    account_id: UUID, stated_hash: str, size: int, *, now: datetime
) -> PartialUpload | None:
    """The newest of the account that should become these very bytes."""
    open_ones = PartialUpload.objects.filter(
        account_id=account_id,
        stated_hash=stated_hash,
        size=size,
        file=None,
        touched_at__gt=now - UPLOAD_LIVES,
    )
    return open_ones.order_by("-touched_at").first()


def bytes_announced(account_id: UUID, *, now: datetime) -> tuple[int, int]:
    """How many files of an account are still to come, and how large they said they are."""
    open_ones = PartialUpload.objects.filter(
        account_id=account_id, file=None, touched_at__gt=now - UPLOAD_LIVES
    )
    return count_and_size(open_ones)


def issued_about(subjects: "QuerySet[Any, Any]", *, results: bool = True) -> Exists:
    """Predicate over files: an issued paper on one of these subjects (a query of codes).

    results: False leaves out what was decided.
    """
    issued = IssuedDocument.objects.filter(file=OuterRef("pk"), subject__in=subjects)
    return Exists(issued if results else issued.exclude(kind__in=[IssuedKind.RESULT]))


_OWN_FILES = """
SELECT id FROM documents_storedfile
WHERE id = ANY($1::uuid[]) AND (uploaded_by = ANY($2::uuid[]) OR owner_person_id = ANY($2::uuid[]))
    AND scan NOT IN ('INFECTED', 'TOO_LARGE')
"""


def own_files(file_ids: Collection[UUID], actor: Actor) -> frozenset[UUID]:
    """Those of the files that the actor brought or that are about the actor: what one may hand in.
    One in which a scanner found malware is not among them.

    Narrower than what one may read, and one short query however many files.
    """
    mine = [one for one in (actor.account_id, *actor.party_ids) if one]
    return frozenset(file_id for (file_id,) in db.read(_OWN_FILES, list(file_ids), mine))


def unused(account_id: UUID | None = None) -> "QuerySet[StoredFile]":
    """Files that no row of any context names; of one account when it is given."""
    rows = StoredFile.objects.exclude(Exists(IssuedDocument.objects.filter(file=OuterRef("pk"))))
    rows = rows.exclude(Exists(SignedPaper.objects.filter(file=OuterRef("pk"))))
    if account_id is not None:
        rows = rows.filter(uploaded_by=account_id)
    for use in uses():
        rows = rows.exclude(use.predicate(account_id))
    return rows


def count_and_size(rows: "QuerySet[StoredFile] | QuerySet[PartialUpload]") -> tuple[int, int]:
    told = rows.aggregate(files=Count("pk"), size=Sum("size"))
    return told["files"], told["size"] or 0


def file_by_id(file_id: UUID) -> FileView:
    """For neighbours that have checked their own policy. Raises: FileNotFound."""
    row = StoredFile.objects.filter(pk=file_id).first()
    if row is None:
        raise FileNotFound
    return view_of(row)


def files_by_id(ids: Iterable[UUID]) -> dict[UUID, FileView]:
    rows = StoredFile.objects.filter(pk__in=set(ids)).order_by("pk")
    return {row.pk: view_of(row) for row in rows}


def origins_of(file_ids: Collection[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """What joined files were made of, in their order, where all of it is still there."""
    found: dict[UUID, list[UUID | None]] = {}
    rows = FileOrigin.objects.filter(file__in=file_ids).order_by("file", "place")
    for file_id, origin_id in rows.values_list("file_id", "origin_id"):
        found.setdefault(file_id, []).append(origin_id)
    return {
        file_id: tuple(one for one in origins if one)
        for file_id, origins in found.items()
        if len(origins) > 1 and all(origins)
    }


def issued_of(subject: str) -> tuple[IssuedView, ...]:
    kept = IssuedDocument.objects.filter(subject=subject, file__disposed_at__isnull=True)
    rows = kept.select_related("replaced_by")
    return tuple(issued_view(row) for row in rows.order_by("issued_at", "pk"))


def last_issued(subjects: Collection[str], *, kind: IssuedKind) -> dict[str, datetime]:
    """When the last paper of this kind was issued on each code that has one. One query."""
    rows = IssuedDocument.objects.filter(subject__in=set(subjects), kind=kind.value)
    found = rows.order_by("subject").values_list("subject").annotate(last=Max("issued_at"))
    return dict(found)


def issued_by_file(file_ids: Collection[UUID]) -> dict[UUID, IssuedView]:
    """Those of the files that the city signed itself."""
    rows = IssuedDocument.objects.filter(file__in=file_ids).select_related("replaced_by")
    return {row.file_id: issued_view(row) for row in rows.order_by("pk")}


def issued_for_person(
    person_id: UUID, *, kinds: Iterable[IssuedKind] = (IssuedKind.RESULT,), limit: int = 100
) -> tuple[IssuedView, ...]:
    """The wallet, newest first."""
    rows = IssuedDocument.objects.filter(owner_person_id=person_id, kind__in=list(kinds))
    rows = rows.select_related("replaced_by").order_by("-issued_at", "-pk")
    return tuple(issued_view(row) for row in rows[:limit])


def wallet_of(
    actor: Actor, *, kinds: Iterable[IssuedKind], now: datetime, limit: int = 100
) -> tuple[IssuedView, ...]:
    """What was decided for the party, newest first; under a narrow mandate what that reaches."""
    rows = IssuedDocument.objects.filter(owner_person_id__in=actor.party_ids, kind__in=list(kinds))
    if actor.mandate and not _reaches_all(actor.mandate):
        rows = rows.filter(file__in=visible(StoredFile.objects.all(), actor, FilePolicy, now=now))
    rows = rows.select_related("replaced_by").order_by("-issued_at", "-pk")
    return tuple(issued_view(row) for row in rows[:limit])


def issued_by_code(code: str) -> IssuedDocument | None:
    rows = IssuedDocument.objects.filter(verify_code=code)
    return rows.select_related("replaced_by").first()


def issued_by_hash(sha256: str) -> IssuedDocument | None:
    rows = IssuedDocument.objects.filter(sha256=sha256)
    return rows.select_related("replaced_by").first()


def is_recorded(sha256: str) -> bool:
    """Whether any row needs these bytes."""
    kept = StoredFile.objects.filter(sha256=sha256, disposed_at__isnull=True)
    return kept.exists() or UploadPart.objects.filter(sha256=sha256).exists()


def recorded_hashes(after: str, *, limit: int) -> tuple[str, ...]:
    """Distinct hashes in their order, by keyset; for the check of the whole store."""
    kept = StoredFile.objects.filter(sha256__gt=after, disposed_at__isnull=True)
    rows = kept.order_by("sha256")
    return tuple(rows.values_list("sha256", flat=True).distinct()[:limit])


def hold_bytes(sha256: str) -> None:
    """Until this transaction ends the sweep leaves these bytes alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [f"bytes {sha256}"]
        )


def may_sweep_bytes(sha256: str) -> bool:
    """Take the bytes for this transaction alone; False while anybody is recording them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"bytes {sha256}"]
        )
        (taken,) = cursor.fetchone()
    return bool(taken)


def view_of(row: StoredFile) -> FileView:
    return FileView(
        id=row.pk,
        sha256=row.sha256,
        size=row.size,
        media_type=row.media_type,
        filename=row.filename,
        pages=row.pages,
        created_at=city_time(row.created_at),
        active_content=row.active_content,
        scan=row.scan,
        notice=row.notice,
        data_class=DataClass(row.data_class),
        owner_person_id=row.owner_person_id,
        uploaded_by=row.uploaded_by,
        advice=tuple(Advice(code) for code in row.advice.split()),
    )


def check_cleared(file: FileView, actor: Actor) -> None:
    """One's own files need no clearance, whatever post one holds. Raises: ClearanceNeeded."""
    own = file.owner_person_id is not None and file.owner_person_id == actor.person_id
    check_may_read(file.data_class, actor, own=own)


def check_scanned(file: FileView, reader: UUID | None = None) -> None:
    """Whoever sent it may look at it while it waits; nobody opens what was found bad.

    reader: an account. Raises: FileWaiting, FileInfected, FileNotScannable.
    """
    if file.scan == ScanVerdict.INFECTED:
        raise FileInfected
    if file.scan == ScanVerdict.TOO_LARGE:
        raise FileNotScannable
    if file.is_waiting and (reader is None or file.uploaded_by != reader):
        raise FileWaiting


def verify_url(code: str) -> str:
    """Where anybody checks the paper; printed as QR."""
    return f"{settings.PUBLIC_ORIGIN}/xac-minh/{code}"


def issued_view(row: IssuedDocument) -> IssuedView:
    return IssuedView(
        id=row.pk,
        kind=row.kind,
        verify_code=row.verify_code,
        sha256=row.sha256,
        url=verify_url(row.verify_code),
        file_id=row.file_id,
        subject=row.subject,
        title=row.title,
        issued_at=city_time(row.issued_at),
        signer_name=row.signer_name,
        signer_position=row.signer_position,
        unit_name=row.unit_name,
        revoked_at=city_time(row.revoked_at) if row.revoked_at else None,
        revoked_reason=row.revoked_reason,
        replaced_by_code=row.replaced_by.verify_code if row.replaced_by else "",
    )
