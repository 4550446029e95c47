"""After a low rating: a unit outside looks again, answers in writing, and is agreed to or not."""

from datetime import timedelta

import pytest

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.actions.board import refresh_board
from motcua.contexts.dossiers.actions.reviews import (
    answer_review,
    ask_review,
    remind_reviewers,
    settle_review,
)
from motcua.contexts.dossiers.contracts.reviews import (
    ReviewAnswered,
    ReviewAsked,
    ReviewNotAnswered,
    ReviewNotFound,
    ReviewNotOffered,
)
from motcua.contexts.dossiers.queries import reviews
from motcua.contexts.identity.testing import an_officer_account, signed_in
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import acting, the_officer
from motcua.kernel import clock
from motcua.kernel.actors import Role
from motcua.kernel.models import LedgerLeaf
from motcua.portals.citizen.tests.conftest import Browser, text_of

INSPECTION = "H29.99.30"
WORDS = "Cán bộ hẹn ba lần."


def head_of(code: str) -> str:
    at = organisations.unit(code)
    return organisations.holders_of(at.id, Role.SIGNER, clock.now().date())[0].staff_no


@pytest.fixture
def inspector(small_city):
    return acting(head_of(INSPECTION), clock.now().date())


@pytest.fixture
def unhappy(tuyet, decided) -> str:
    tuyet.send(f"/ho-so/{decided}/cham-diem", {"stars": "2"})
    return decided


def test_who_is_content_is_offered_no_review(tuyet, decided, actor):
    tuyet.send(f"/ho-so/{decided}/cham-diem", {"stars": "3"})

    assert "Bạn chưa hài lòng" not in text_of(tuyet.get(f"/ho-so/{decided}"))
    with pytest.raises(ReviewNotOffered):
        ask_review(decided, WORDS, actor=actor, now=clock.now())


def test_the_unhappy_land_where_a_review_is_asked_and_read_what_follows(tuyet, decided):
    answer = tuyet.send(f"/ho-so/{decided}/cham-diem", {"stars": "1"})

    assert answer.headers["Location"] == f"/ho-so/{decided}#xem-lai"
    page = text_of(tuyet.get(f"/ho-so/{decided}"))
    assert "Bạn bấm «Đề nghị xem lại» và viết một câu." in page
    assert "Nếu chưa, cấp trên xem lại một lần nữa." in page


def test_an_empty_request_is_asked_again_and_a_second_one_refused(tuyet, unhappy, actor):
    answer = tuyet.send(f"/ho-so/{unhappy}/xem-lai", {"text": " "})
    assert answer.status_code == 422

    sent = tuyet.send(f"/ho-so/{unhappy}/xem-lai", {"text": WORDS})

    assert sent.status_code == 303
    with pytest.raises(ReviewAsked):
        ask_review(unhappy, WORDS, actor=actor, now=clock.now())


def test_a_stranger_neither_asks_nor_sees(khoa, unhappy):
    assert khoa.get(f"/ho-so/{unhappy}/xem-lai").status_code == 404
    assert khoa.send(f"/ho-so/{unhappy}/xem-lai/y-kien", {"review": "x"}).status_code == 404


def test_the_unit_that_handled_it_hears_only_of_the_outcome(unhappy, actor, inspector):
    now = clock.now()
    review_id = ask_review(unhappy, WORDS, actor=actor, now=now).id
    handled = acting("van", now.date())
    with pytest.raises(ReviewNotFound):
        reviews.review(review_id, handled, now=now)

    answer_review(review_id, "UPHELD", "Đơn vị đã hẹn sai.", actor=inspector, now=now)

    seen = reviews.review(review_id, handled, now=now)
    assert (seen.text, seen.answer) == ("", "Đơn vị đã hẹn sai.")
    assert not seen.can_answer
    with pytest.raises(ReviewNotFound):
        answer_review(review_id, "UPHELD", "x", actor=handled, now=now)
    with pytest.raises(ReviewAnswered):
        answer_review(review_id, "UPHELD", "x", actor=inspector, now=now)


def test_an_answer_needs_a_finding_and_words_and_is_read_on_the_tracker(
    tuyet, unhappy, actor, inspector
):
    review_id = ask_review(unhappy, WORDS, actor=actor, now=clock.now()).id
    account = an_officer_account(head_of(INSPECTION), officer_id=inspector.officer_id)
    office = signed_in(Browser(), account)
    url = f"/ban/xem-lai/{review_id}"
    assert WORDS in text_of(office.get(url))
    assert unhappy in text_of(office.get("/ban/xem-lai"))
    assert WORDS not in b"".join(office.get("/ban/xem-lai/xuat.csv")).decode()
    assert office.send(f"{url}/tra-loi", {"text": "Đã xem."}).status_code == 422

    office.send(f"{url}/tra-loi", {"finding": "PARTLY", "text": "Hẹn thừa một lần."})

    page = text_of(tuyet.get(f"/ho-so/{unhappy}"))
    assert "Hẹn thừa một lần." in page
    assert "Bạn nói đúng một phần" in page
    tuyet.send(f"/ho-so/{unhappy}/xem-lai/y-kien", {"review": str(review_id), "agreed": "yes"})
    assert "Chưa, xem lại lần nữa" not in text_of(tuyet.get(f"/ho-so/{unhappy}"))
    assert "Hẹn thừa" not in "".join(str(leaf.body) for leaf in LedgerLeaf.objects.order_by("id"))


def test_not_agreed_goes_one_level_up_once(unhappy, actor, inspector):
    now = clock.now()
    first = ask_review(unhappy, WORDS, actor=actor, now=now).id
    with pytest.raises(ReviewNotAnswered):
        settle_review(first, False, actor=actor, now=now)
    answer_review(first, "NOT_UPHELD", "Đúng quy định.", actor=inspector, now=now)

    settle_review(first, False, actor=actor, now=now)

    _before, second = reviews.reviews_of(unhappy, actor, now=now)
    assert second.level == 2
    assert second.unit_name == organisations.unit("H29").name
    with pytest.raises(ReviewNotAnswered):
        settle_review(first, False, actor=actor, now=now)


def test_who_forgets_is_reminded_and_leaders_see_who_is_late(small_city, unhappy, actor):
    now = clock.now()
    due = reviews.review(ask_review(unhappy, WORDS, actor=actor, now=now).id, actor, now=now).due_at
    thanh = the_officer("thanh").id
    leader = signed_in(Browser(), an_officer_account("thanh", officer_id=thanh))
    assert remind_reviewers(now=now) == 0
    assert unhappy not in text_of(leader.get("/dieu-hanh/xem-lai"))

    soon, late = due - timedelta(hours=1), due + timedelta(hours=1)
    assert [remind_reviewers(now=at) for at in (soon, soon, late, late)] == [1, 0, 0, 0]
    assert remind_reviewers(now=late + timedelta(days=1)) == 1

    seen = reviews.overdue(acting("thanh", late.date()), now=late)
    assert [(one.code, one.text) for one in seen] == [(unhappy, "")]


def test_leaders_count_reviews_and_how_many_were_right(unhappy, actor, inspector):
    now = clock.now()
    review_id = ask_review(unhappy, WORDS, actor=actor, now=now).id
    answer_review(review_id, "UPHELD", "Đơn vị sai.", actor=inspector, now=now)

    refresh_board(now=now)

    board = dossiers.board(acting("thanh", now.date()), now=now)
    assert (board.reviews, board.upheld) == (1, 1)
    assert reviews.counts(inspector, now=now) == (0, 0, 1)
