"""What programs hear: facts of dossiers, as codes and states."""

from collections.abc import Mapping
from uuid import UUID

from motcua.contexts.dossiers.events import (
    BulkChecked,
    BulkSent,
    DossierMoved,
    DossierSubmitted,
    SandboxMoved,
)
from motcua.contexts.webhooks import public
from motcua.contexts.webhooks.actions import telling
from motcua.contexts.webhooks.contracts import NewsKind
from motcua.contexts.webhooks.events import LetterQueued
from motcua.kernel import clock
from motcua.kernel.events import subscribe

REGISTERED = 1
Heard = DossierSubmitted | DossierMoved | SandboxMoved | BulkChecked | BulkSent


@subscribe(DossierSubmitted)
def tell_submitted(event: DossierSubmitted) -> None:
    data = {"dossier_code": event.subject, "procedure_code": event.procedure_code}
    _announce(event, NewsKind.SUBMITTED, data)


@subscribe(DossierMoved)
def tell_moved(event: DossierMoved) -> None:
    _announce(event, NewsKind.MOVED, {"dossier_code": event.subject, "status": event.status})


@subscribe(SandboxMoved)
def tell_tried(event: SandboxMoved) -> None:
    kind = NewsKind.SUBMITTED if event.status == REGISTERED else NewsKind.MOVED
    _announce(event, kind, {"dossier_code": event.subject, "status": event.status}, sandbox=True)


@subscribe(BulkChecked)
def tell_checked(event: BulkChecked) -> None:
    _announce(event, NewsKind.CHECKED, {"filing_id": event.subject}, sandbox=event.sandbox)


@subscribe(BulkSent)
def tell_sent(event: BulkSent) -> None:
    _announce(event, NewsKind.SENT, {"filing_id": event.subject}, sandbox=event.sandbox)


def _announce(
    event: Heard, kind: NewsKind, data: Mapping[str, object], *, sandbox: bool = False
) -> None:
    public.announce(
        event.applicant_person_id,
        kind,
        subject=event.subject,
        data=data,
        sandbox=sandbox,
        happened_at=event.occurred_at,
        now=clock.now(),
    )


@subscribe(LetterQueued)
def send_letter(event: LetterQueued) -> None:
    telling.send(UUID(event.subject), now=clock.now())
