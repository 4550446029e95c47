"""Where a case may go on in another table: never decided by chance, never accepted by a move."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.casework.contracts import ActionKind, Phase, ProcessTable, Seat
from motcua.contexts.casework.contracts.repinning import NoWay
from motcua.contexts.casework.rules.process import parse_table, ways_unsigned
from motcua.contexts.casework.rules.repinning import no_way, target_of
from motcua.contexts.casework.testing import a_table
from motcua.kernel.actors import Role

TABLE = parse_table(a_table())
KEYS = [step.key for step in TABLE.steps]
UNSIGNED = ("receive", "appraise", "sign")


def without(table: ProcessTable, step: str) -> ProcessTable:
    return replace(table, steps=tuple(one for one in table.steps if one.key != step))


def test_a_step_of_the_same_key_is_its_own_place_and_another_is_named_by_hand():
    shorter = without(TABLE, "issue")

    assert target_of(TABLE, "sign", {}) == TABLE.step("sign")
    assert target_of(shorter, "issue", {}) is None
    assert target_of(shorter, "issue", {"issue": "sign"}) == TABLE.step("sign")


def test_what_ended_and_what_was_decided_stays():
    sign = TABLE.step("sign")

    assert no_way(Phase.ENDED, "sign", TABLE, TABLE, sign) is NoWay.ENDED
    assert no_way(Phase.DECIDED, "return", TABLE, TABLE, sign) is NoWay.DECIDED


def test_a_step_that_lets_others_than_the_signer_sign_is_no_place():
    sign = replace(TABLE.step("sign"), role=Role.CASE_OFFICER)
    lax = replace(TABLE, steps=tuple(sign if one.key == "sign" else one for one in TABLE.steps))
    elsewhere = replace(TABLE.step("sign"), seat=Seat.DIVISION)

    assert no_way(Phase.RUNNING, "sign", TABLE, lax, sign) is NoWay.SIGNATURE
    assert no_way(Phase.RUNNING, "sign", TABLE, TABLE, elsewhere) is NoWay.SIGNATURE


@given(here=st.sampled_from(KEYS), there=st.sampled_from(KEYS))
def test_nothing_is_issued_unsigned_and_nothing_is_accepted_by_a_move(here, there):
    phase = Phase.INTAKE if here == "receive" else Phase.RUNNING

    refused = no_way(phase, here, TABLE, TABLE, TABLE.step(there))

    if (here == "receive") != (there == "receive"):
        assert refused is NoWay.RECEPTION
    elif (here in UNSIGNED and there not in UNSIGNED) or {here, there} == {"issue", "return"}:
        assert refused is NoWay.SIGNATURE
    else:
        assert refused is None


@given(st.sampled_from(KEYS))
def test_whether_somebody_must_still_sign_follows_from_the_table(key):
    assert ways_unsigned(TABLE, key) == (key == "issue")
    never = without(TABLE, "issue")
    assert not any(
        action.kind is ActionKind.ISSUE for step in never.steps for action in step.actions
    )
    assert not ways_unsigned(never, key) or key == "issue"
