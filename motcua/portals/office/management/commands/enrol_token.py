"""`motcua enrol_token STAFF_NO --by USERNAME`: read the certificate on an officer's token."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.contexts.documents import public as documents
from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.kernel import clock
from motcua.kernel.errors import DomainError


class Command(BaseCommand):
    help = "Đọc chứng thư trên token của một cán bộ; quản trị viên thứ hai xác nhận trên trang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("staff_no", help="mã cán bộ có token đang cắm")
        parser.add_argument("--by", required=True, help="tên đăng nhập của quản trị viên đăng ký")

    def handle(self, *, staff_no: str, by: str, **options: Any) -> None:
        now = clock.now()
        try:
            officer = organisations.officer_by_staff_no(staff_no)
            made = documents.ask_enrolment(
                officer.id, officer.full_name, actor=identity.officer_named(by, now=now), now=now
            )
        except DomainError as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(
            f"Đã đọc chứng thư {made.fingerprint[:16]}… của {officer.full_name}. "
            "Một quản trị viên khác xác nhận ở /quan-tri/chung-thu."
        )
