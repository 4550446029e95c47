"""Accounts for the officers on the staff list and people for the citizens of the cast."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.management.base import BaseCommand

from motcua.contexts.exchange import public as exchange
from motcua.contexts.identity.actions.accounts import NewAccount, open_officer_accounts
from motcua.contexts.identity.actions.clearance import clear_sample_officers
from motcua.contexts.identity.actions.factors import SampleApp, add_sample_apps
from motcua.contexts.identity.actions.people import register_person
from motcua.contexts.identity.contracts import NewPerson, Source
from motcua.contexts.identity.management.sample_mandates import give_sample_mandates
from motcua.contexts.identity.queries import accounts, factors, people
from motcua.contexts.identity.queries.clearance import officers_ever_trained
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.console import progress

BATCH = 500
NOT_CLEARED = "26740.2-cv3"  # so that a sample city shows what is withheld
CERTIFICATE = "01/GCN-TH"
CITIZENS = (
    NewPerson(
        full_name="Nguyễn Thị Ánh Tuyết", personal_number="079190999001", sex="nu",
        born_on=date(1990, 5, 12), email="anh.tuyet@example.vn", phone="0900000001",
        address_text="12 Nguyễn Huệ, Phường Sài Gòn, Thành phố Hồ Chí Minh",
        ward_code="26740", source=Source.SEED,
    ),
    NewPerson(
        full_name="Lê Minh Khoa", personal_number="079188999002", sex="nam",
        born_on=date(1988, 3, 2), email="minh.khoa@example.vn", phone="0900000002",
        address_text="12 Nguyễn Huệ, Phường Sài Gòn, Thành phố Hồ Chí Minh",
        ward_code="26740", source=Source.SEED,
    ),
)  # fmt: skip


class Command(BaseCommand):
    help = "Open sample accounts for officers and register the sample citizens; safe to repeat."

    def handle(self, **options: Any) -> None:
        now = clock.now()
        for told in CITIZENS:
            if not people.people_with_number(told.personal_number):
                register_person(told, actor=SYSTEM, now=now)
        head, helper = (people.people_with_number(one.personal_number)[0] for one in CITIZENS)
        give_sample_mandates(head.root_id, helper.root_id, now=now)
        cleared = _clear_officers(now=now)
        self.stdout.write(f"{cleared} officers were trained and have signed their commitment.")
        if not settings.DEVELOPMENT_PASSWORD:
            self.stdout.write("No development password here, so no sample accounts are opened.")
            return
        opened = _open_accounts(settings.DEVELOPMENT_PASSWORD, now=now)
        self.stdout.write(f"{opened} officer accounts opened or refreshed.")
        if settings.SIMULATORS:
            _give_apps(now=now)


def _clear_officers(*, now: datetime) -> int:
    """All but one, who shows what an officer without clearance sees."""
    known = officers_ever_trained()
    wanted = [
        officer.id
        for officer in organisations.all_officers()
        if officer.staff_no != NOT_CLEARED and officer.id not in known
    ]
    with progress(total=len(wanted), label="Tập huấn, cam kết") as bar:
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            clear_sample_officers(batch, certificate=CERTIFICATE, actor=SYSTEM, now=now)
            bar.update(len(batch))
    return len(wanted)


def _open_accounts(password: str, *, now: datetime) -> int:
    """One hash for all: they share one password, and hashing is slow on purpose."""
    held = accounts.password_hashes_of_officers()
    fits = {hashed: check_password(password, hashed) for hashed in set(held.values())}
    missing = [
        officer
        for officer in organisations.all_officers()
        if not fits.get(held.get(officer.id, ""), False)
    ]
    hashed = make_password(password) if missing else ""
    with progress(total=len(missing), label="Tài khoản cán bộ") as bar:
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            wanted = tuple(
                NewAccount(username=o.staff_no, officer_id=o.id, password_hash=hashed)
                for o in batch
            )
            open_officer_accounts(wanted, actor=SYSTEM, now=now)
            bar.update(len(batch))
    return len(missing)


def _give_apps(*, now: datetime) -> None:
    """The stand-in app of codes, for whoever never had a factor; a chosen one is left alone."""
    held = accounts.accounts_of_officers([o.id for o in organisations.all_officers()])
    had = factors.accounts_with_any([account.id for account in held.values()])
    missing = [account for account in held.values() if account.id not in had]
    for start in range(0, len(missing), BATCH):
        wanted = tuple(
            SampleApp(account_id=a.id, secret=exchange.sample_authenticator(a.username))
            for a in missing[start : start + BATCH]
        )
        add_sample_apps(wanted, actor=SYSTEM, now=now)
