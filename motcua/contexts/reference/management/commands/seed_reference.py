"""Load administrative units, their succession and the days off."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.contexts.reference import adapters, queries
from motcua.contexts.reference.actions.loading import load_reference
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.console import progress


class Command(BaseCommand):
    help = "Nạp đơn vị hành chính và ngày nghỉ; chạy lại bao nhiêu lần cũng được."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="nạp lại dù nguồn không đổi")

    def handle(self, *, force: bool, **options: Any) -> None:
        found = queries.edition()
        if not force and found and found.digest == adapters.digest():
            self.stdout.write("Danh mục đã có, nguồn không đổi.")
            return
        with progress(total=1, label="Danh mục") as bar:
            loaded = load_reference(actor=SYSTEM, now=clock.now())
            bar.update()
        self.stdout.write(
            f"{loaded.units} đơn vị hành chính, {loaded.successions} lượt kế thừa,"
            f" {loaded.days} ngày nghỉ và làm bù."
        )
