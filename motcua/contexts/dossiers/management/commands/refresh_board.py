"""`motcua refresh_board [--all]`: count the leader's figures again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.contexts.dossiers.actions.board import refresh_board
from motcua.contexts.dossiers.actions.rates import refresh_rates
from motcua.kernel import clock


class Command(BaseCommand):
    help = "Tính lại số liệu điều hành; --all: mọi tháng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", dest="every", help="mọi tháng, không chỉ hai tháng cuối"
        )

    def handle(self, *, every: bool, **options: Any) -> None:
        done = refresh_board(now=clock.now(), all_months=every)
        rates = refresh_rates(now=clock.now(), all_months=every)
        self.stdout.write(f"Đã tính lại: {done.changed + rates:,} dòng đổi.")
