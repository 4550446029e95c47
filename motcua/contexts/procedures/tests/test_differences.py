"""What two versions differ in: every change is named, and the changes make one out of the other."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.contexts.casework import public as casework
from motcua.contexts.casework.contracts import ProcessMalformed
from motcua.contexts.procedures.contracts.designing import Edit, EditKind, EditRefused
from motcua.contexts.procedures.rules.beginning import own_table
from motcua.contexts.procedures.rules.editing import edited
from motcua.contexts.procedures.rules.patching import patched
from motcua.contexts.procedures.rules.reading import parse_definition
from motcua.contexts.procedures.rules.telling import changes_between
from motcua.contexts.procedures.rules.writing import definition_table
from motcua.contexts.procedures.testing import a_definition

STEP = ("process", "step")
WORDS = st.sampled_from(["Xem hồ sơ", "Đối chiếu", "Soát xét", "Bước mới"])


def a_table() -> dict:
    """Six steps, two questions, one paper, one time limit, two fees."""
    middle = [
        {
            "key": f"s{n}",
            "name": f"Bước {n}",
            "citizen_name": f"Bước {n}",
            "citizen_text": "Cơ quan đang xem.",
            "seat": "DIVISION",
            "role": "CASE_OFFICER",
            "hours": n,
            "action": [
                {"key": "go", "label": "Chuyển", "kind": "MOVE", "to": f"s{n + 1}"},
                {"key": "back", "label": "Trả lại", "kind": "RETURN", "to": f"s{n - 1}"},
            ],
        }
        for n in range(1, 5)
    ]
    middle[0]["action"][1]["to"] = "receive"
    middle[3]["action"][0]["to"] = "return"
    table = definition_table(a_definition())
    receive, give_back = table["process"]["step"]
    receive["action"][0]["to"] = "s1"
    table["process"]["step"] = [receive, *middle, give_back]
    return definition_table(parse_definition(table))


EDITS = st.one_of(
    st.builds(
        lambda n, hours, name: Edit(
            kind=EditKind.SET, path=(*STEP, f"s{n}"), values={"hours": hours, "name": name}
        ),
        st.integers(1, 4),
        st.integers(1, 40),
        WORDS,
    ),
    st.builds(
        lambda n, key: Edit(
            kind=EditKind.ADD,
            path=STEP,
            after=f"s{n}",
            values={
                "key": key,
                "name": "Bước mới",
                "seat": "DIVISION",
                "role": "CASE_OFFICER",
                "hours": 2,
                "citizen_name": "Bước mới",
                "citizen_text": "Cơ quan xem thêm.",
            },
        ),
        st.integers(1, 4),
        st.sampled_from(["n1", "n2", "n3"]),
    ),
    st.builds(
        lambda n, kind: Edit(kind=kind, path=(*STEP, f"s{n}")),
        st.integers(1, 4),
        st.sampled_from([EditKind.UP, EditKind.DOWN, EditKind.REMOVE]),
    ),
    st.builds(
        lambda kind: Edit(kind=kind, path=("form", "page", "applicant", "question", "copies")),
        st.sampled_from([EditKind.UP, EditKind.DOWN, EditKind.REMOVE]),
    ),
    st.builds(
        lambda amount: Edit(kind=EditKind.SET, path=("fee", "#1"), values={"amount": amount}),
        st.integers(1, 90_000),
    ),
    st.builds(
        lambda key: Edit(
            kind=EditKind.ADD, path=("component",), values={"key": key, "name": "Giấy mới"}
        ),
        st.sampled_from(["p1", "p2"]),
    ),
    st.builds(
        lambda said: Edit(kind=EditKind.SET, path=("texts", "vi"), values={"result": said}), WORDS
    ),
)


def after(table: dict, edits: list[Edit]) -> dict:
    for edit in edits:
        try:
            table = edited(table, edit)
        except EditRefused:
            continue
    return definition_table(parse_definition(table))


def test_a_version_does_not_differ_from_itself():
    table = a_table()

    assert changes_between(table, copy.deepcopy(table)) == ()


@given(st.lists(EDITS, max_size=6), st.lists(EDITS, max_size=6))
@settings(max_examples=60, deadline=None)
def test_the_changes_of_two_versions_make_one_out_of_the_other(one_way, other_way):
    begun = a_table()
    before, later = after(begun, one_way), after(begun, other_way)

    changes = changes_between(before, later)

    assert patched(before, changes) == later
    assert (changes == ()) == (before == later)
    assert all(change.sentence.endswith(".") for change in changes)


@given(st.lists(EDITS, max_size=8))
@settings(max_examples=60, deadline=None)
def test_steps_that_come_go_and_move_stay_one_way_through(edits):
    moves = [edit for edit in edits if edit.path[:2] == STEP]

    table = after(a_table(), moves)

    complaints = malformed(table["process"])
    assert not [c for c in complaints if "không có đường" in c.lower() or "không có:" in c]


def malformed(process: dict) -> list[str]:
    try:
        casework.parse_table(process)
    except ProcessMalformed as wrong:
        return list(wrong.facts.get("complaints", [str(wrong)]))
    return []


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            Edit(kind=EditKind.SET, path=(*STEP, "s2"), values={"hours": 6}),
            "Bước «Bước 2»: giờ làm việc từ «2» thành «6».",
        ),
        (
            Edit(kind=EditKind.REMOVE, path=("component", "to_khai")),
            "Bỏ giấy tờ «Tờ khai».",
        ),
        (
            Edit(
                kind=EditKind.SET,
                path=("form", "page", "applicant", "question", "copies"),
                values={"label": "Bạn cần mấy bản"},
            ),
            "Câu hỏi «Bạn cần mấy bản»: lời từ «Số bản sao» thành «Bạn cần mấy bản».",
        ),
        (
            Edit(kind=EditKind.SET, path=("fee", "#1"), values={"amount": 9000}),
            "Khoản thu «Phí»: mức thu từ «8000» thành «9000».",
        ),
    ],
)
def test_a_change_is_told_in_a_sentence(edit, said):
    before = a_table()

    later = definition_table(parse_definition(edited(before, edit)))

    assert said in [change.sentence for change in changes_between(before, later)]


def test_a_moved_step_is_told_as_moved_and_takes_its_links_along():
    before = a_table()

    later = edited(before, Edit(kind=EditKind.DOWN, path=(*STEP, "s2")))

    steps = {step["key"]: step for step in later["process"]["step"]}
    assert [*steps] == ["receive", "s1", "s3", "s2", "s4", "return"]
    ways = {key: step["action"][0].get("to") for key, step in steps.items()}
    assert (ways["s1"], ways["s3"], ways["s2"]) == ("s3", "s2", "s4")
    said = [change.sentence for change in changes_between(before, later)]
    assert any(line.startswith("Đổi thứ tự bước: ") for line in said)


def test_an_edit_of_what_is_not_there_is_refused_with_its_name():
    with pytest.raises(EditRefused, match="s9"):
        edited(a_table(), Edit(kind=EditKind.SET, path=(*STEP, "s9"), values={"hours": 1}))
    with pytest.raises(EditRefused, match="đã ở đầu"):
        edited(a_table(), Edit(kind=EditKind.UP, path=(*STEP, "receive")))
    twice = Edit(kind=EditKind.ADD, path=STEP, values={"key": "s1", "name": "Trùng"})
    with pytest.raises(EditRefused, match="đã có"):
        edited(a_table(), twice)


def test_a_designed_table_says_for_each_step_which_clock_runs():
    table = own_table(a_table()["process"], "rieng")

    clocks = [step["clock"] for step in table["step"]]

    assert clocks == ["RECEIVING", "RUNS", "RUNS", "RUNS", "RUNS", "RUNS"]
    assert all(step["citizen_do"] and step["message"] for step in table["step"])
