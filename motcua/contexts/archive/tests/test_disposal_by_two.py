"""Nothing goes but what two people let go, past its last day, with nobody holding it back."""

import random
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from motcua.contexts.archive.actions import disposing, restoring
from motcua.contexts.archive.contracts import (
    ApproveDisposal,
    ListDecided,
    ListState,
    MinutesMissing,
    NothingToDispose,
    OwnProposal,
    ProposeDisposal,
    WhyMissing,
)
from motcua.contexts.archive.models import (
    DisposalLine,
    DisposalList,
    Keeping,
    PackedDossier,
    RestoredDossier,
)
from motcua.contexts.archive.queries import disposals
from motcua.contexts.archive.testing import (
    a_closed_birth,
    a_known,
    a_package,
    an_approved_list,
    past_its_time,
    written,
)
from motcua.contexts.documents import public as documents
from motcua.contexts.documents.contracts import FileNotFound
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import DossierNotFound
from motcua.contexts.identity.testing import (
    a_citizen_account,
    an_officer_account,
    signed_in,
    the_actor,
)
from motcua.contexts.organisations.testing import the_officer
from motcua.contexts.privacy import public as privacy
from motcua.contexts.privacy.contracts import HoldGround, PlaceHold
from motcua.contexts.privacy.testing import disposed_of_tonight
from motcua.contexts.procedures.contracts import CountedFrom
from motcua.kernel.testing import MONDAY_9AM
from motcua.kernel.web import new_key

pytestmark = pytest.mark.usefixtures("small_city")
LATER = MONDAY_9AM + timedelta(days=30)
WHY = "Hết thời hạn lưu"


@pytest.fixture
def person(small_city):
    return the_actor(a_citizen_account())


@pytest.fixture
def code(person, deliveries) -> str:
    found = a_closed_birth(person)
    deliveries()
    return found


@pytest.fixture
def tho():
    return a_known("tho")


@pytest.fixture
def uyen():
    return a_known("uyen")


def send(browser: Client, url: str, typed):
    return browser.post(url, {"idempotency_key": new_key(), **typed})


def a_hold(code: str, actor) -> None:
    until = (LATER + timedelta(days=900)).date()
    command = PlaceHold(
        code=code, ground=HoldGround.COMPLAINT, reason="Đang khiếu nại", until=until
    )
    privacy.place_hold(command, actor=actor, now=MONDAY_9AM)


def proposed(code, tho):
    return disposing.propose(ProposeDisposal(codes=(code,), why=WHY), actor=tho, now=LATER)


def approval(list_id, *, minutes="BB 02/BB-HĐ, 20/12/2026", **kept) -> ApproveDisposal:
    return ApproveDisposal(list_id=list_id, minutes=minutes, kept=kept)


def test_what_is_kept_for_ever_held_or_listed_is_not_proposed(code, tho):
    disposed_of_tonight(LATER)  # nothing was decided
    with pytest.raises(NothingToDispose):
        proposed(code, tho)
    past_its_time(code, now=LATER)
    with pytest.raises(WhyMissing):
        disposing.propose(ProposeDisposal(codes=(code,), why=" "), actor=tho, now=LATER)
    proposed(code, tho)
    with pytest.raises(NothingToDispose):
        proposed(code, tho)

    assert dossiers.dossier_record(code).code == code


def test_whoever_proposed_does_not_decide_and_the_database_agrees(code, tho, uyen):
    past_its_time(code, now=LATER)
    made = proposed(code, tho)

    with pytest.raises(OwnProposal):
        disposing.approve(approval(made.list_id), actor=tho, now=LATER)
    with pytest.raises(MinutesMissing):
        disposing.approve(approval(made.list_id, minutes=" "), actor=uyen, now=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        DisposalList.objects.update(decided_by=tho.account_id, decided_at=LATER)
    disposing.approve(approval(made.list_id), actor=uyen, now=LATER)
    with pytest.raises(ListDecided):
        disposing.approve(approval(made.list_id), actor=uyen, now=LATER)


def test_what_two_let_go_goes_the_next_night_with_a_certificate(code, tmp_path, tho):
    path = written(a_package(tho), tmp_path / "g.zip")
    restoring.restore(path, actor=tho, now=LATER)
    bag = PackedDossier.objects.get().file_id
    listed = an_approved_list(code, now=LATER)

    disposed_of_tonight(LATER)

    line = DisposalLine.objects.get(list_id=listed)
    assert line.gone_at and line.run.startswith("TH-")
    assert Keeping.objects.get().disposed_at is not None
    with pytest.raises(DossierNotFound):
        dossiers.dossier_record(code)
    assert not RestoredDossier.objects.exists()
    assert PackedDossier.objects.get().file_id is None
    with pytest.raises(FileNotFound):
        documents.file_by_id(bag)
    [run] = [one for one in privacy.disposal_runs() if one.code == line.run]
    assert run.certificate_url
    told = restoring.restore(path, actor=tho, now=LATER)
    assert told.restored == ()
    assert line.run in told.refused[0]


def test_a_hold_placed_after_the_approval_stops_it(code, tho):
    an_approved_list(code, now=LATER)
    a_hold(code, tho)

    disposed_of_tonight(LATER)

    assert dossiers.dossier_record(code).code == code
    assert DisposalLine.objects.get().open


def test_what_the_examination_keeps_and_what_is_refused_stays(person, code, tho, uyen, deliveries):
    other = a_closed_birth(person, now=MONDAY_9AM + timedelta(hours=2))
    deliveries()
    for one in (code, other):
        past_its_time(one, now=LATER)
    command = ProposeDisposal(codes=(code, other), why=WHY)
    made = disposing.propose(command, actor=tho, now=LATER)
    with pytest.raises(WhyMissing):
        disposing.approve(approval(made.list_id, **{code: ""}), actor=uyen, now=LATER)
    decision = approval(made.list_id, **{code: "Có giá trị nghiên cứu"})
    disposing.approve(decision, actor=uyen, now=LATER)
    disposing.refuse(made.list_id, "Cần xem lại cả danh mục", actor=uyen, now=LATER)

    disposed_of_tonight(LATER)

    assert {dossiers.dossier_record(one).code for one in (code, other)} == {code, other}
    assert DisposalList.objects.get().state == ListState.REFUSED


@pytest.mark.parametrize("seed", range(4))
def test_only_approved_unheld_and_past_is_ever_handed_to_the_night(seed, tho):
    chance, today = random.Random(seed), LATER.date()
    lists = {state: a_list(state, tho) for state in ListState}
    held, expected = set(), set()
    for number in range(40):
        state = chance.choice(list(ListState))
        until = chance.choice([None, today + timedelta(days=chance.randint(-3, 3))])
        is_open = chance.random() < 0.8
        row = a_keeping(f"H29.99-{number:07d}", until)
        DisposalLine.objects.create(list=lists[state], case_id=row.pk, code=row.code, open=is_open)
        if chance.random() < 0.3:
            held.add(row.code)
        elif state is ListState.APPROVED and is_open and until is not None and until < today:
            expected.add(row.pk)

    assert set(disposals.approved_open(held, today, limit=100)) == expected


def a_list(state: ListState, tho) -> DisposalList:
    decided = {"decided_by": uuid4(), "decided_at": LATER} if state != ListState.PROPOSED else {}
    return DisposalList.objects.create(
        code=f"DM-{state}", state=state, why=WHY, proposed_by=tho.account_id, proposed_at=LATER,
        minutes="BB 01", **decided,
    )  # fmt: skip


def a_keeping(code: str, until: date | None) -> Keeping:
    return Keeping.objects.create(
        case_id=uuid4(), code=code, procedure_code="1.001193", procedure_name="Khai sinh",
        unit_id=uuid4(), version_id=uuid4(), ruled=True, counted_from=CountedFrom.ENDED,
        ended_on=date(2010, 1, 1), keep_until=until, noted_at=LATER,
    )  # fmt: skip


def test_the_pages_propose_examine_and_tell(code):
    browsers = {
        name: signed_in(Client(), an_officer_account(name, officer_id=the_officer(name).id))
        for name in ("tho", "uyen", "van")
    }
    past_its_time(code, now=MONDAY_9AM + timedelta(days=2))

    page = browsers["tho"].get("/luu-tru/thoi-han", {"han": "OVER"}).content.decode()
    made = send(browsers["tho"], "/luu-tru/thoi-han", {"codes": [code], "why": WHY})
    own = browsers["tho"].get(made["Location"]).content.decode()
    bare = send(browsers["uyen"], f"{made['Location']}/duyet", {"minutes": ""})
    done = send(browsers["uyen"], f"{made['Location']}/duyet", {"minutes": "BB 02, 1/12/2026"})
    told = browsers["uyen"].get(made["Location"]).content.decode()

    assert f'value="{code}"' in page
    assert "Người lập danh mục không được tự quyết định" in own
    assert bare.status_code == 422
    assert "biên bản của Hội đồng" in bare.content.decode()
    assert done.status_code == 303
    assert "Đã duyệt" in told
    assert browsers["van"].get(made["Location"]).status_code == 404
    assert (
        code
        in b"".join(browsers["tho"].get("/luu-tru/thoi-han/xuat.csv").streaming_content).decode()
    )


def test_a_hold_is_placed_from_the_schedule_with_its_reason(code):
    tho = signed_in(Client(), an_officer_account("tho", officer_id=the_officer("tho").id))
    typed = {
        "code": code,
        "ground": "AUDIT",
        "reason": "Thanh tra Thành phố",
        "until": "2040-01-01",
    }

    bare = send(tho, "/luu-tru/thoi-han/tam-giu", typed | {"ground": ""})
    done = send(tho, "/luu-tru/thoi-han/tam-giu", typed)

    assert bare.status_code == 422
    assert done.status_code == 303
    assert privacy.holds_on([code], on=date(2030, 1, 1)) == {code: "Đang thanh tra, kiểm toán"}
