"""One draft on a phone and a desktop: neither overwrites the other unseen."""

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.rules import devices
from motcua.contexts.dossiers.testing import BIRTH
from motcua.contexts.identity.testing import a_citizen_account, signed_in, the_actor
from motcua.kernel import clock

SEEN = re.compile(r'name="seen" value="([^"]*)"')
ANSWERS = st.recursive(
    st.text(max_size=200) | st.booleans() | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=5,
)


class Device:
    """One browser on the page of the child."""

    def __init__(self, account, draft_id):
        self.client, self.url = signed_in(Client(), account), f"/nhap/{draft_id}/trang/child"
        self.seen = self.shown()

    def shown(self) -> str:
        return SEEN.search(self.client.get(self.url).content.decode())[1]

    def says(self, name, *, where="", **more):
        said = {"child_full_name": name, "seen": self.seen, "idempotency_key": "k", **more}
        return self.client.post(f"{self.url}{where}", said)

    def autosaves(self, name, **more):
        answer = self.says(name, where="/luu", **more).json()
        self.seen = answer["seen"]
        return answer


@pytest.fixture
def account(small_city: None):
    return a_citizen_account()


@pytest.fixture
def draft_id(account):
    return dossiers.begin_draft(
        BIRTH, ward_code="26740", actor=the_actor(account), now=clock.now(), ask_registers=False
    ).draft_id


@pytest.fixture
def phone(account, draft_id):
    return Device(account, draft_id)


@pytest.fixture
def desktop(account, draft_id):
    return Device(account, draft_id)


def answers(account, draft_id):
    return dossiers.draft(draft_id, the_actor(account), now=clock.now()).answers


def test_an_answer_of_another_device_is_not_overwritten_but_asked_about(
    account, draft_id, phone, desktop
):
    phone.autosaves("Lê Gia An")

    answer = desktop.says("Lê Minh An")

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Lê Gia An" in text and 'value="Lê Minh An"' in text
    assert answers(account, draft_id)["child_full_name"] == "Lê Gia An"


@pytest.mark.parametrize("keep, stays", [("mine", "Lê Minh An"), ("theirs", "Lê Gia An")])
def test_the_person_chooses_between_both(account, draft_id, phone, desktop, keep, stays):
    phone.autosaves("Lê Gia An")
    desktop.says("Lê Minh An")

    desktop.says("Lê Minh An", **{"keep.child_full_name": keep})

    assert answers(account, draft_id)["child_full_name"] == stays


def test_a_page_that_saves_itself_says_that_it_did_not(account, draft_id, phone, desktop):
    phone.autosaves("Lê Gia An")

    said = desktop.autosaves("Lê Minh An")

    assert said["overtaken"] == ["Họ, chữ đệm và tên của trẻ"]
    assert desktop.autosaves("Lê Minh An")["overtaken"]
    assert answers(account, draft_id)["child_full_name"] == "Lê Gia An"


def test_what_a_device_leaves_alone_takes_nothing_from_another(account, draft_id, phone, desktop):
    phone.autosaves("Lê Gia An")

    said = desktop.autosaves("", child_ethnicity="Kinh")

    kept = answers(account, draft_id)
    assert (said["overtaken"], kept["child_full_name"], kept["child_ethnicity"]) == (
        [],
        "Lê Gia An",
        "Kinh",
    )


def test_one_device_meets_no_conflict_with_itself(account, draft_id, phone):
    at_first = phone.seen
    phone.autosaves("Lê Gia An")
    phone.seen = at_first  # the answer never came: the city died after it had written

    assert phone.autosaves("Lê Gia Anh")["overtaken"] == []
    assert answers(account, draft_id)["child_full_name"] == "Lê Gia Anh"


def test_the_same_answer_on_both_is_no_conflict(account, draft_id, phone, desktop):
    phone.autosaves("Lê Gia An")

    assert desktop.autosaves("  Lê   Gia An")["overtaken"] == []


def test_what_cannot_be_taken_is_guarded_as_well(account, draft_id, phone, desktop):
    phone.autosaves("Lê 9")

    assert desktop.autosaves("Lê 8")["overtaken"]
    assert answers(account, draft_id)["child_full_name"] == "Lê 9"


def test_a_form_that_was_changed_by_hand_is_read_as_never_shown(account, draft_id, phone, desktop):
    phone.autosaves("Lê Gia An")
    desktop.seen = "child_full_name:x:1 ;DROP child_full_name"

    desktop.autosaves("Lê Minh An")

    assert answers(account, draft_id)["child_full_name"] == "Lê Minh An"


@given(ANSWERS)
def test_every_answer_has_a_print_and_comes_back_from_the_page(answer):
    written = devices.written(("a", "b"), 7, {"a": answer})

    assert devices.read(written) == {
        "a": (7, devices.print_of(answer)),
        "b": (7, devices.print_of(None)),
    }


def test_a_change_from_the_check_leads_back_to_it(account, draft_id, phone):
    page = phone.client.get(f"/nhap/{draft_id}/xem-lai").content.decode()
    assert f"/nhap/{draft_id}/trang/child?ve=xem-lai#q-child-full-name" in page

    sent = phone.says(
        "Lê Gia An", where="?ve=xem-lai", child_sex="nam", child_ethnicity="Kinh",
        child_nationality="Việt Nam", **{"child_born_on.day": "1", "child_born_on.month": "11",
        "child_born_on.year": "2026"},
    )  # fmt: skip

    assert sent.headers["Location"] == f"/nhap/{draft_id}/xem-lai"
