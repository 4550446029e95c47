"""Links to a paper: they end, they count, and their owner sees who opened them."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.contexts.documents.actions import sharing
from motcua.contexts.documents.contracts import (
    IssuedKind,
    IssuedNotFound,
    ShareEnded,
    ShareNotAllowed,
    SharePeriod,
)
from motcua.contexts.documents.events import ShareOpened
from motcua.contexts.documents.models import SharedPaper, ShareOpening
from motcua.contexts.documents.testing import a_share, an_issued_paper, revoke_alone
from motcua.contexts.identity.testing import a_citizen_account, a_person, signed_in, the_actor
from motcua.kernel import clock
from motcua.kernel.actors import ANONYMOUS, SYSTEM
from motcua.kernel.limits import SHARES_OPENED
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def owner(tuyet):
    return replace(citizen(), person_id=tuyet)


@pytest.fixture
def paper(tuyet):
    return an_issued_paper(owner_person_id=tuyet)


def link_to(paper, owner, **more):
    share_id = a_share(paper.id, by=owner, now=MONDAY_9AM, **more)
    return share_id, sharing.link_of(share_id).rsplit("/", 1)[1]


def opens(token, *, by=ANONYMOUS, now=MONDAY_9AM):
    return sharing.open_shared(token, device="phone", by=by, now=now).opening_id


def test_a_paper_of_another_is_not_shared(paper, khoa):
    stranger = replace(citizen(name="Lê Minh Khoa"), person_id=khoa)

    with pytest.raises(IssuedNotFound):
        a_share(paper.id, by=stranger, now=MONDAY_9AM)
    assert not SharedPaper.objects.exists()


def test_what_was_revoked_is_not_shared(paper, owner):
    revoke_alone(paper.id, reason="Cấp nhầm.", by=SYSTEM, now=MONDAY_9AM)

    with pytest.raises(ShareNotAllowed):
        a_share(paper.id, by=owner, now=MONDAY_9AM)


def test_a_letter_is_no_result_to_share(owner, tuyet):
    letter = an_issued_paper(owner_person_id=tuyet, kind=IssuedKind.FORM_04)

    with pytest.raises(ShareNotAllowed):
        a_share(letter.id, by=owner, now=MONDAY_9AM)


def test_the_first_opening_is_told_to_the_owner_and_every_one_is_counted(paper, owner):
    _share_id, token = link_to(paper, owner, once=False)

    for _ in range(2):
        opens(token)

    told = ProcrastinateJob.objects.filter(args__event=ShareOpened.name)
    assert told.count() == 1
    assert len(sharing.shares_of(paper.id, owner, now=MONDAY_9AM)[0].openings) == 2


@pytest.mark.parametrize("change", [0, 5, 31, 32, 40, -1])
def test_one_wrong_letter_opens_nothing(paper, owner, change):
    _share_id, token = link_to(paper, owner)
    wrong = list(token)
    wrong[change] = "0" if wrong[change] != "0" else "1"

    with pytest.raises(ShareEnded):
        sharing.shared("".join(wrong), now=MONDAY_9AM)


@pytest.mark.parametrize("token", ["", "x", "z" * 64, "0" * 63, "٠" * 64, "\x00" * 64])
def test_what_is_no_link_opens_nothing(token):
    with pytest.raises(ShareEnded):
        sharing.shared(token, now=MONDAY_9AM)


def test_a_link_is_not_in_the_database(paper, owner):
    share_id, token = link_to(paper, owner)

    row = SharedPaper.objects.filter(pk=share_id).values().get()
    assert token[32:] not in str(row)


def test_the_door_says_little_of_the_owner(paper, owner):
    _share_id, token = link_to(paper, owner)

    told = sharing.shared(token, now=MONDAY_9AM)
    assert told.title == "Trích lục khai sinh"
    assert "Tuyết" not in told.owner_masked or "Nguyễn" not in told.owner_masked


def test_a_link_ends_by_itself(paper, owner):
    _share_id, token = link_to(paper, owner, period=SharePeriod.MINUTES)
    later = MONDAY_9AM + timedelta(minutes=15)

    with pytest.raises(ShareEnded):
        sharing.shared(token, now=later)
    with pytest.raises(ShareEnded):
        opens(token, now=later)


def test_its_owner_ends_it_and_what_is_open_closes(paper, owner):
    share_id, token = link_to(paper, owner)
    opening = opens(token)
    sharing.end_share(share_id, by=owner, now=MONDAY_9AM)
    sharing.end_share(share_id, by=owner, now=MONDAY_9AM)

    with pytest.raises(ShareEnded):
        sharing.opened(token, opening, now=MONDAY_9AM)
    with pytest.raises(ShareEnded):
        opens(token)


def test_nobody_else_ends_it(paper, owner, khoa):
    share_id, token = link_to(paper, owner)
    stranger = replace(citizen(name="Lê Minh Khoa"), person_id=khoa)

    with pytest.raises(ShareEnded):
        sharing.end_share(share_id, by=stranger, now=MONDAY_9AM)
    assert sharing.shared(token, now=MONDAY_9AM)


def test_a_link_for_once_opens_once_and_looking_at_its_door_does_not_count(paper, owner):
    _share_id, token = link_to(paper, owner, once=True)
    sharing.shared(token, now=MONDAY_9AM)
    sharing.shared(token, now=MONDAY_9AM)
    opening = opens(token)

    with pytest.raises(ShareEnded):
        opens(token)
    with pytest.raises(ShareEnded):
        sharing.shared(token, now=MONDAY_9AM)
    assert sharing.opened(token, opening, now=MONDAY_9AM).paper.id == paper.id


def test_what_was_opened_closes_after_a_while(paper, owner):
    _share_id, token = link_to(paper, owner)
    opening = opens(token)

    with pytest.raises(ShareEnded):
        sharing.opened(token, opening, now=MONDAY_9AM + timedelta(minutes=15))


def test_an_opening_of_one_link_opens_no_other(paper, owner):
    _one, first = link_to(paper, owner)
    _two, second = link_to(paper, owner)
    opening = opens(first)

    with pytest.raises(ShareEnded):
        sharing.opened_file(second, opening, now=MONDAY_9AM)


def test_a_paper_taken_back_meanwhile_says_so_and_gives_no_bytes(paper, owner):
    _share_id, token = link_to(paper, owner)
    opening = opens(token)
    revoke_alone(paper.id, reason="Cấp nhầm.", by=SYSTEM, now=MONDAY_9AM)

    assert sharing.opened(token, opening, now=MONDAY_9AM).proof.status == "REVOKED"
    with pytest.raises(ShareEnded):
        sharing.opened_file(token, opening, now=MONDAY_9AM)


def test_its_owner_sees_who_opened_it_and_when(paper, owner):
    _share_id, token = link_to(paper, owner)
    opens(token)
    opens(token, by=citizen(name="Lê Minh Khoa"), now=MONDAY_9AM + DAY / 2)

    (told,) = sharing.shares_of(paper.id, owner, now=MONDAY_9AM + DAY / 2)
    assert [one.viewer for one in told.openings] == ["Lê Minh Khoa", ""]
    assert told.is_open
    assert not sharing.shares_of(paper.id, citizen(name="Lê Minh Khoa"), now=MONDAY_9AM)


def test_sharing_opening_and_ending_stand_in_the_ledger_without_a_name(paper, owner):
    share_id, token = link_to(paper, owner)
    opens(token, by=citizen(name="Lê Minh Khoa"))
    sharing.end_share(share_id, by=owner, now=MONDAY_9AM)

    leaves = LedgerLeaf.objects.filter(action__contains="share")
    assert {leaf.action.split(".")[1] for leaf in leaves} == {
        "share_paper",
        "open_shared",
        "end_share",
    }
    assert not re.search("Khoa|Tuyết", str([leaf.__dict__ for leaf in leaves]))
    assert token[32:] not in str([leaf.__dict__ for leaf in leaves])


@pytest.fixture
def at_home(db):
    """The owner in her browser, with a paper of her own and its link."""
    now, account = clock.now(), a_citizen_account(a_person())
    mother = the_actor(account)
    paper = an_issued_paper(owner_person_id=mother.person_id, now=now)
    browser = signed_in(Client(), account)
    browser.post(
        f"/vi/{paper.id}/chia-se", {"period": "DAY", "times": "many", "idempotency_key": "k1"}
    )
    return browser, paper, sharing.link_of(SharedPaper.objects.get().pk).rsplit("/", 1)[1]


def test_from_the_wallet_to_the_eyes_of_a_stranger_and_back(at_home):
    browser, paper, token = at_home
    stranger = Client()

    door = stranger.get(f"/chia-se/{token}")
    opened = stranger.post(f"/chia-se/{token}", {"idempotency_key": "k2"})
    shown = stranger.get(opened["Location"])
    content = stranger.get(f"{opened['Location']}/tep")

    assert "Mở giấy tờ" in door.content.decode()
    assert "verified--valid" in shown.content.decode()
    assert b"".join(content.streaming_content).startswith(b"%PDF")
    for answer in (door, opened, shown, content):
        assert answer["Referrer-Policy"] == ("same-origin" if answer is door else "no-referrer")
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert "no-store" in answer["Cache-Control"]
    assert (
        "người không đăng nhập, trên máy tính"
        in browser.get(f"/vi/{paper.id}/chia-se").content.decode()
    )


def test_a_link_ended_from_the_page_opens_nothing(at_home):
    browser, paper, token = at_home
    share = SharedPaper.objects.get()

    browser.post(f"/vi/{paper.id}/chia-se/{share.pk}/dong", {"idempotency_key": "k3"})

    assert Client().get(f"/chia-se/{token}").status_code == 404
    assert not ShareOpening.objects.exists()
    assert "Bạn đã đóng" in browser.get(f"/vi/{paper.id}/chia-se").content.decode()


def test_the_door_is_not_tried_without_end(at_home):
    stranger = Client(raise_request_exception=False)
    tries = [stranger.get(f"/chia-se/{n:064x}").status_code for n in range(SHARES_OPENED.calls)]

    assert set(tries) == {404}
    assert stranger.get("/chia-se/mot-lan-nua").status_code == 429
