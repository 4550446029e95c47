"""Không trả hồ sơ mà không nói rõ: every item says what, which rule, which law, and what to do."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.casework.contracts import NotYourStep
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    DossierNotFound,
    ItemsNeeded,
    NationalStatus,
    Shortcoming,
    SupplementItemsNeeded,
    Supply,
    TakeStep,
)
from motcua.contexts.dossiers.contracts.shortcomings import (
    Citation,
    Concerns,
    ItemCitationNeeded,
    ItemCitationUnknown,
    ItemReasonUnknown,
    ItemRemedyNeeded,
    ItemRuleNeeded,
    ItemSubjectNeeded,
    ItemSubjectUnknown,
    ItemTooLong,
    ItemTwice,
    Reason,
)
from motcua.contexts.dossiers.models import Dossier, ShortcomingRow
from motcua.contexts.dossiers.rules.shortcomings import Ruled, common, settled
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity.testing import a_person
from motcua.contexts.organisations.testing import acting
from motcua.kernel.errors import Invalid
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, citizen

LAW = "Luật Hộ tịch 60/2014/QH13"
WHOLE = Shortcoming(
    component_key="giay", why="Ảnh mờ.", how="Chụp lại.", law="Nghị định 1/2026/NĐ-CP"
)
RULED = Ruled(
    papers={"giay": "Giấy chứng sinh", "don": "Đơn"},
    questions={"ten": "Họ và tên"},
    citations=(
        Citation(document="Nghị định 1/2026/NĐ-CP", verified=True),
        Citation(document="Luật 2/2026/QH15", article="Điều 3"),
    ),
    reasons={
        "blurred": Reason(
            key="blurred", kinds=frozenset({"SUPPLEMENT"}), concerns=Concerns.PAPER,
            why="Ảnh mờ.", how="Chụp lại.", law="Luật 2/2026/QH15, Điều 3",
        )
    },
)  # fmt: skip


# ── the rule, alone ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changed", "refusal", "part"),
    [
        ({"component_key": ""}, ItemSubjectNeeded, "about"),
        ({"question_key": "ten"}, ItemSubjectNeeded, "about"),
        ({"component_key": "ho_chieu"}, ItemSubjectUnknown, "about"),
        ({"reason": "nonsense"}, ItemReasonUnknown, "reason"),
        ({"component_key": "", "question_key": "ten", "reason": "blurred"}, ItemReasonUnknown,
         "reason"),
        ({"why": " \u200b"}, ItemRuleNeeded, "why"),
        ({"how": ""}, ItemRemedyNeeded, "how"),
        ({"law": ""}, ItemCitationNeeded, "law"),
        ({"law": "Công văn của sở"}, ItemCitationUnknown, "law"),
        ({"why": "a" * 2001}, ItemTooLong, "why"),
        ({"law": "Nghị định 1/2026/NĐ-CP " + "a" * 300}, ItemTooLong, "law"),
    ],
)  # fmt: skip
def test_an_item_that_lacks_something_is_refused_by_its_part(changed, refusal, part):
    with pytest.raises(refusal) as refused:
        settled((WHOLE, replace(WHOLE, **{"component_key": "don", **changed})), RULED)

    assert refused.value.field == f"items.1.{part}"


def test_two_items_about_one_paper_are_one():
    with pytest.raises(ItemTwice):
        settled((WHOLE, WHOLE), RULED)


def test_a_reason_fills_what_was_not_written():
    found = settled((Shortcoming(component_key="giay", reason="blurred"),), RULED)[0]

    assert (found.what, found.why, found.how) == ("Giấy chứng sinh", "Ảnh mờ.", "Chụp lại.")
    assert (found.law, found.law_verified) == ("Luật 2/2026/QH15, Điều 3", False)


@pytest.mark.parametrize(
    ("law", "verified"),
    [
        ("Nghị định 1/2026/NĐ-CP", True),
        ("nghị định 1/2026/nđ-cp", True),
        ("Nghị định 1/2026/NĐ-CP, Điều 9", False),
        ("Luật 2/2026/QH15", False),
    ],
)
def test_a_citation_carries_its_mark_and_an_article_of_ones_own_none(law, verified):
    assert settled((replace(WHOLE, law=law),), RULED)[0].law_verified is verified


words = st.text(max_size=60)
keys = st.sampled_from(["", "giay", "don", "ten", "lạ"])
shortcomings = st.builds(
    Shortcoming, component_key=keys, question_key=keys, what=words, why=words, how=words,
    reason=st.sampled_from(["", "other", "blurred", "x"]),
    law=st.sampled_from(["", "Nghị định 1/2026/NĐ-CP", "Luật 2/2026/QH15, Điều 3", "Thông tư"]),
)  # fmt: skip


@given(st.lists(shortcomings, max_size=4))
def test_whatever_comes_in_an_item_that_passes_says_everything(items):
    try:
        found = settled(items, RULED)
    except Invalid:
        return

    assert len({(one.component_key, one.question_key) for one in found}) == len(found) == len(items)
    for one in found:
        assert bool(one.component_key) != bool(one.question_key)
        assert one.what and one.why and one.how and one.law and one.reason
        assert any(cited.document in one.law for cited in RULED.citations)


@given(st.lists(shortcomings, max_size=4))
def test_settling_twice_is_settling_once(items):
    try:
        found = settled(items, RULED)
    except Invalid:
        return

    assert settled(found, RULED) == found


def test_every_reason_of_the_city_is_whole_in_both_languages():
    for one in common().reasons:
        assert one.why and one.how and one.law and one.why_en and one.how_en, one.key
        assert one.kinds <= {"SUPPLEMENT", "DECLINE", "STOP"}, one.key


# ── through the action ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def tuyet(small_city):
    return citizen(person=a_person().id)


@pytest.fixture
def code(tuyet) -> str:
    return a_submitted_birth(tuyet, now=MONDAY_9AM, desk_ward="26743")


def act(code: str, who: str, action: str, **more: object):
    actor = acting(who, MONDAY_9AM.date())
    seen = dossiers.desk_view(code, actor, now=MONDAY_9AM).dossier.version_seen
    command = TakeStep(code=code, action=action, seen_version=seen, **more)
    return dossiers.take_step(command, actor=actor, now=MONDAY_9AM)


MISSING = Shortcoming(component_key="giay_chung_sinh", reason="missing")
NAME = Shortcoming(question_key="child_full_name", reason="wrong_answer", law=LAW)


@pytest.mark.parametrize("action", ["supplement", "decline"])
def test_nothing_is_asked_or_refused_without_an_item(code, action):
    needed = SupplementItemsNeeded if action == "supplement" else ItemsNeeded
    with pytest.raises(needed):
        act(code, "khue", action, reason="Hồ sơ không hợp lệ")

    assert not ShortcomingRow.objects.exists()


def test_a_refusal_keeps_its_items_as_rows_and_tells_them_one_by_one(code, tuyet, deliveries):
    act(code, "khue", "decline", items=(MISSING, NAME))
    deliveries()

    view = dossiers.dossier(code, tuyet, now=MONDAY_9AM)
    rows = list(ShortcomingRow.objects.order_by("number"))
    assert view.status is NationalStatus.NOT_RECEIVED
    assert [(one.component_key, one.question_key) for one in view.ended_for] == [
        ("giay_chung_sinh", ""), ("", "child_full_name"),
    ]  # fmt: skip
    assert [(row.reason, row.law, row.law_verified) for row in rows] == [
        ("missing", "Nghị định 118/2025/NĐ-CP", True), ("wrong_answer", LAW, False),
    ]  # fmt: skip
    assert [paper.kind for paper in view.issued] == ["FORM_03"]


def test_the_ledger_has_no_word_of_an_item(code):
    act(code, "khue", "decline", items=(replace(NAME, why="Cháu An đã có khai sinh."),))

    bodies = LedgerLeaf.objects.filter(subject=code).values_list("body", flat=True)
    assert not [body for body in bodies if "Cháu An" in json.dumps(json.loads(body))]


def test_whoever_does_not_hold_the_step_refuses_nothing(code):
    with pytest.raises(NotYourStep):
        act(code, "ngan", "decline", items=(MISSING,)) if _sees(code, "ngan") else _foreign()

    assert not ShortcomingRow.objects.exists()


def _sees(code: str, who: str) -> bool:
    try:
        dossiers.desk_view(code, acting(who, MONDAY_9AM.date()), now=MONDAY_9AM)
    except DossierNotFound:
        return False
    return True


def _foreign():
    raise NotYourStep


def test_a_request_counts_in_both_phases_and_an_answer_mends_a_question(code, tuyet):
    act(code, "khue", "supplement", items=(NAME,))
    answers = {"child_full_name": "Lê Minh Ân"}
    dossiers.supply(Supply(code=code, answers=answers), actor=tuyet, now=MONDAY_9AM)

    view = dossiers.dossier(code, tuyet, now=MONDAY_9AM)
    row = Dossier.objects.get(code=code)
    assert view.supplements[0].items[0].what == "Họ, chữ đệm và tên của trẻ"
    assert view.answers["child_full_name"] == "Lê Minh Ân"
    assert (row.asked, row.supplements) == (1, 0)


def test_words_of_any_form_are_kept_composed(code, tuyet):
    decomposed = "Ảnh mờ."
    long = "ờ" * 200
    item = replace(MISSING, why=decomposed, how="Chụp lại.", what=long)
    act(code, "khue", "supplement", items=(item,))

    found = dossiers.dossier(code, tuyet, now=MONDAY_9AM).supplements[0].items[0]
    assert found.why == "Ảnh mờ."
    assert found.what == long
