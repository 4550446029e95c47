"""Lay out the sample city: units, posts, invented people, competence, hours."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.contexts.organisations import adapters
from motcua.contexts.organisations.actions.founding import found_city
from motcua.contexts.organisations.queries import structure
from motcua.contexts.reference import public as reference
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.console import progress


class Command(BaseCommand):
    help = "Lập cơ quan, chức danh, thẩm quyền mẫu; chạy lại bao nhiêu lần cũng được."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="lập lại dù bảng mẫu không đổi")

    def handle(self, *, force: bool, **options: Any) -> None:
        if reference.edition() is None:
            raise CommandError("Chưa có danh mục đơn vị hành chính. Chạy: motcua seed_reference")
        found = structure.edition(structure.EDITION)
        if not force and found and found.digest == adapters.digest():
            self.stdout.write("Bộ máy mẫu đã có, bảng mẫu không đổi.")
            return
        with progress(total=1, label="Bộ máy") as bar:
            founded = found_city(actor=SYSTEM, now=clock.now(), bar=bar)
        self.stdout.write(
            f"{founded.units} đơn vị, {founded.posts} chức danh, {founded.officers} người,"
            f" {founded.rulings} dòng thẩm quyền."
        )
