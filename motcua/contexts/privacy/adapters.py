"""What privacy adds to the policy of files: evidence of requests, copies that were made."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, UUIDField

from motcua.contexts.documents import public as documents
from motcua.contexts.privacy.models import Breach, DataRequest, DisposalRun, ImpactAssessment
from motcua.contexts.privacy.policies import DataRequestPolicy
from motcua.kernel import access
from motcua.kernel.actors import Actor, Role


class EvidenceOfRequests:
    """Evidence and papers of the room are read by the data protection officer; a copy of data
    by its owner alone.
    """

    sentence = "Tệp này kèm một yêu cầu về dữ liệu mà bạn giải quyết."

    def predicate(self, actor: Actor, *, now: datetime) -> Q:
        if not actor.has(Role.DATA_PROTECTION):
            return access.NOTHING
        seen = access.visible(DataRequest.objects.all(), actor, DataRequestPolicy, now=now)
        runs = documents.issued_about(DisposalRun.objects.order_by().values("code"))
        letters = documents.issued_about(Breach.objects.order_by().values("code"))
        impacts = documents.issued_about(ImpactAssessment.objects.order_by().values("code"))
        return Q(pk__in=_evidence(seen)) | Q(runs) | Q(letters) | Q(impacts)


class FilesInUse:
    """Evidence of requests and the copies made for them."""

    def predicate(self, account_id: UUID | None = None) -> Q:
        copies = DataRequest.objects.filter(
            Q(package=OuterRef("pk")) | Q(package_data=OuterRef("pk"))
        )
        return Q(pk__in=_evidence(DataRequest.objects.all())) | Q(Exists(copies))


def _evidence(rows: "QuerySet[DataRequest]") -> "QuerySet[DataRequest, Any]":
    each = Func(
        F("file_ids"),
        template="(jsonb_array_elements_text(%(expressions)s))::uuid",
        output_field=UUIDField(),
    )
    return rows.exclude(file_ids=[]).order_by().values_list(each, flat=True)
