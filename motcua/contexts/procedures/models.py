"""Thủ tục hành chính: procedures, their versions in time, the national catalogue's own records."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from motcua.contexts.procedures.contracts import Definition, Online, Routing, Source, VersionState
from motcua.contexts.procedures.rules.writing import definition_table, digest_of
from motcua.kernel.db import uuid7

STORED = (
    VersionState.DRAFT,
    VersionState.PUBLISHED,
    VersionState.REPEALED,
    VersionState.TRIAL,
)
NOT_GENERAL = (VersionState.DRAFT.value, VersionState.TRIAL.value)  # not for the whole city


class Procedure(models.Model):
    """One code of the national catalogue. What it says is in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField("mã thủ tục", max_length=16, unique=True)
    created_at = models.DateTimeField("tạo lúc")

    class Meta:
        ordering = ("code",)
        verbose_name = "thủ tục"
        verbose_name_plural = "thủ tục"

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """A version: a draft that may change, or published content that never does.

    A trigger refuses any other change of a published row than closing its period and its
    withdrawal; another refuses two published versions of one procedure on the same day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("phiên bản số")
    state = models.CharField("trạng thái", max_length=16)
    source = models.CharField("nguồn", max_length=16)
    valid_from = models.DateField("có hiệu lực từ", null=True)
    valid_to = models.DateField("hết hiệu lực từ", null=True)
    name = models.CharField("tên", max_length=2000)
    name_en = models.CharField(max_length=2000, blank=True)
    field = models.CharField("lĩnh vực", max_length=300)
    field_code = models.CharField(max_length=60, blank=True)
    levels = models.JSONField("cấp thực hiện")
    agency_key = models.CharField(max_length=60, blank=True)
    routing = models.CharField(max_length=20)
    online = models.CharField("mức độ trực tuyến", max_length=16)
    keywords = models.JSONField("từ người dân dùng")
    life_events = models.JSONField("sự kiện trong đời")
    is_runnable = models.BooleanField("nộp được tại đây")
    generic = models.BooleanField("dùng biểu mẫu chung", default=False)
    not_filed = models.CharField("chưa nộp được vì", max_length=20, blank=True)
    digest = models.CharField(max_length=64)
    content = models.JSONField("nội dung")
    process = models.ForeignKey(
        "casework.ProcessDefinition", on_delete=models.PROTECT, null=True, related_name="+"
    )
    written_by = models.UUIDField("người soạn", null=True)
    written_at = models.DateTimeField("soạn lúc")
    published_by = models.UUIDField("người duyệt", null=True)
    published_at = models.DateTimeField("công bố lúc", null=True)

    class Meta:
        ordering = ("procedure", "number")
        verbose_name = "phiên bản thủ tục"
        verbose_name_plural = "phiên bản thủ tục"
        indexes = (
            models.Index(
                fields=("procedure", "valid_from"),
                name="procedures_in_force",
                condition=~Q(state=VersionState.DRAFT.value),
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("procedure", "number"), name="procedures_number_once"),
            models.UniqueConstraint(
                fields=("procedure",),
                condition=Q(state=VersionState.DRAFT.value),
                name="procedures_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                name="procedures_period_forward",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in STORED]), name="procedures_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT.value, published_at__isnull=True)
                | (~Q(state=VersionState.DRAFT.value) & Q(published_at__isnull=False)),
                name="procedures_published_has_time",
            ),
            models.CheckConstraint(
                condition=Q(routing__in=[r.value for r in Routing])
                & Q(online__in=[o.value for o in Online])
                & Q(source__in=[s.value for s in Source]),
                name="procedures_known_words",
            ),
        )

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"

    @classmethod
    def draft(
        cls,
        procedure: Procedure,
        definition: Definition,
        *,
        number: int,
        by: UUID | None,
        at: datetime,
    ) -> Self:
        """A new draft, not yet saved."""
        version = cls(
            procedure=procedure,
            number=number,
            state=VersionState.DRAFT.value,
            written_by=by,
            written_at=at,
        )
        version.write(definition)
        return version

    def write(self, definition: Definition) -> None:
        """Take over the content of the definition, and the columns that lists read."""
        self.source = definition.source.value
        self.valid_from = definition.valid_from
        self.name, self.name_en = definition.name, definition.name_en
        self.field, self.field_code = definition.field, definition.field_code
        self.levels = [level.value for level in definition.levels]
        self.agency_key = definition.agency_key
        self.routing, self.online = definition.routing.value, definition.online.value
        self.keywords = list(definition.keywords)
        self.life_events = list(definition.life_events)
        self.is_runnable, self.generic = definition.is_runnable, definition.generic
        self.not_filed = definition.not_filed.value if definition.not_filed else ""
        self.digest = digest_of(definition)
        self.content = definition_table(definition)

    def put_on_trial(
        self, *, valid_from: date, process_id: UUID | None, by: UUID | None, at: datetime
    ) -> None:
        """Make it final, for some communes only; which, and until when, its `Trial` says."""
        self.publish(valid_from=valid_from, process_id=process_id, by=by, at=at)
        self.state = VersionState.TRIAL.value

    def publish(
        self, *, valid_from: date | None, process_id: UUID | None, by: UUID | None, at: datetime
    ) -> None:
        """Make it final. The caller has closed the period before."""
        self.state = VersionState.PUBLISHED.value
        self.valid_from, self.process_id = valid_from, process_id
        self.published_by, self.published_at = by, at


class DraftRevision(models.Model):
    """Một lần lưu: the draft as it was saved; `came_from` is the revision that undoing leads to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="+")
    serial = models.PositiveIntegerField("lần lưu thứ")
    came_from = models.PositiveIntegerField("từ lần lưu", null=True)
    content = models.JSONField("nội dung")
    said = models.CharField("đổi gì", max_length=500, blank=True)
    saved_by = models.UUIDField("người lưu", null=True)
    saved_at = models.DateTimeField("lưu lúc")

    class Meta:
        ordering = ("version", "serial")
        verbose_name = "lần lưu bản soạn"
        verbose_name_plural = "lần lưu bản soạn"
        constraints = (
            models.UniqueConstraint(fields=("version", "serial"), name="procedures_saved_once"),
        )

    def __str__(self) -> str:
        return f"{self.version_id} #{self.serial}"


class Trial(models.Model):
    """Công bố thử: for a while, new dossiers of these communes get this version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    version = models.OneToOneField(ProcedureVersion, on_delete=models.PROTECT, related_name="+")
    wards = models.JSONField("phường, xã")
    starts_on = models.DateField("thử từ")
    ends_on = models.DateField("thử đến trước")
    started_by = models.UUIDField("người cho thử", null=True)
    ended_at = models.DateTimeField("kết thúc lúc", null=True)
    ended_by = models.UUIDField("người kết thúc", null=True)
    outcome = models.CharField("kết thúc thế nào", max_length=16, blank=True)

    class Meta:
        ordering = ("-starts_on", "-id")
        verbose_name = "lần công bố thử"
        verbose_name_plural = "lần công bố thử"
        constraints = (
            models.UniqueConstraint(
                fields=("procedure",),
                condition=Q(ended_at__isnull=True),
                name="procedures_one_trial",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lt=F("ends_on")), name="procedures_trial_forward"
            ),
        )

    def __str__(self) -> str:
        return f"{self.version_id} {self.starts_on} {self.ends_on}"


class NationalRecord(models.Model):
    """A record of the national catalogue (CSDLQG về TTHC) as it was imported: reference data."""

    code = models.CharField("mã thủ tục", max_length=16, primary_key=True)
    digest = models.CharField(max_length=64)
    content = models.JSONField("bản ghi")
    imported_at = models.DateTimeField("nhập lúc")

    class Meta:
        ordering = ("code",)
        verbose_name = "bản ghi danh mục quốc gia"
        verbose_name_plural = "bản ghi danh mục quốc gia"

    def __str__(self) -> str:
        return self.code


class ClosedForm(models.Model):
    """Tạm ngừng nhận: while it stands, the generic form of this procedure is not filed here."""

    code = models.CharField("mã thủ tục", max_length=16, primary_key=True)
    why = models.CharField("vì sao", max_length=300)
    closed_at = models.DateTimeField("ngừng lúc")
    closed_by = models.UUIDField("người ngừng", null=True)

    class Meta:
        ordering = ("code",)
        verbose_name = "biểu mẫu chung tạm ngừng"
        verbose_name_plural = "biểu mẫu chung tạm ngừng"

    def __str__(self) -> str:
        return self.code


class ImportRun(models.Model):
    """One import of the national catalogue: the file, and what became of its rows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file = models.CharField("tệp", max_length=200)
    started_at = models.DateTimeField("bắt đầu lúc")
    ended_at = models.DateTimeField("xong lúc")
    read = models.PositiveIntegerField("đọc được")
    created = models.PositiveIntegerField("mới")
    changed = models.PositiveIntegerField("thay đổi")
    unchanged = models.PositiveIntegerField("như cũ")
    reference_only = models.PositiveIntegerField("chỉ để đối chiếu")
    unreadable = models.PositiveIntegerField("không đọc được")

    class Meta:
        ordering = ("-started_at", "-id")
        verbose_name = "lần nhập danh mục"
        verbose_name_plural = "lần nhập danh mục"

    def __str__(self) -> str:
        return f"{self.file} {self.started_at:%Y-%m-%d %H:%M}"


class ImportRemark(models.Model):
    """What was said about one row of an import; unreadable: nothing of the row was taken."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+")
    row = models.PositiveIntegerField("dòng")
    code = models.CharField("mã thủ tục", max_length=40, blank=True)
    why = models.TextField("vì sao")
    unreadable = models.BooleanField()

    class Meta:
        ordering = ("run", "row")
        verbose_name = "ghi chú của lần nhập"
        verbose_name_plural = "ghi chú của lần nhập"
        indexes = (
            models.Index(fields=("run", "unreadable", "row", "id"), name="procedures_import_rows"),
        )

    def __str__(self) -> str:
        return f"{self.row}: {self.why}"


class CatalogueEdition(models.Model):
    """One row whose token changes with every publication, so that processes notice it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    token = models.UUIDField(default=uuid7)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="procedures_one_edition"),)

    def __str__(self) -> str:
        return str(self.token)
