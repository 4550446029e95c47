"""Part of `./run check`: reads and lints the procedures in the repository, publishes nothing."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Kiểm tra danh mục thủ tục trong kho mã."

    def handle(self, **_options: Any) -> None:
        call_command("seed_procedures", check=True)
