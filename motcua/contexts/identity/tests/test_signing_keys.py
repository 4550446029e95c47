"""Keys that sign identity tokens: by the calendar, by command, and after a run that was killed."""

from datetime import timedelta

import jwt
import pytest
from django.core.management import call_command
from django.db import transaction

from motcua.contexts.identity.actions.signing_keys import (
    change_signing_key,
    publish_next_key,
    turn_signing_keys,
)
from motcua.contexts.identity.models import SigningKey
from motcua.contexts.identity.queries import applications
from motcua.contexts.identity.rules.applications import (
    ID_TOKEN_LIFE,
    KEY_SHOWN_AHEAD,
    KEY_SIGNS,
    RETIRED_KEY_SHOWN,
)
from motcua.contexts.identity.tasks import turn_keys
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import SYSTEM
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM as NOW
from motcua.kernel.testing import citizen

pytestmark = pytest.mark.django_db

NIGHT = timedelta(days=1)


def published(now) -> list[str]:
    return [key["kid"] for key in applications.published_keys(now=now)]


def states(now) -> list[tuple[bool, bool]]:
    """(has signed or signs, is retired) of each published key."""
    found = applications.signing_keys(now=now)
    return [(key.signs_from is not None, key.retired_at is not None) for key in found]


def test_a_year_of_nights_changes_the_key_and_no_client_meets_one_it_cannot_know():
    first_seen, signs_on = {}, {}

    for night in range(365):
        now = NOW + night * NIGHT
        turn_keys(now)
        for name in published(now):
            first_seen.setdefault(name, now)
        signs = applications.signing_key()
        signs_on.setdefault(signs.key_id, now)

    assert len(signs_on) == 5  # the first, and one every 90 days
    for name, began_at in [*signs_on.items()][1:]:
        assert began_at - first_seen[name] == KEY_SHOWN_AHEAD
    leaves = LedgerLeaf.objects.filter(action__startswith="identity.").count()
    assert leaves == 1 + 2 * 4  # most nights do nothing


def test_a_retired_key_is_published_until_the_last_token_it_signed_is_dead():
    turn_signing_keys(now=NOW)
    old = applications.signing_key()
    change_signing_key(actor=SYSTEM, now=NOW + KEY_SIGNS)

    dead_at = NOW + KEY_SIGNS + ID_TOKEN_LIFE
    assert old.key_id in published(dead_at)
    assert old.key_id not in published(NOW + KEY_SIGNS + RETIRED_KEY_SHOWN)
    assert SigningKey.objects.get(key_id=old.key_id).private_pem is None


def test_nights_that_were_missed_do_not_put_an_unknown_key_to_sign():
    turn_signing_keys(now=NOW)
    late = NOW + 3 * KEY_SIGNS

    turn_signing_keys(now=late)
    turn_signing_keys(now=late + NIGHT)
    waits = states(late + NIGHT)
    turn_signing_keys(now=late + KEY_SHOWN_AHEAD)

    assert waits == [(True, False), (False, False)]
    assert states(late + KEY_SHOWN_AHEAD) == [(True, False), (True, True)]


@pytest.mark.parametrize("at", [KEY_SIGNS - KEY_SHOWN_AHEAD, KEY_SIGNS])
def test_a_run_that_is_killed_is_made_good_by_the_next(at):
    turn_signing_keys(now=NOW)
    turn_signing_keys(now=NOW + min(at - NIGHT, KEY_SIGNS - KEY_SHOWN_AHEAD))
    before = states(NOW + at)

    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        turn_signing_keys(now=NOW + at)
        raise KeyboardInterrupt
    after_the_kill = states(NOW + at)
    turn_signing_keys(now=NOW + at)

    assert after_the_kill == before
    assert states(NOW + at) != before
    assert states(NOW + at).count((True, False)) == 1


def test_a_run_too_many_does_nothing():
    turn_signing_keys(now=NOW)
    at = NOW + KEY_SIGNS - KEY_SHOWN_AHEAD

    names = []
    for _ in range(3):
        turn_signing_keys(now=at)
        names.append(published(at))

    assert names[0] == names[1] == names[2]
    assert len(names[0]) == 2


def test_by_command_the_next_is_published_once_and_then_signs(capsys):
    call_command("signing_keys", "next")
    call_command("signing_keys", "next")
    waits = applications.waiting_key()
    call_command("signing_keys", "turn")
    call_command("signing_keys", "change")

    assert applications.signing_key().key_id == waits.key_id
    assert SigningKey.objects.count() == 2
    assert f"{waits.key_id}  đang ký" in capsys.readouterr().out


def test_what_signs_is_known_to_who_read_the_keys_before_the_change(client):
    turn_signing_keys(now=NOW)
    publish_next_key(actor=SYSTEM, now=NOW)
    read = client.get("/oidc/keys").json()["keys"]

    change_signing_key(actor=SYSTEM, now=NOW)
    signed = jwt.encode({"a": 1}, applications.signing_key().private_pem, algorithm="RS256")

    keys = {one["kid"]: jwt.PyJWK(one) for one in read}
    assert jwt.decode(signed, keys[applications.signing_key().key_id], algorithms=["RS256"])


def test_nobody_but_an_administrator_touches_the_keys():
    for act in (publish_next_key, change_signing_key):
        with pytest.raises(WrongRole):
            act(actor=citizen(), now=NOW)
