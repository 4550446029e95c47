"""An act as a file: seen at the terminal, signed off by two accounts, carried out once."""

import io
import sys

import pytest
from django.core.management import CommandError, call_command

from motcua.contexts.identity.contracts import SignInRefused
from motcua.contexts.identity.testing import PASSWORD, an_app, an_officer_account, code_of
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.contracts import (
    ActMalformed,
    OpenWork,
    ProposalIsYours,
    ProposalState,
)
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.portals.office.act_files import read_act_file

pytestmark = pytest.mark.usefixtures("small_city")
HEAD = """kind = "MERGER"
title = "Hợp nhất hai sở"
effective_on = {year}-06-01
open_work = "MOVE"
"""
OPENS = """
[[opens]]
code = "H29.99.90"
name = "Sở Văn hóa và Du lịch"
above = "H29"
"""
PASSES = """
[[passes]]
old = "H29.99.16"
new = "H29.99.90"
[[passes]]
old = "H29.99.15"
new = "H29.99.90"
"""


@pytest.fixture
def act(tmp_path):
    path = tmp_path / "act.toml"
    path.write_text(HEAD.format(year=clock.now().year + 1) + PASSES + OPENS, encoding="utf-8")
    return path


def administrators():
    """Two of them, with an app each."""
    found = [
        officer.staff_no
        for post in organisations.posts(clock.now().date())
        if post.role == "ADMINISTRATOR" and post.holder_id
        for officer in organisations.officers_by_id([post.holder_id]).values()
    ]
    for name in found[:2]:
        an_app(an_officer_account(name, officer_id=the_officer(name).id))
    return found[:2]


def said(path, *more, typed=()):
    out, usual = io.StringIO(), sys.stdin
    sys.stdin = io.StringIO("".join(f"{line}\n" for line in typed))
    try:
        call_command("organise", str(path), *more, stdout=out)
    finally:
        sys.stdin = usual
    return out.getvalue()


def test_the_difference_is_seen_and_nothing_is_written(act):
    told = said(act)

    assert "Đơn vị mở mới: 1" in told
    assert "H29.99.16" in told and "Sở Văn hóa và Du lịch (H29.99.90)" in told
    assert "Chưa có gì thay đổi" in told
    assert organisations.act_proposals() == ()


def test_two_accounts_sign_the_same_file_off(act):
    first, second = administrators()

    said(act, "--propose", "--as", first, typed=(PASSWORD, code_of()))
    with pytest.raises(ProposalIsYours):
        said(act, "--carry-out", "--as", first, typed=(PASSWORD, code_of(later=1)))
    done = said(act, "--carry-out", "--as", second, typed=(PASSWORD, code_of()))

    assert "Đã thi hành" in done
    (proposal,) = organisations.act_proposals()
    assert proposal.state is ProposalState.CARRIED_OUT
    assert proposal.text.open_work is OpenWork.MOVE
    ended = {line.old_code for line in organisations.act(proposal.act_id).lines}
    assert {"H29.99.15", "H29.99.16"} <= ended  # and their divisions go along


def test_a_file_that_was_changed_meanwhile_was_proposed_by_nobody(act):
    first, second = administrators()
    said(act, "--propose", "--as", first, typed=(PASSWORD, code_of()))
    act.write_text(act.read_text(encoding="utf-8").replace("hai sở", "ba sở"), encoding="utf-8")

    with pytest.raises(CommandError, match="Chưa ai trình đúng tệp này"):
        said(act, "--carry-out", "--as", second, typed=(PASSWORD, code_of()))


def test_a_wrong_password_and_whoever_is_no_administrator_sign_nothing(act):
    first, _second = administrators()
    an_app(an_officer_account("bao", officer_id=the_officer("bao").id))

    with pytest.raises(SignInRefused):
        said(act, "--propose", "--as", first, typed=("sai", code_of()))
    with pytest.raises(CommandError, match="không phải của quản trị viên"):
        said(act, "--propose", "--as", "bao", typed=(PASSWORD, code_of()))

    assert organisations.act_proposals() == ()


def test_lines_stand_in_a_table_beside_it(act, tmp_path):
    table = "old,new,part,takes_work\n" + "".join(
        f"H29.99.{n},H29.99.{5000 + n},x,{'x' if n % 2 else ''}\n" for n in range(1000)
    )
    (tmp_path / "passes.csv").write_text(table, encoding="utf-8")
    head = HEAD.format(year=clock.now().year + 1)
    act.write_text(f'{head}passes = "passes.csv"\n{OPENS}', encoding="utf-8")

    read = read_act_file(act)

    assert len(read.passes) == 1000
    assert read.passes[1] == "H29.99.1 > H29.99.5001; một phần; nhận việc"
    assert read.opens == ("H29.99.90 | Sở Văn hóa và Du lịch |  | H29 | ",)


def test_everything_that_cannot_be_read_is_named_at_once(act):
    act.write_text(
        'kind = "FUSION"\neffective_on = "2027-01-01"\npasses = "no.csv"\n[[rulings]]\nfield = 1\n',
        encoding="utf-8",
    )

    with pytest.raises(ActMalformed) as wrong:
        read_act_file(act)

    assert {field for field, _said in wrong.value.mistakes} == {
        "kind", "title", "effective_on", "passes", "rulings",
    }  # fmt: skip
