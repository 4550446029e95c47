"""Scans behind mandates and numbers: identity lies below us, so we ask it ourselves."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from motcua.contexts.identity import public as identity
from motcua.kernel.actors import Actor


class EvidenceOfPeople:
    """Both sides of a mandate, and who answers for numbers, read the scan it rests on."""

    sentence = "Tệp này là căn cứ của một ủy quyền hoặc một lần đổi số bạn được xem."

    def predicate(self, actor: Actor, *, now: datetime) -> Q:
        return identity.evidence_seen(actor, now=now)


class EvidenceInUse:
    """A mandate, or a change of a number, names the scan."""

    def predicate(self, account_id: UUID | None = None) -> Q:
        return identity.evidence_used(account_id)
