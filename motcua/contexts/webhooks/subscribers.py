"""What programs hear: facts of dossiers, as codes and states."""

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


@subscribe(DossierSubmitted)
def tell_submitted(event: DossierSubmitted) -> None:
    public.announce(
        event.applicant_person_id,
        NewsKind.SUBMITTED,
        subject=event.subject,
        data={"dossier_code": event.subject, "procedure_code": event.procedure_code},
        sandbox=False,
        happened_at=event.occurred_at,
        now=clock.now(),
    )


@subscribe(DossierMoved)
def tell_moved(event: DossierMoved) -> None:
    public.announce(
        event.applicant_person_id,
        NewsKind.MOVED,
        subject=event.subject,
        data={"dossier_code": event.subject, "status": event.status},
        sandbox=False,
        happened_at=event.occurred_at,
        now=clock.now(),
    )


@subscribe(SandboxMoved)
def tell_tried(event: SandboxMoved) -> None:
    kind = NewsKind.SUBMITTED if event.status == REGISTERED else NewsKind.MOVED
    public.announce(
        event.applicant_person_id,
        kind,
        subject=event.subject,
        data={"dossier_code": event.subject, "status": event.status},
        sandbox=True,
        happened_at=event.occurred_at,
        now=clock.now(),
    )


@subscribe(BulkChecked)
def tell_checked(event: BulkChecked) -> None:
    _of_filing(event, NewsKind.CHECKED)


@subscribe(BulkSent)
def tell_sent(event: BulkSent) -> None:
    _of_filing(event, NewsKind.SENT)


def _of_filing(event: BulkChecked | BulkSent, kind: NewsKind) -> None:
    public.announce(
        event.applicant_person_id,
        kind,
        subject=event.subject,
        data={"filing_id": event.subject},
        sandbox=event.sandbox,
        happened_at=event.occurred_at,
        now=clock.now(),
    )


@subscribe(LetterQueued)
def send_letter(event: LetterQueued) -> None:
    telling.send(UUID(event.subject), now=clock.now())
