"""`motcua organise FILE`: an act is seen, signed off by two accounts, carried out."""

import getpass
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.contexts.identity import public as identity
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import (
    ActMalformed,
    ActText,
    Difference,
    ProposalState,
)
from motcua.kernel import clock
from motcua.kernel.actors import Actor, Role
from motcua.portals.office import act_pages
from motcua.portals.office.act_files import read_act_file
from motcua.ui.parts import Table


class Command(BaseCommand):
    help = (
        "Sắp xếp tổ chức từ tệp TOML: xem trước; --propose để trình; --carry-out (tài khoản khác)"
        " để thi hành."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="tệp TOML của quyết định")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--propose", action="store_true", help="trình, bằng tài khoản thứ nhất")
        what.add_argument("--carry-out", action="store_true", help="thi hành, bằng tài khoản khác")
        parser.add_argument("--as", dest="username", default="", help="tên tài khoản quản trị")

    def handle(
        self, *, file: Path, propose: bool, carry_out: bool, username: str, **_options: Any
    ) -> None:
        try:
            text = read_act_file(file)
            self._tell(organisations.foresee(text, now=clock.now()))
            if propose:
                made = organisations.propose_act(text, actor=_signed(username), now=clock.now())
                self.stdout.write(f"Đã trình {made.proposal_id}. Tài khoản khác thi hành.")
            elif carry_out:
                self._carry_out(text, username)
            else:
                self.stdout.write("Chưa có gì thay đổi. Thêm --propose để trình.")
        except ActMalformed as wrong:
            said = "\n".join(f"{field}: {sentence}" for field, sentence in wrong.mistakes)
            raise CommandError(f"{wrong.message}\n{said}") from wrong

    def _carry_out(self, text: ActText, username: str) -> None:
        waiting = [
            one
            for one in organisations.act_proposals()
            if one.state is ProposalState.WAITING and one.text == text
        ]
        if not waiting:
            raise CommandError("Chưa ai trình đúng tệp này. Một tài khoản trình trước: --propose.")
        done = organisations.carry_out_proposal(
            waiting[0].id, actor=_signed(username), now=clock.now()
        )
        self.stdout.write(
            f"Đã thi hành {done.act_id}: {done.ended} đơn vị kết thúc,"
            f" {done.moved} thẩm quyền chuyển. Việc đang mở được chuyển dần từ ngày có hiệu lực."
        )

    def _tell(self, found: Difference) -> None:
        for fact in act_pages.facts_of(found):
            self.stdout.write(f"{fact.label}: {fact.value}")
        for table in act_pages.tables_of(found):
            self.stdout.write("")
            self.stdout.writelines(f"{line}\n" for line in _as_text(table))


def _as_text(table: Table) -> Iterator[str]:
    yield table.caption
    yield "  " + " | ".join(title for title, _number in table.heads)
    for row in table.rows:
        yield "  " + " | ".join(cell.text for cell in row)


def _signed(username: str) -> Actor:
    """Both factors of an administrator; from a terminal or, line by line, from another program."""
    name = username or input("Tài khoản: ")
    asks = getpass.getpass if sys.stdin.isatty() else input
    password, code = asks("Mật khẩu: "), input("Mã của ứng dụng: ")
    actor = identity.officer_at_terminal(name, password, code.strip(), now=clock.now())
    if not actor.has(Role.ADMINISTRATOR):
        raise CommandError("Tài khoản này không phải của quản trị viên.")
    return actor
