"""`motcua signing-keys …`: keys that sign identity tokens, for who cannot wait for the night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from motcua.contexts.identity.actions.signing_keys import (
    change_signing_key,
    key_that_signs,
    publish_next_key,
    turn_signing_keys,
)
from motcua.contexts.identity.contracts.applications import SigningKeyView
from motcua.contexts.identity.queries import applications
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.ui import dates

WORDS = ("list", "next", "turn", "change")


class Command(BaseCommand):
    help = "Khóa ký thẻ đăng nhập: list, next (công bố khóa kế), turn (việc đến hạn), change."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=WORDS, nargs="?", default="list", help="Làm gì.")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        now = clock.now()
        key_that_signs(now=now)
        if what == "next":
            publish_next_key(actor=SYSTEM, now=now)
        elif what == "turn":
            turn_signing_keys(now=now)
        elif what == "change":
            change_signing_key(actor=SYSTEM, now=now)
        for key in applications.signing_keys(now=now):
            self.stdout.write(f"{key.key_id}  {_state(key)}")


def _state(key: SigningKeyView) -> str:
    if key.retired_at:
        return f"chỉ còn kiểm chữ ký, thôi ký từ {dates.city_moment(key.retired_at)}"
    if key.signs_from:
        return f"đang ký, từ {dates.city_moment(key.signs_from)}"
    return f"sẽ ký lần tới, công bố từ {dates.city_moment(key.made_at)}"
