"""Make the static files that come out of the wheels: typeface and htmx."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.ui.assets import build


class Command(BaseCommand):
    help = "Cut the typeface and copy htmx into <var>/assets; safe to run again."

    def handle(self, **options: Any) -> None:
        done = build()
        self.stdout.write("Assets are built." if done else "Assets are up to date.")
