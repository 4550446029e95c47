from dataclasses import replace
from datetime import date, datetime, time
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.organisations import public
from motcua.contexts.organisations.contracts import (
    ActKind,
    ActMalformed,
    ActText,
    ProposalDecided,
    ProposalIsYours,
    ProposalNotFound,
    ProposalState,
)
from motcua.contexts.organisations.rules.act_lines import read_act
from motcua.contexts.organisations.testing import acting
from motcua.kernel.clock import CITY_TZ
from motcua.kernel.testing import stable_id

DAY = date(2026, 9, 1)
NOW = datetime.combine(date(2026, 8, 3), time(9), CITY_TZ)
TEXT = ActText(
    kind=ActKind.MERGER,
    title="Hợp nhất Sở Du lịch và Sở Văn hóa",
    document="",
    effective_on=DAY,
    passes=("H29.99.16 > H29.99.90", "H29.99.15 > H29.99.90"),
    opens=("H29.99.90 | Sở Văn hóa và Du lịch | Sở VH-DL | H29",),
)


def administrator(name: str):
    return replace(acting("quynh", DAY), account_id=stable_id(name))


def mistakes_of(**changed) -> list[tuple[str, str]]:
    with pytest.raises(ActMalformed) as refusal:
        public.foresee(replace(TEXT, **changed), now=NOW)
    return list(refusal.value.mistakes)


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"title": " "}, "title", "tên quyết định"),
        ({"title": "x" * 201}, "title", "nhiều nhất 200"),
        ({"passes": ("H29.99.77 > H29.99.90",)}, "passes", "Dòng 1: không có đơn vị «H29.99.77»"),
        ({"passes": ("", "H29.99.16 > H29.99.91")}, "passes", "Dòng 2: không có đơn vị «H29.99.91"),
        ({"passes": ("H29.99.16 > H29.99.16",)}, "passes", "vào chính nó"),
        ({"passes": ("H29.99.16 > H29.99.90; nửa",)}, "passes", "không hiểu «nửa»"),
        ({"passes": TEXT.passes * 2}, "passes", "trùng"),
        ({"passes": (), "opens": ()}, "passes", "chưa đổi gì"),
        (
            {"passes": ("H29.99.16 > H29.99.15", "H29.99.15 > H29.99.90")},
            "passes",
            "«H29.99.15» cũng kết thúc",
        ),
        (
            {"passes": ("H29.99.16 > H29.99.15", "H29.99.15 > H29.99.16")},
            "passes",
            "«H29.99.16» cũng kết thúc",
        ),
        ({"opens": ("H29.99.90 | " + "Sở " * 80,)}, "opens", "tên dài hơn 200"),
        ({"opens": ("H29.99.90 | Sở | Sở | H29 | 26 740 999",)}, "opens", "mã phường"),
        ({"rulings": ("TOURISM | CITY | 2674 | H29.99.90",)}, "rulings", "mã phường"),
        ({"opens": ("H29.99.90",)}, "opens", "cần mã và tên"),
        ({"opens": ("H29.99.90 | Sở | Sở | H30",)}, "opens", "cấp trên «H30»"),
        ({"rulings": ("TOURISM | XA | | H29.99.90",)}, "rulings", "không có lĩnh vực"),
        ({"rulings": ("TOURISM | CITY | | H29.99.55",)}, "rulings", "không có cơ quan"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(changed, field, says):
    found = mistakes_of(**changed)

    assert any(name == field and says in sentence for name, sentence in found), found


@pytest.mark.usefixtures("city")
def test_one_writes_an_act_and_another_carries_it_out():
    told = public.foresee(TEXT, now=NOW)
    assert {told.named(unit)[0] for unit in told.ended} >= {"H29.99.15", "H29.99.16"}
    assert [told.named(unit)[1] for unit in told.opened] == ["Sở Văn hóa và Du lịch"]
    proposal = public.propose_act(TEXT, actor=administrator("one"), now=NOW).proposal_id
    with pytest.raises(ProposalIsYours):
        public.carry_out_proposal(proposal, actor=administrator("one"), now=NOW)

    done = public.carry_out_proposal(proposal, actor=administrator("two"), now=NOW)

    assert public.unit("H29.99.90", DAY).kind == public.unit("H29.99.16", date(2026, 8, 1)).kind
    assert len(public.act(done.act_id).lines) == done.ended
    view = public.act_proposal(proposal)
    assert (view.state, view.act_id, view.text) == (ProposalState.CARRIED_OUT, done.act_id, TEXT)
    with pytest.raises(ProposalDecided):
        public.carry_out_proposal(proposal, actor=administrator("three"), now=NOW)


@pytest.mark.usefixtures("city")
def test_a_dropped_proposal_changes_nothing():
    proposal = public.propose_act(TEXT, actor=administrator("one"), now=NOW).proposal_id

    public.drop_proposal(proposal, actor=administrator("one"), now=NOW)

    assert public.act_proposal(proposal).state is ProposalState.DROPPED
    assert public.unit("H29.99.16").valid_to is None
    with pytest.raises(ProposalNotFound):
        public.drop_proposal(uuid4(), actor=administrator("one"), now=NOW)


@pytest.mark.usefixtures("city")
def test_competence_alone_moves_by_a_ruling():
    text = replace(
        TEXT, kind=ActKind.TRANSFER, title="Chuyển du lịch", passes=(), opens=(),
        rulings=("TOURISM | CITY | | H29.99.15",),
    )  # fmt: skip
    proposal = public.propose_act(text, actor=administrator("one"), now=NOW).proposal_id

    public.carry_out_proposal(proposal, actor=administrator("two"), now=NOW)

    def decides(on: date) -> str:
        return public.competent_unit(
            subject="1.013236", level="CITY", field="TOURISM", ward="26740", on=on
        ).authority.code

    assert (decides(date(2026, 8, 31)), decides(DAY)) == ("H29.99.16", "H29.99.15")


@given(
    st.lists(st.text(max_size=60), max_size=6),
    st.lists(st.text(max_size=60), max_size=6),
    st.lists(st.text(max_size=60), max_size=6),
)
def test_whatever_is_typed_is_read_or_named(passes, opens, rulings):
    text = replace(TEXT, passes=tuple(passes), opens=tuple(opens), rulings=tuple(rulings))

    read = read_act(text, {}, lambda uid: uuid4())

    lines = len([line for line in (*passes, *rulings) if line.strip()])
    assert len(read.mistakes) >= min(lines, 1)
    assert read.passings == []
