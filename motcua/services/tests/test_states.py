"""The ten national states of a dossier, each reached by what people do, with its clock."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from motcua.contexts.casework.contracts import Phase, Timeliness
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import NationalStatus as S
from motcua.contexts.dossiers.contracts import (
    NothingAsked,
    SecondSupplementNeedsHead,
    StatusNotAllowed,
    Supply,
)
from motcua.contexts.dossiers.rules.statuses import TERMINAL
from motcua.contexts.dossiers.testing import SETTLED_ELSEWHERE
from motcua.contexts.identity.testing import a_person
from motcua.kernel.actors import Actor
from motcua.kernel.errors import DomainError
from motcua.kernel.testing import MONDAY_9AM, citizen
from motcua.services.packs.land.land_change.test_pack import ANSWERS as LAND_ANSWERS
from motcua.services.tests.journey import (
    BLURRED,
    DIED,
    a_birth,
    hand_in,
    holder_of,
    on_desk,
    seen,
    sent_again,
    step,
    straight_on,
    walk,
)

pytestmark = pytest.mark.django_db
LAND = "1.013831"
NOW = MONDAY_9AM + timedelta(minutes=30)


@pytest.fixture
def tuyet(small_city: None) -> Actor:
    return citizen(person=a_person().id)


def received(tuyet: Actor) -> str:
    code = a_birth(tuyet)
    step(code, "receive", now=NOW)
    return code


def in_process(tuyet: Actor) -> str:
    code = received(tuyet)
    straight_on(code, now=NOW)
    return code


def declined(tuyet: Actor) -> str:
    code = a_birth(tuyet)
    step(code, "decline", now=NOW, items=(SETTLED_ELSEWHERE,))
    return code


def supplement_asked(tuyet: Actor) -> str:
    code = in_process(tuyet)
    step(code, "supplement", now=NOW, reason="Ảnh mờ", items=(BLURRED,))
    return code


def obligation_asked(tuyet: Actor) -> str:
    code = hand_in(LAND, LAND_ANSWERS, tuyet, now=MONDAY_9AM).code
    while not offers(code, "notify_obligation"):
        straight_on(code, now=NOW)
    step(
        code,
        "notify_obligation",
        now=NOW,
        obligation_dong=1_200_000,
        obligation_label="Lệ phí trước bạ",
    )
    return code


def offers(code: str, action: str) -> bool:
    return action in {one.key for one in actions_of(code)}


def withdrawal_asked(tuyet: Actor) -> str:
    code = in_process(tuyet)
    dossiers.withdraw(code, "Tôi nộp nhầm", actor=tuyet, now=NOW)
    return code


def stopped(tuyet: Actor) -> str:
    code = in_process(tuyet)
    step(code, "stop", now=NOW, items=(DIED,))
    return code


def issued(tuyet: Actor) -> str:
    code = a_birth(tuyet)
    walk(code, now=NOW, until="return")
    return code


def returned(tuyet: Actor) -> str:
    code = a_birth(tuyet)
    walk(code, now=NOW)
    return code


REACHED: dict[S, tuple[Callable[[Actor], str], Phase, str]] = {
    S.REGISTERED: (a_birth, Phase.INTAKE, "not started"),
    S.RECEIVED: (received, Phase.RUNNING, "runs"),
    S.NOT_RECEIVED: (declined, Phase.ENDED, "not started"),
    S.IN_PROCESS: (in_process, Phase.RUNNING, "runs"),
    S.SUPPLEMENT_ASKED: (supplement_asked, Phase.PAUSED, "stands"),
    S.OBLIGATION_ASKED: (obligation_asked, Phase.PAUSED, "stands"),
    S.WITHDRAWAL_ASKED: (withdrawal_asked, Phase.RUNNING, "runs"),
    S.STOPPED: (stopped, Phase.ENDED, "ended"),
    S.DONE: (issued, Phase.DECIDED, "ended"),
    S.RETURNED: (returned, Phase.ENDED, "ended"),
}


def clock_at_work(code: str, now: datetime) -> str:
    """What the processing clock does in the hour after `now`."""
    first, later = (seen(code, now=at).clock for at in (now, now + timedelta(hours=1)))
    if first.started_at is None:
        return "not started"
    if later.consumed_minutes > first.consumed_minutes:
        return "runs"
    return "stands" if later.timeliness is Timeliness.PAUSED else "ended"


@pytest.mark.parametrize("status", list(S), ids=lambda status: f"{status.value}_{status.name}")
def test_each_state_is_reached_with_its_clock(tuyet, status):
    reach, phase, clock = REACHED[status]

    code = reach(tuyet)

    view = seen(code, now=NOW, by=tuyet)
    assert (view.status, view.phase) == (status, phase)
    assert clock_at_work(code, NOW) == clock


@pytest.mark.parametrize("status", sorted(TERMINAL), ids=lambda status: status.name)
def test_after_an_end_nothing_can_be_done(tuyet, status):
    code = REACHED[status][0](tuyet)
    before = seen(code, now=NOW)

    for act in (
        lambda: dossiers.withdraw(code, "", actor=tuyet, now=NOW),
        lambda: sent_again(code, tuyet, now=NOW),
    ):
        with pytest.raises(DomainError):
            act()
    assert on_desk(code, now=NOW).task is None
    assert seen(code, now=NOW).version_seen == before.version_seen


@pytest.mark.parametrize("status", [S.DONE, S.RETURNED, S.NOT_RECEIVED, S.STOPPED])
def test_what_is_decided_is_not_withdrawn(tuyet, status):
    code = REACHED[status][0](tuyet)

    with pytest.raises(DomainError):
        dossiers.withdraw(code, "Đổi ý", actor=tuyet, now=NOW)
    assert seen(code, now=NOW).status is status


@pytest.mark.parametrize(
    "status",
    [S.REGISTERED, S.RECEIVED, S.IN_PROCESS, S.SUPPLEMENT_ASKED, S.OBLIGATION_ASKED],
)
def test_before_the_decision_a_withdrawal_ends_in_state_eight(tuyet, deliveries, status):
    code = REACHED[status][0](tuyet)

    dossiers.withdraw(code, "Đổi ý", actor=tuyet, now=NOW)
    asked = seen(code, now=NOW).status
    deliveries()

    view = seen(code, now=NOW, by=tuyet)
    assert (asked, view.status) == (S.WITHDRAWAL_ASKED, S.STOPPED)
    assert "FORM_05" in {paper.kind for paper in view.issued}
    assert on_desk(code, now=NOW).task is None


def test_while_a_withdrawal_is_on_its_way_nobody_goes_on(tuyet):
    code = in_process(tuyet)
    offered = on_desk(code, now=NOW).dossier
    dossiers.withdraw(code, "Đổi ý", actor=tuyet, now=NOW)

    assert offered.can_withdraw is False  # the leader who looks is not the applicant
    assert not offers(code, "propose")
    with pytest.raises(StatusNotAllowed, match="đã xin rút"):
        step(code, "propose", now=NOW)
    with pytest.raises(NothingAsked):
        dossiers.supply(Supply(code=code), actor=tuyet, now=NOW)


def test_a_supplement_before_acceptance_starts_no_clock(tuyet, deliveries):
    code = a_birth(tuyet)
    step(code, "supplement", now=NOW, reason="Ảnh mờ", items=(BLURRED,))
    deliveries()

    waiting = seen(code, now=NOW, by=tuyet)
    assert (waiting.status, waiting.phase) == (S.REGISTERED, Phase.INTAKE)
    assert waiting.your_turn
    assert {paper.kind for paper in waiting.issued} == {"FORM_02"}
    assert clock_at_work(code, NOW) == "not started"

    sent_again(code, tuyet, now=NOW + timedelta(days=2))
    step(code, "receive", now=NOW + timedelta(days=2))
    view = seen(code, now=NOW + timedelta(days=2), by=tuyet)
    assert view.status is S.RECEIVED
    assert view.supplements[0].phase == "INTAKE"


def test_a_dossier_sent_back_to_the_desk_finds_its_way_on(tuyet):
    code = in_process(tuyet)
    step(code, "return", now=NOW, misdirected=True, reason="Giao nhầm")
    step(code, "return", now=NOW, misdirected=True, reason="Quầy hỏi thêm")
    offered = {action.key for action in actions_of(code)}

    step(code, "supplement", now=NOW, reason="Ảnh mờ", items=(BLURRED,))
    paused = seen(code, now=NOW)
    sent_again(code, tuyet, now=NOW + timedelta(hours=1))
    step(code, "receive", now=NOW + timedelta(hours=1))

    assert offered == {"receive", "supplement"}  # what was accepted is not refused any more
    assert (paused.status, paused.phase) == (S.SUPPLEMENT_ASKED, Phase.PAUSED)
    assert seen(code, now=NOW + timedelta(hours=1)).status is S.IN_PROCESS
    walk(code, now=NOW + timedelta(hours=2))
    assert seen(code, now=NOW + timedelta(hours=2)).status is S.RETURNED


def actions_of(code: str):
    return on_desk(code, now=NOW, by=holder_of(code, now=NOW)).actions


def test_a_second_supplement_is_the_heads_and_counts_as_late(tuyet):
    code = supplement_asked(tuyet)
    later = NOW + timedelta(hours=1)
    sent_again(code, tuyet, now=later)
    with pytest.raises(SecondSupplementNeedsHead):
        step(code, "supplement", now=later, reason="Vẫn mờ", items=(BLURRED,))

    step(code, "propose", now=later)
    step(code, "supplement", now=later, reason="Vẫn mờ", items=(BLURRED,))
    view = seen(code, now=later)
    assert [one.number for one in view.supplements] == [1, 2]
    assert view.status is S.SUPPLEMENT_ASKED
    assert "lần thứ hai" in " ".join(on_desk(code, now=later).warnings).lower()
