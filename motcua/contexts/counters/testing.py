"""Builders of counters for tests of any context."""

import io
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from motcua.contexts.counters.actions.booking import book
from motcua.contexts.counters.actions.taking import take_ticket
from motcua.contexts.counters.actions.tills import open_shift
from motcua.contexts.counters.actions.windows import open_window
from motcua.contexts.counters.contracts.appointments import BookAppointment
from motcua.contexts.counters.contracts.offline import EntryKind, EntryState
from motcua.contexts.counters.contracts.queue import PriorityKind, TakeTicket, TicketChannel
from motcua.contexts.counters.models import CounterDevice, OfflineEntry, SerialRange
from motcua.contexts.counters.queries import appointments
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.testing import a_pdf
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    GivenPaper,
    PaperForm,
    PaperSource,
    Source,
    SubmitDossier,
    TakeStep,
)
from motcua.contexts.dossiers.testing import ANSWERS, BIRTH
from motcua.contexts.organisations import public as organisations
from motcua.kernel.actors import ANONYMOUS, Actor
from motcua.kernel.testing import stable_id

BEN_THANH = "26743"


def the_desk(ward: str = BEN_THANH) -> UUID:
    return organisations.one_stop_desk(ward).id


def a_ticket(
    group: str = "A",
    *,
    now: datetime,
    kind: PriorityKind | None = None,
    ward: str = BEN_THANH,
) -> UUID:
    """Taken at the kiosk of the desk."""
    command = TakeTicket(
        unit_id=the_desk(ward), group=group, channel=TicketChannel.KIOSK, kind=kind
    )
    return take_ticket(command, actor=ANONYMOUS, now=now).ticket_id


def an_appointment(*, phone: str = "0900 000 345", ward: str = BEN_THANH, now: datetime) -> UUID:
    """The first free time of the desk, for a phone."""
    desk = the_desk(ward)
    day = appointments.days(desk, now=now)[0]
    at = next(one.starts_at for one in appointments.slots(desk, day, now=now) if one.left)
    command = BookAppointment(unit_id=desk, group="A", starts_at=at, phone=phone)
    return book(command, actor=ANONYMOUS, now=now).appointment_id


def an_open_window(
    actor: Actor,
    *groups: str,
    number: int = 1,
    ward: str = BEN_THANH,
    now: datetime,
) -> UUID:
    """The officer sits there and calls these groups (A unless named)."""
    made = open_window(the_desk(ward), number=number, groups=groups or ("A",), actor=actor, now=now)
    return made.window_id


def an_open_till(
    actor: Actor, *, float_dong: int = 0, ward: str = BEN_THANH, now: datetime
) -> UUID:
    """The cashier's shift of today, so that cash may be taken."""
    made = open_shift(the_desk(ward), float_dong=float_dong, actor=actor, now=now)
    return made.shift_id


def a_paper_birth(
    receiver: Actor, applicant_person_id: UUID, *, ward: str = BEN_THANH, now: datetime
) -> str:
    """The code of a birth registration of Sài Gòn, handed in on paper at the desk of a ward."""
    receiver = replace(receiver, account_id=receiver.account_id or stable_id("account"))
    scan = documents.keep_upload(
        io.BytesIO(a_pdf()), filename="a.pdf", by=receiver, now=now,
        owner_person_id=applicant_person_id,
    )  # fmt: skip
    command = SubmitDossier(
        procedure_code=BIRTH,
        ward_code="26740",
        applicant_person_id=applicant_person_id,
        answers=ANSWERS,
        papers=(
            GivenPaper(
                component_key="giay_chung_sinh",
                source=PaperSource.SCANNED,
                form=PaperForm.ORIGINAL,
                file_id=scan.id,
            ),
        ),
        source=Source.COUNTER,
        receiving_unit_id=the_desk(ward),
    )
    code = dossiers.submit(command, actor=receiver, now=now).code
    seen = dossiers.desk_view(code, receiver, now=now).dossier.version_seen
    step = TakeStep(code=code, action="receive", seen_version=seen)
    dossiers.take_step(step, actor=receiver, now=now)
    return code


def an_offline_entry(unit_id: UUID, *, now: datetime) -> dict[str, UUID]:
    """A machine of this desk, its numbers, and an entry that an officer has settled."""
    officer = uuid4()
    device = CounterDevice.objects.create(
        unit_id=unit_id,
        name="Quầy số 3",
        public_key=b"",
        seal="",
        registered_at=now,
        registered_by=officer,
        seen_at=now,
    )
    held = SerialRange.objects.create(
        device=device,
        first=20,
        last=39,
        issued_at=now,
        issued_to=officer,
        valid_until=now + timedelta(days=3),
        signature=b"",
    )
    entry = OfflineEntry.objects.create(
        id=uuid4(),
        range=held,
        unit_id=unit_id,
        serial=20,
        code=f"H29.99-{now:%Y%m%d}-0000020",
        kind=EntryKind.VOID,
        state=EntryState.VOID,
        digest=b"",
        received_by=officer,
        sent_by=officer,
        happened_at=now,
        synced_at=now,
    )
    return {"counter_device_id": device.id, "range_id": held.id, "entry_id": entry.id}
