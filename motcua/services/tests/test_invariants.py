"""What holds of every dossier whatever people do with it (facts 15.3), over random lives."""

import io
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from pypdf import PdfReader

from motcua.contexts.casework.contracts import ActionKind, EventView, Phase, Timeliness
from motcua.contexts.casework.models import CaseEvent
from motcua.contexts.documents import public as documents
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import (
    Bucket,
    DeskView,
    DossierView,
    NationalStatus,
    OfferedAction,
)
from motcua.contexts.dossiers.models import Dossier
from motcua.contexts.dossiers.rules.statuses import NEXT, TERMINAL
from motcua.contexts.identity.testing import a_person
from motcua.contexts.notifications import public as notifications
from motcua.contexts.payments import public as payments
from motcua.contexts.payments.actions.receiving import receive_bank_credit
from motcua.contexts.payments.testing import a_credit
from motcua.contexts.procedures import public as procedures
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.clock import CITY_TZ, city_date
from motcua.kernel.errors import DomainError
from motcua.kernel.testing import MONDAY_9AM, citizen
from motcua.services.packs.construction.house_permit.test_pack import ANSWERS as HOUSE_ANSWERS
from motcua.services.packs.land.land_change.test_pack import ANSWERS as LAND_ANSWERS
from motcua.services.tests.journey import (
    BLURRED,
    a_birth,
    hand_in,
    holder_of,
    leader,
    member,
    on_desk,
    seen,
    sent_again,
    step,
)

pytestmark = pytest.mark.django_db
HOUSE, LAND = "1.013225", "1.013831"
FIRST_SIX = "079190"
OVER = frozenset({Phase.DECIDED, Phase.ENDED})
S = NationalStatus


@pytest.fixture
def tuyet(small_city: None) -> Actor:
    return citizen(person=a_person().id)


def a_house(by: Actor) -> str:
    return hand_in(HOUSE, HOUSE_ANSWERS, by, now=MONDAY_9AM, desk_ward="26743").code


def a_plot(by: Actor) -> str:
    return hand_in(LAND, LAND_ANSWERS, by, now=MONDAY_9AM).code


class Life:
    """A dossier to which anything happens that its people may do, and what was seen of it."""

    def __init__(self, code: str, applicant: Actor, seed: int) -> None:
        self.code, self.applicant = code, applicant
        self.dice = random.Random(seed)
        self.now = MONDAY_9AM
        self.seen: list[DossierView] = [self.view()]

    def view(self) -> DossierView:
        return seen(self.code, now=self.now)

    def live(self, steps: int, deliveries: Callable[[], int]) -> None:
        for _ in range(steps):
            self.now += timedelta(minutes=self.dice.randint(1, 3000))
            try:
                self.dice.choices([self.by_officer, self.by_applicant], [4, 1])[0]()
            except DomainError:
                assert self.view().version_seen == self.seen[-1].version_seen
            if self.dice.random() < 0.7:
                deliveries()
            self.seen.append(self.view())
        deliveries()
        self.seen.append(self.view())

    def by_officer(self) -> None:
        desk = on_desk(self.code, now=self.now)
        if desk.task is None:
            return
        holder = holder_of(self.code, now=self.now)
        offered = on_desk(self.code, now=self.now, by=holder).actions
        if not offered:
            self.by_applicant()
            return
        self.take(self.dice.choice(offered), desk, holder)

    def take(self, action: OfferedAction, desk: DeskView, holder: Actor) -> None:
        more: dict[str, object] = {"reason": "Lý do", "items": (BLURRED,)}
        if action.assignees:
            more["assignee_id"] = self.dice.choice(action.assignees)[0]
        if action.kind is ActionKind.OBLIGATION:
            more |= {"obligation_dong": 150_000, "obligation_label": "Lệ phí trước bạ"}
        if action.kind is ActionKind.CONSULT:
            more |= {"asked_unit_ids": (action.units[0][0],), "question": "Có vướng gì không?"}
        if action.kind is not ActionKind.SUPPLEMENT:
            more.pop("items")
        step(self.code, action.key, by=holder, now=self.now, **more)

    def by_applicant(self) -> None:
        acts = [self.supply, self.pay, self.pay, self.supply, self.extend, self.withdraw]
        self.dice.choice(acts)()

    def supply(self) -> None:
        sent_again(self.code, self.applicant, now=self.now)

    def pay(self) -> None:
        bill = payments.invoice_of(self.code)
        if bill and bill.outstanding:
            reference = f"NH-{self.code}-{self.now.timestamp()}"
            credit = a_credit(bill.code, int(bill.outstanding), transaction=reference, at=self.now)
            receive_bank_credit(credit, actor=SYSTEM, now=self.now)

    def extend(self) -> None:
        van = member("van", city_date(self.now))
        dossiers.extend(
            self.code, self.now + timedelta(days=20), "Chờ xác minh", actor=van, now=self.now
        )

    def withdraw(self) -> None:
        dossiers.withdraw(self.code, "Đổi ý", actor=self.applicant, now=self.now)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("begin", [a_birth, a_house, a_plot], ids=["birth", "house", "land"])
def test_a_random_life_breaks_no_rule(tuyet, deliveries, begin, seed):
    life = Life(begin(tuyet), tuyet, seed)

    life.live(14, deliveries)

    history = seen(life.code, now=life.now).events
    check_states([S(event.status) for event in history])
    check_numbering(life.code, history)
    check_promises(life)
    for view in life.seen:
        check_time_adds_up(view)
    check_nothing_names_the_number(life)


def check_states(path: list[NationalStatus]) -> None:
    """1: 10 after 9; nothing after an end; 7 only from 1 to 6."""
    changes = [after for before, after in zip([None, *path], path, strict=False) if before != after]
    assert changes[0] is S.REGISTERED
    for before, after in pairwise(changes):
        assert after in NEXT[before], changes
    assert not TERMINAL & set(changes[:-1])
    if S.RETURNED in changes:
        assert changes[-2] is S.DONE
    if S.WITHDRAWAL_ASKED in changes:
        assert int(changes[changes.index(S.WITHDRAWAL_ASKED) - 1]) <= 6


def check_numbering(code: str, history: tuple[EventView, ...]) -> None:
    """8: one event per serial, in order, so that sending twice changes nothing."""
    assert [event.serial for event in history] == list(range(1, len(history) + 1))
    assert [event.at for event in history] == sorted(event.at for event in history)
    case_id = Dossier.objects.get(code=code).case_id
    assert CaseEvent.objects.filter(case_id=case_id).count() == len(history)


def check_promises(life: Life) -> None:
    """2: one version, the first promise never changes, the present one is never before it;
    3: no wait brings it nearer."""
    assert len({view.version.id for view in life.seen}) == 1
    clocks = [view.clock for view in life.seen if view.clock.started_at]
    assert len({clock.due_original for clock in clocks}) <= 1
    dues = [clock.due_at for clock in clocks if clock.due_at]
    assert dues == sorted(dues)
    assert all(clock.due_at >= clock.due_original for clock in clocks if clock.due_at)


def check_time_adds_up(view: DossierView) -> None:
    """4: used + waited + not worked = from acceptance to the end, or to now."""
    clock = view.clock
    if clock.started_at is None:
        assert (clock.consumed_minutes, clock.paused_minutes) == (0, 0)
        return
    row = Dossier.objects.select_related("case").get(code=view.code).case
    ended = row.ended_at if view.phase in OVER else clock.as_of
    elapsed = int((ended - clock.started_at).total_seconds() // 60)
    parts = (clock.consumed_minutes, clock.paused_minutes, clock.nonworking_minutes)
    assert min(parts) >= 0
    assert abs(sum(parts) - elapsed) <= 1
    if view.phase is Phase.PAUSED:
        assert clock.timeliness is Timeliness.PAUSED  # 7: who waits is not late


def check_nothing_names_the_number(life: Life) -> None:
    """11: what leaves masked never holds the first six digits."""
    code, applicant, now = life.code, life.applicant, life.now
    said = [
        repr(notifications.messages_for(applicant.person_id)),
        repr(dossiers.mine(applicant, now=now)),
        repr(dossiers.find(code, leader(now), now=now)),
        repr(dossiers.track(code, life.view().secret or secret_of(life), now=now, client="a")),
    ]
    for paper in seen(code, now=now).issued:
        if paper.kind != "RESULT":  # the result itself is made out to the person
            pdf = PdfReader(io.BytesIO(documents.read_file(paper.file_id)))
            said.append("".join(page.extract_text() for page in pdf.pages))
    assert [text for text in said if FIRST_SIX in text.replace(" ", "")] == []


def secret_of(life: Life) -> str:
    return dossiers.receipt(life.code, life.applicant, now=life.now).secret


def test_who_waits_for_the_applicant_is_not_overdue_in_the_figures(tuyet):
    code = a_birth(tuyet)
    now = MONDAY_9AM + timedelta(minutes=30)
    step(code, "receive", now=now)
    step(code, "assign", now=now, assignee_id=assignee(code, now))
    step(code, "supplement", now=now, reason="Ảnh mờ", items=(BLURRED,))
    much_later = now + timedelta(days=60)

    overdue = dossiers.lines_of(Bucket.OVERDUE, leader(now), now=much_later, months=12)
    paused = dossiers.lines_of(Bucket.PAUSED, leader(now), now=much_later, months=12)
    assert overdue.lines == ()
    assert [line.code for line in paused.lines] == [code]


def assignee(code: str, now: datetime):
    offered = on_desk(code, now=now, by=holder_of(code, now=now)).actions
    return next(a for a in offered if a.key == "assign").assignees[0][0]


def test_a_paper_that_a_register_holds_is_never_a_must(small_city):
    """18, over every procedure in force."""
    today = MONDAY_9AM.date()
    versions = procedures.all_current(today)
    assert len(versions) >= 120
    for hit in versions:
        version = procedures.open_version(hit.code, today)
        held = {c.key for c in version.components if c.replaced_by or c.filled_here}
        musts = {n.component.key for n in dossiers.needs(version, {}) if n.by_upload}
        assert not held & musts, hit.code


@pytest.mark.parametrize(
    ("sent_at", "received_at", "due_on"),
    [
        # 15: seven working days when accepted from 1 July 2026 on, fifteen days before
        (datetime(2026, 6, 29, 9, tzinfo=CITY_TZ), datetime(2026, 6, 30, 9, tzinfo=CITY_TZ), 15),
        (datetime(2026, 6, 30, 16, tzinfo=CITY_TZ), datetime(2026, 7, 1, 9, tzinfo=CITY_TZ), 10),
        (datetime(2026, 7, 1, 9, tzinfo=CITY_TZ), datetime(2026, 7, 1, 10, tzinfo=CITY_TZ), 10),
    ],
)
def test_the_law_of_the_day_of_acceptance_decides(tuyet, sent_at, received_at, due_on):
    code = hand_in(HOUSE, HOUSE_ANSWERS | {"starts_on": "2027-01-10"}, tuyet, now=sent_at).code
    step(code, "receive", now=received_at)

    due = seen(code, now=received_at).clock.due_at
    assert due
    assert due.date() == datetime(2026, 7, due_on, tzinfo=CITY_TZ).date()
