"""What dossiers add to the policies of the contexts below: files and bills of a dossier."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers.models import Dossier, DossierPaper
from motcua.contexts.dossiers.policies import DossierPolicy
from motcua.kernel import access
from motcua.kernel.actors import Actor


class FilesOfDossiers:
    """Whoever may see a dossier may read its papers, and the letters and results issued on it."""

    sentence = "Tệp này thuộc hồ sơ bạn được xem."

    def predicate(self, actor: Actor, *, now: datetime) -> Q:
        seen = access.visible(Dossier.objects.all(), actor, DossierPolicy, now=now)
        papers = DossierPaper.objects.filter(file=OuterRef("pk"), dossier__in=seen)
        issued = documents.issued_about(seen.order_by().values("code"))
        return Q(Exists(papers)) | Q(issued)


def bills_of_dossiers(actor: Actor, now: datetime) -> Q:
    """Whoever may see a dossier may see its bill."""
    seen = access.visible(Dossier.objects.all(), actor, DossierPolicy, now=now)
    return Q(subject__in=seen.order_by().values("code"))
