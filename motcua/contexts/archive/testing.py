"""Builders of the archive for tests of any context."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5

from motcua.contexts.archive.actions import disposing, packing, scheduling
from motcua.contexts.archive.contracts import ApproveDisposal, AskPackage, ProposeDisposal
from motcua.contexts.archive.models import Keeping, Package
from motcua.contexts.archive.queries.streaming import streamed
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import an_officer_account
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel.actors import Actor
from motcua.kernel.clock import city_date
from motcua.kernel.models import LedgerHead
from motcua.kernel.testing import MONDAY_9AM
from motcua.kernel.testing.sealing import sealed_unasked

DAY = timedelta(days=1)


def keeper(staff_no: str = "tho", now: datetime = MONDAY_9AM) -> Actor:
    """The archivist of the cast, or another officer, with an account."""
    account = an_officer_account(staff_no, officer_id=the_officer(staff_no).id)
    return actor_with(account.id, staff_no, now)


def actor_with(account_id: UUID, staff_no: str = "tho", now: datetime = MONDAY_9AM) -> Actor:
    return replace(acting(staff_no, city_date(now)), account_id=account_id, assurance=2)


def a_closed_birth(person: Actor, *, now: datetime = MONDAY_9AM) -> str:
    """The code of a birth registration that its applicant took back an hour later."""
    code = a_submitted_birth(person, now=now)
    dossiers.withdraw(code, "Tôi nộp nhầm nơi", actor=person, now=now + timedelta(hours=1))
    return code


def a_package(
    actor: Actor, *, sealed: bool = True, on: date | None = None, now: datetime = MONDAY_9AM + DAY
) -> UUID:
    """What ended on a day, packed and known to the ledger."""
    day = on or city_date(MONDAY_9AM)
    command = AskPackage(
        first=day, last=day, sealed=sealed, why_clear="" if sealed else "Giao Lưu trữ lịch sử"
    )
    asked = packing.ask_package(command, actor=actor, now=now)
    sealed_unasked(now=now)
    packing.pack(asked.package_id, now=now)
    LedgerHead.objects.all().delete()  # a test is one transaction, and a head takes all of one
    sealed_unasked(now=now)
    return asked.package_id


def written(package_id: UUID, path: Path, *, now: datetime = MONDAY_9AM + DAY) -> Path:
    """The package as somebody downloads it."""
    row = Package.objects.get(pk=package_id)
    path.write_bytes(b"".join(streamed(row, now=now)))
    return path


def past_its_time(code: str, *, now: datetime) -> None:
    """A closed dossier as if its procedure had kept it until the day before."""
    scheduling.note_closed(now=now)
    over = city_date(now) - DAY
    Keeping.objects.filter(code=code).update(keep_until=over, ruled=True, years=10)


def an_approved_list(*codes: str, now: datetime) -> UUID:
    """Dossiers past their time, proposed by one person and let go by another."""
    for code in codes:
        past_its_time(code, now=now)
    tho, uyen = a_known("tho", now), a_known("uyen", now)
    command = ProposeDisposal(codes=codes, why="Hết thời hạn lưu")
    made = disposing.propose(command, actor=tho, now=now)
    decision = ApproveDisposal(list_id=made.list_id, minutes="BB 02, hôm nay", kept={})
    disposing.approve(decision, actor=uyen, now=now)
    return made.list_id


def a_known(staff_no: str, now: datetime = MONDAY_9AM) -> Actor:
    """Of the cast, with an account that nobody else asks about."""
    return actor_with(uuid5(NAMESPACE_OID, staff_no), staff_no, now)
