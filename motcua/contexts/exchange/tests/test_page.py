"""The page of neighbours and dead letters: who may open it, what it shows, sending again."""

import pytest

from motcua.contexts.exchange.contracts import SendingState
from motcua.contexts.exchange.models import Sending
from motcua.contexts.exchange.web import views
from motcua.kernel import clock
from motcua.kernel.access import WrongRole
from motcua.kernel.actors import Role
from motcua.kernel.testing import officer

pytestmark = pytest.mark.django_db


def a_dead_letter(key="notice 1"):
    now = clock.now()
    return Sending.objects.create(
        connector="mail", operation="send", key=key, purpose="NOTIFY", payload={"to": "x"},
        actor_kind="SYSTEM", state=SendingState.DEAD, attempts=20, last_reason="unreachable",
        created_at=now, ended_at=now,
    )  # fmt: skip


def asked_by(rf, actor, *, method="get", path="/quan-tri/ket-noi", **sent):
    request = getattr(rf, method)(path, sent)
    request.actor = actor
    request._messages = []
    return request


def test_a_receiver_is_not_let_in(rf):
    with pytest.raises(WrongRole):
        views.neighbours(asked_by(rf, officer(Role.RECEIVER)))


def test_an_auditor_sees_dead_letters_and_cannot_send_them(rf):
    letter = a_dead_letter()
    auditor = officer(Role.AUDITOR)

    page = views.neighbours(asked_by(rf, auditor)).content.decode()

    assert "notice 1" in page
    assert "Cơ sở dữ liệu quốc gia về dân cư" in page
    assert "gui-lai" not in page
    with pytest.raises(WrongRole):
        views.send_again(asked_by(rf, auditor, method="post"), letter.id)


def test_an_administrator_sends_again(rf):
    letter = a_dead_letter()
    administrator = officer(Role.ADMINISTRATOR)
    assert "gui-lai" in views.neighbours(asked_by(rf, administrator)).content.decode()

    views.send_again(asked_by(rf, administrator, method="post"), letter.id)

    letter.refresh_from_db()
    assert letter.state == SendingState.WAITING


@pytest.mark.parametrize("before", ["nonsense", "2026-11-24T09:00:00"])
def test_a_place_in_the_list_that_is_no_time_starts_at_the_newest(rf, before):
    a_dead_letter()

    page = views.neighbours(asked_by(rf, officer(Role.AUDITOR), truoc=before))

    assert "notice 1" in page.content.decode()


def test_older_letters_follow_on_the_next_page(rf):
    for number in range(21):
        a_dead_letter(f"notice {number}")

    page = views.neighbours(asked_by(rf, officer(Role.AUDITOR))).content.decode()

    assert "truoc=" in page
    assert "notice 20" in page


def test_the_page_of_sms_shows_share_and_money(rf):
    page = views.texting(asked_by(rf, officer(Role.AUDITOR)))

    words = page.content.decode()
    assert "Tổng đài tin nhắn thứ hai" in words
    assert "30%" in words
    with pytest.raises(WrongRole):
        views.texting(asked_by(rf, officer(Role.RECEIVER)))
