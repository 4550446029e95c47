"""What is turned away at the door: kept once, never as often as somebody knocks."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client

from motcua.contexts.identity.actions.accounts import set_account_open
from motcua.contexts.identity.actions.tokens import make_token, new_token_text
from motcua.contexts.identity.contracts import LastAdministrator
from motcua.contexts.identity.models import Account, Session
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.identity.testing import (
    a_citizen_account,
    an_officer_account,
    signed_in,
)
from motcua.contexts.identity.web.middleware import recent
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.kernel.clock import city_date
from motcua.kernel.models import LedgerLeaf


@pytest.fixture
def bao(small_city):
    recent.forget()
    return an_officer_account("bao", officer_id=the_officer("bao").id)


def acting(account):
    return actor_of(account, assurance=3, now=clock.now())


def kept(what):
    return [
        leaf.subject
        for leaf in LedgerLeaf.objects.filter(action="kernel.refused").order_by("id")
        if f'"what":"{what}"' in leaf.body.replace(" ", "")
    ]


def knocks(key, path="/ban", times=3):
    """A program that keeps its cookie, whatever the answer says."""
    for _ in range(times):
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = key
        assert browser.get(path).status_code == 302


def test_a_session_that_is_over_is_kept_once_with_whose_it_was(bao):
    key = signed_in(Client(), bao).session.session_key
    Session.objects.filter(account=bao).update(expire_date=clock.now())

    knocks(key)

    assert kept("session") == [str(bao.id)]


def test_a_session_that_was_ended_or_never_was_is_kept_once(bao):
    key = signed_in(Client(), bao).session.session_key
    Session.objects.filter(account=bao).delete()

    knocks(key)
    knocks("guessedguessedguessedguessed1234")

    assert kept("session") == ["unknown", "unknown"]


def test_guesses_of_one_caller_fill_nothing(bao):
    for number in range(15):
        knocks(f"guessedguessedguessedguessed{number:04}", times=1)

    assert len(kept("session")) == 10


def test_a_session_that_is_over_is_kept_for_citizens_too_and_after_many_guesses(bao):
    citizen = a_citizen_account()
    key = signed_in(Client(), citizen).session.session_key
    Session.objects.filter(account=citizen).update(expire_date=clock.now())
    for number in range(15):
        knocks(f"guessedguessedguessedguessed{number:04}", times=1)

    knocks(key, path="/ho-so")

    assert kept("session").count(str(citizen.id)) == 1


def test_who_never_signed_in_or_asks_a_page_of_citizens_is_only_shown_the_way(bao):
    assert Client().get("/ban").status_code == 302
    knocks("guessedguessedguessedguessed1234", path="/ho-so", times=1)

    assert kept("session") == []


def test_a_token_that_only_reads_and_writes_nevertheless_is_kept(small_city):
    text, now = new_token_text(), clock.now()
    citizen = replace(acting(a_citizen_account()), proven_at=now)
    make_token(text, name="Đọc", scopes=["read"], actor=citizen, now=now)

    answer = Client().post("/api/v1/dossiers", headers={"Authorization": f"Bearer {text}"})

    assert answer.status_code == 403
    assert len(kept("token")) == 1


def test_the_last_administrator_stays(bao):
    posts = organisations.posts(city_date(clock.now()))
    holders = [one.holder_id for one in posts if one.role is Role.ADMINISTRATOR and one.holder_id]
    quynh = an_officer_account("quynh", officer_id=the_officer("quynh").id)
    Account.objects.filter(officer_id__in=set(holders) - {quynh.officer_id}).update(is_active=False)

    with pytest.raises(LastAdministrator):
        set_account_open(quynh.id, is_open=False, actor=acting(quynh), now=clock.now())

    assert Account.objects.get(id=quynh.id).is_active
