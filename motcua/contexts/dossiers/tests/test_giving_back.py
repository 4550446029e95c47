"""Trả lại bước trước: a colleague learns what to mend, item by item; the applicant does not."""

import pytest

from motcua.contexts.casework.contracts import ReasonNeeded
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import ItemsNeeded, Shortcoming
from motcua.contexts.dossiers.contracts.shortcomings import ItemRemedyNeeded, ItemSubjectUnknown
from motcua.contexts.dossiers.models import ShortcomingRow
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.dossiers.tests.test_releasing import at, officer, step
from motcua.contexts.identity.testing import a_person
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel.testing import citizen

pytestmark = pytest.mark.usefixtures("small_city")
NAME = Shortcoming(
    question_key="child_full_name",
    why="Họ của trẻ khác giấy chứng sinh.",
    how="Bạn đối chiếu lại với giấy chứng sinh.",
)


@pytest.fixture
def tuyet(small_city):
    return citizen(person=a_person().id)


@pytest.fixture
def code(tuyet) -> str:
    """Proposed by Bảo, on the desk of the head."""
    code = a_submitted_birth(tuyet, now=at(0), desk_ward="26740")
    step(code, "ngan", "receive", 1)
    step(code, "nghia", "assign", 2, assignee_id=the_officer("bao").id)
    step(code, "bao", "propose", 3)
    return code


def returned(code: str, who: str, minutes: int) -> tuple[Shortcoming, ...]:
    return dossiers.desk_view(code, officer(who), now=at(minutes)).returned_for


def test_words_alone_give_nothing_back(code):
    with pytest.raises(ItemsNeeded):
        step(code, "nghia", "return", 5, reason="Chưa được.")
    with pytest.raises(ReasonNeeded):
        step(code, "nghia", "return", 5, misdirected=True)
    with pytest.raises(ItemRemedyNeeded):
        step(
            code,
            "nghia",
            "return",
            5,
            items=(Shortcoming(question_key="child_full_name", why="Sai."),),
        )
    with pytest.raises(ItemSubjectUnknown):
        step(code, "nghia", "return", 5, items=(Shortcoming(question_key="x", why="a", how="b"),))

    assert not ShortcomingRow.objects.exists()


def test_the_colleague_reads_each_item_until_it_is_moved_on(code, tuyet):
    step(code, "nghia", "return", 5, items=(NAME,))

    (item,) = returned(code, "bao", 6)
    assert (item.what, item.why, item.how, item.law) == (
        "Họ, chữ đệm và tên của trẻ", NAME.why, NAME.how, "",
    )  # fmt: skip
    theirs = dossiers.dossier(code, tuyet, now=at(6))
    assert theirs.ended_for == ()
    assert NAME.why not in str(theirs.events)
    step(code, "bao", "propose", 7)
    assert returned(code, "nghia", 8) == ()


def test_given_back_twice_each_time_has_its_own_items(code):
    step(code, "nghia", "return", 5, items=(NAME,))
    step(code, "bao", "propose", 6)

    paper = Shortcoming(component_key="giay_chung_sinh", reason="unreadable")
    step(code, "nghia", "return", 7, items=(paper,))

    (item,) = returned(code, "bao", 8)
    assert item.component_key == "giay_chung_sinh"
    assert item.law
    assert ShortcomingRow.objects.count() == 2


def test_what_came_to_the_wrong_place_goes_back_with_a_reason_alone(code):
    step(code, "nghia", "return", 5, misdirected=True, reason="Giao nhầm phòng.")

    assert returned(code, "bao", 6) == ()
    events = dossiers.desk_view(code, officer("bao"), now=at(6)).dossier.events
    assert events[-1].note == "Giao nhầm phòng."
