"""Nobody alone wakes a city: one writes, another of the right place releases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.contexts.alerts.actions.drafting import discard, draft, revise
from motcua.contexts.alerts.actions.releasing import release
from motcua.contexts.alerts.contracts import (
    AlertChanged,
    AlertNotFound,
    Ended,
    Kind,
    NotInForce,
    NotReleaser,
    OutsideYourArea,
    OwnDraft,
    ProofNeeded,
    State,
)
from motcua.contexts.alerts.models import Alert
from motcua.contexts.alerts.testing import a_command, a_draft, a_released, on_watch, the_committee
from motcua.kernel.access import WrongRole
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen

NOW = MONDAY_9AM


def test_who_wrote_an_alert_does_not_release_it(small_city):
    code = a_draft(writer="van")

    with pytest.raises(OwnDraft):
        release(code, seen_version=1, actor=on_watch("van"), now=NOW)

    assert Alert.objects.get().state == State.DRAFT


def test_who_changed_one_word_does_not_release_it(small_city):
    code = a_draft()
    revise(code, a_command(hours=2), seen_version=1, actor=on_watch("van"), now=NOW)

    with pytest.raises(OwnDraft):
        release(code, seen_version=2, actor=on_watch("van"), now=NOW)

    assert release(code, seen_version=2, actor=on_watch("thanh"), now=NOW).code == code


@pytest.mark.parametrize("staff_no", ["ha", "nghia", "khue", "bao", "quynh", "duyen"])
def test_no_other_role_releases(small_city, staff_no):
    code = a_draft(writer="nghia", unit_id=the_committee("H29.99.26740.2"))

    with pytest.raises((WrongRole, AlertNotFound)):
        release(code, seen_version=1, actor=on_watch(staff_no), now=NOW)


@pytest.mark.parametrize("staff_no", ["khue", "bao", "quynh", "duyen"])
def test_no_other_role_writes(small_city, staff_no):
    with pytest.raises(WrongRole):
        draft(a_command(), actor=on_watch(staff_no), now=NOW)


def test_a_citizen_neither_writes_nor_releases(small_city):
    code = a_draft()

    with pytest.raises(WrongRole):
        draft(a_command(), actor=citizen(), now=NOW)
    with pytest.raises(AlertNotFound):
        release(code, seen_version=1, actor=citizen(), now=NOW)


def test_a_ward_warns_its_own_people_only(small_city):
    with pytest.raises(OutsideYourArea):
        a_draft(wards=("26740", "26743"))


def test_the_head_of_a_ward_does_not_release_what_reaches_further(small_city):
    writer = on_watch("thanh")
    command = a_command(wards=("26740", "26743"), unit_id=the_committee("H29"))
    code = draft(command, actor=writer, now=NOW).code

    with pytest.raises((NotReleaser, AlertNotFound)):
        release(code, seen_version=1, actor=on_watch("van"), now=NOW)


def test_a_proof_of_a_while_ago_is_not_enough(small_city):
    code = a_draft()
    late = replace(on_watch("van"), proven_at=NOW - timedelta(minutes=6))
    never = replace(late, proven_at=None)

    for actor in (late, never):
        with pytest.raises(ProofNeeded):
            release(code, seen_version=1, actor=actor, now=NOW)


def test_what_changed_after_it_was_read_is_not_released(small_city):
    code = a_draft()
    revise(code, a_command(hours=2), seen_version=1, actor=on_watch("ha"), now=NOW)

    with pytest.raises(AlertChanged):
        release(code, seen_version=1, actor=on_watch("van"), now=NOW)


def test_a_discarded_draft_is_gone(small_city):
    code = a_draft()
    discard(code, seen_version=1, actor=on_watch("ha"), now=NOW)

    with pytest.raises(AlertChanged):
        release(code, seen_version=1, actor=on_watch("van"), now=NOW)


def test_the_ledger_knows_who_wrote_who_released_and_what(small_city):
    code = a_released()

    leaves = {one.action: one for one in LedgerLeaf.objects.filter(subject=code)}
    assert set(leaves) == {"alerts.draft", "alerts.release"}
    assert str(on_watch("ha").officer_id) in leaves["alerts.release"].body
    assert "sha256" in leaves["alerts.release"].body
    assert leaves["alerts.draft"].actor_id != leaves["alerts.release"].actor_id


def test_an_update_ends_what_it_replaces(small_city):
    first = a_released()
    later = NOW + timedelta(hours=1)

    second = a_released(now=later, kind=Kind.UPDATE, replaces=first)

    before, after = Alert.objects.get(code=first), Alert.objects.get(code=second)
    assert (before.state, before.ended_as, before.ended_at) == (State.ENDED, Ended.REPLACED, later)
    assert (after.chain, after.replaces_id) == (before.chain, before.id)


def test_only_one_of_two_updates_wins(small_city):
    first = a_released()
    updates = [a_draft(kind=Kind.UPDATE, replaces=first) for _ in range(2)]
    release(updates[0], seen_version=1, actor=on_watch("van"), now=NOW)

    with pytest.raises(NotInForce):
        release(updates[1], seen_version=1, actor=on_watch("van"), now=NOW)


def test_what_has_expired_is_not_updated(small_city):
    first = a_released(hours=1)

    with pytest.raises(NotInForce):
        a_draft(now=NOW + timedelta(hours=1), kind=Kind.CANCEL, replaces=first)
