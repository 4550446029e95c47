"""Lines of the read log as requests would have left them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.kernel import clock
from motcua.kernel.actors import ActorKind, Role
from motcua.kernel.models import ReadLine
from motcua.kernel.purpose import Purpose


def read_lines(
    subjects: Iterable[UUID | None],
    *,
    account_id: UUID | None = None,
    kind: ActorKind = ActorKind.OFFICER,
    purpose: Purpose = Purpose.SERVE_AT_COUNTER,
    at: datetime | None = None,
    address: str = "GET /ban",
) -> list[ReadLine]:
    """Somebody read the name of each of these people."""
    role = Role.RECEIVER.value if kind is ActorKind.OFFICER else ""
    return ReadLine.objects.bulk_create(
        ReadLine(
            at=at or clock.now(),
            subject_id=subject,
            account_id=account_id,
            actor_kind=kind.value,
            role=role,
            purpose=purpose.value,
            case_code="",
            address=address,
            fields=["Person.full_name"],
        )
        for subject in subjects
    )
