"""Lay our books beside the bank's list of one day and explain every difference."""

import json
from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.contexts.exchange.contracts import NeighbourDown, NeighbourRefused
from motcua.contexts.payments import public
from motcua.contexts.payments.contracts import ReconciliationView
from motcua.kernel import clock


class Command(BaseCommand):
    help = "Reconcile one day with the bank (yesterday unless --date); safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--date", type=date.fromisoformat, help="a day as YYYY-MM-DD")
        parser.add_argument("--json", action="store_true", help="print JSON for scripts")

    def handle(self, **options: Any) -> None:
        now = clock.now()
        day = options["date"] or now.date() - timedelta(days=1)
        try:
            found = public.reconcile_day(day, now=now)
        except (NeighbourDown, NeighbourRefused) as problem:
            raise CommandError(f"The bank did not give its list: {problem.reason}.") from problem
        if options["json"]:
            self.stdout.write(json.dumps(_plain(found), ensure_ascii=False))
            return
        self.stdout.write(
            f"{day}: {found.matched} matched, {len(found.differences)} different,"
            f" {found.booked} booked now; ours {found.ours_total}, theirs {found.theirs_total}."
        )
        for line in found.differences:
            self.stdout.write(f"  {line}")


def _plain(found: ReconciliationView) -> dict[str, object]:
    return {
        "matched": found.matched,
        "booked": found.booked,
        "ours": int(found.ours_total),
        "theirs": int(found.theirs_total),
        "differences": list(found.differences),
    }
