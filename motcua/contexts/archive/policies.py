"""Who may see packages and dossiers read back from them: archivists, nobody else."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from motcua.contexts.archive.models import PackedDossier, RestoredDossier, RestoredFile
from motcua.contexts.privacy import public as privacy
from motcua.kernel import access
from motcua.kernel.access import EVERYTHING, Asked, Ground, Policy, where
from motcua.kernel.actors import Actor, Role

ROOM = "/luu-tru"


def _keeps(actor: Actor) -> Ground:
    return Ground("Bạn là lưu trữ viên.", where(actor.has(Role.ARCHIVIST), EVERYTHING), Asked.POST)


class PackagePolicy(Policy):
    resource = "archive.package"
    model = "archive.Package"
    what = "gói lưu trữ"
    whom = "lưu trữ viên"
    named_by: ClassVar = {"package_id": "pk"}
    lists = (f"{ROOM}/goi",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return (_keeps(actor),)


class RestoredPolicy(Policy):
    resource = "archive.restored"
    model = "archive.RestoredDossier"
    what = "hồ sơ phục hồi"
    whom = "lưu trữ viên"
    named_by: ClassVar = {"restored_id": "pk"}
    lists = (f"{ROOM}/phong-doc",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return (_keeps(actor),)


class RestoredFiles:
    """Papers of a dossier that was read back."""

    sentence = "Tệp này thuộc một hồ sơ phục hồi mà bạn trông giữ."

    def predicate(self, actor: Actor, *, now: datetime) -> Q:
        seen = access.visible(RestoredDossier.objects.all(), actor, RestoredPolicy, now=now)
        return Q(pk__in=RestoredFile.objects.filter(dossier__in=seen).order_by().values("file"))


class FilesInUse:
    """Bags and papers read back: no upload of anybody's, so that no account asks for its own."""

    def predicate(self, account_id: UUID | None = None) -> Q:
        bags = PackedDossier.objects.filter(file=OuterRef("pk"))
        papers = RestoredFile.objects.filter(file=OuterRef("pk"))
        return Q(Exists(bags)) | Q(Exists(papers))


def decides(actor: Actor) -> bool:
    """Who signs for the office that keeps the archive."""
    return privacy.signs_for_office(actor)


class KeepingPolicy(Policy):
    """How long each closed dossier is kept: archivists, and who decides about disposal."""

    resource = "archive.keeping"
    model = "archive.Keeping"
    what = "thời hạn lưu"
    whom = "lưu trữ viên"
    lists = (f"{ROOM}/thoi-han",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return (_keeps(actor), _decides(actor))


class DisposalPolicy(Policy):
    resource = "archive.disposal_list"
    model = "archive.DisposalList"
    what = "danh mục tiêu hủy"
    whom = "lưu trữ viên"
    named_by: ClassVar = {"list_id": "pk"}
    lists = (f"{ROOM}/tieu-huy",)

    def grounds(self, actor: Actor, *, now: datetime) -> tuple[Ground, ...]:
        return (_keeps(actor), _decides(actor))


def _decides(actor: Actor) -> Ground:
    return Ground("Bạn quyết định việc tiêu hủy.", where(decides(actor), EVERYTHING), Asked.POST)
