"""A notice of the law: how it was delivered, who may see that, and paper where nothing worked."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pypdf
import pytest
from django.test import Client

from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.identity import testing as identity
from motcua.contexts.identity.queries.actors import actor_of
from motcua.contexts.notifications import queries, tasks
from motcua.contexts.notifications.actions.delivering import note_outcome, send_out
from motcua.contexts.notifications.actions.reading import mark_all_read, mark_read
from motcua.contexts.notifications.actions.serving import ask_for_paper, note_paper
from motcua.contexts.notifications.contracts import (
    DeliveryState,
    PaperAlreadyDone,
    PaperWay,
    PostNumberMissing,
    ServiceNotFound,
)
from motcua.contexts.notifications.models import PaperService
from motcua.contexts.notifications.rules.serving import WAIT
from motcua.contexts.notifications.testing import told
from motcua.contexts.notifications.web import serving
from motcua.contexts.organisations import public as organisations
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock
from motcua.kernel.actors import Actor, Role
from motcua.kernel.testing import citizen, officer


@pytest.fixture
def tuyet(small_city):
    return identity.a_citizen_account()


@pytest.fixture
def reader(tuyet):
    now = clock.now()
    return actor_of(tuyet, assurance=2, proven_at=now, now=now)


@pytest.fixture
def code(reader):
    return a_submitted_birth(reader, now=clock.now(), desk_ward="26740")


@pytest.fixture
def notice(reader, code):
    """Asked for a supplement so long ago that paper must go."""
    message = told(
        reader.person_id,
        "supplement_asked",
        subject=code,
        params={"officer": "Võ Thị Kim Ngân"},
        now=clock.now() - WAIT - timedelta(hours=1),
    )
    send_out(message.id, now=message.created_at)
    return message


def officer_of_the_desk() -> Client:
    account = identity.an_officer_account("ngan", officer_id=the_officer("ngan").id)
    return identity.signed_in(Client(), account)


def desk_actor() -> Actor:
    account = identity.an_officer_account("ngan", officer_id=the_officer("ngan").id)
    now = clock.now()
    return actor_of(account, assurance=2, proven_at=now, now=now)


def the_service(notice):
    [found] = queries.services([notice], language="vi")
    return found


def set_state(notice, channel: str, state: DeliveryState, **rest) -> None:
    [delivery] = [d for d in queries.deliveries_of(notice.id) if d.channel == channel]
    note_outcome(f"notification-{delivery.id}", state=state, now=clock.now(), **rest)


def test_a_mail_that_was_taken_proves_no_reader(notice):
    set_state(notice, "EMAIL", DeliveryState.SENT)

    assert the_service(notice).reached == ""


def test_a_receipt_or_an_opening_does(notice, reader):
    set_state(notice, "SMS", DeliveryState.DELIVERED, provider="sms_one")
    assert the_service(notice).reached == "DELIVERED"

    mark_read(notice.id, actor=reader, now=clock.now())

    notice.refresh_from_db()
    assert the_service(notice).reached == "OPENED"


def test_what_reached_nobody_becomes_work_of_the_desk_once(notice):
    now = clock.now()

    tasks.paper(now)
    tasks.paper(now)
    ask_for_paper(now=now + timedelta(hours=1))

    asked = PaperService.objects.get()
    assert asked.unit_id == organisations.one_stop_desk("26740").id


@pytest.mark.parametrize("how", ["opened", "delivered", "early", "other"])
def test_what_reached_somebody_or_may_still_does_not(notice, reader, how):
    now = clock.now()
    if how == "opened":
        mark_all_read(subject=None, actor=reader, now=now)
    if how == "delivered":
        set_state(notice, "SMS", DeliveryState.DELIVERED, provider="sms_two")
    if how == "early":
        now = notice.created_at + WAIT - timedelta(minutes=1)
    if how == "other":
        type(notice).objects.filter(id=notice.id).update(template="payment_asked")

    tasks.paper(now)

    assert not PaperService.objects.exists()


def test_what_is_about_no_dossier_waits_for_nobody(reader):
    told(
        reader.person_id, "supplement_asked", subject="X",
        now=clock.now() - WAIT - timedelta(hours=1),
    )  # fmt: skip

    tasks.paper(clock.now())

    assert not PaperService.objects.exists()


def test_the_desk_notes_the_post_and_only_once(notice):
    now = clock.now()
    ask_for_paper(now=now)
    paper, desk = PaperService.objects.get(), desk_actor()

    with pytest.raises(PostNumberMissing):
        note_paper(paper.id, way=PaperWay.POST, reference=" ", actor=desk, now=now)
    note_paper(paper.id, way=PaperWay.POST, reference="EV999VN", actor=desk, now=now)
    with pytest.raises(PaperAlreadyDone):
        note_paper(paper.id, way=PaperWay.COUNTER, reference="", actor=desk, now=now)

    found = the_service(notice)
    assert (found.reached, found.paper.reference) == ("PAPER", "EV999VN")


def test_another_desk_or_a_citizen_notes_nothing(notice, reader):
    ask_for_paper(now=clock.now())
    paper = PaperService.objects.get()

    for stranger in (reader, citizen(name="Lê Minh Khoa")):
        with pytest.raises(ServiceNotFound):
            note_paper(
                paper.id, way=PaperWay.COUNTER, reference="", actor=stranger, now=clock.now()
            )


def test_the_proof_names_every_step_and_its_leaf(tuyet, notice, reader):
    set_state(notice, "SMS", DeliveryState.DELIVERED, provider="sms_one")
    mark_all_read(subject=None, actor=reader, now=clock.now())
    browser = identity.signed_in(Client(), tuyet)

    page = browser.get(f"/thong-bao/da-bao/{notice.id}").content.decode()
    pdf = browser.get(f"/thong-bao/da-bao/{notice.id}.pdf")
    words = "".join(one.extract_text() for one in pypdf.PdfReader(BytesIO(pdf.content)).pages)

    for step in (
        "Lập tin",
        "Tổng đài tin nhắn thứ nhất",
        "Người nhận mở tin",
        "chờ lần niêm phong kế",
    ):
        assert step in page
    assert "BẰNG CHỨNG ĐÃ BÁO TIN" in words
    assert notice.subject in words
    assert "Ngân" not in words
    acts = [leaf.action for leaf in queries.leaves_of(notice)]
    assert acts[0] == "notifications.made"
    assert "notifications.opened" in acts


def test_who_may_see_how_it_was_delivered(notice, tuyet):
    stranger = identity.a_person("Lê Minh Khoa", personal_number="079188999002")
    browsers = {
        "reader": identity.signed_in(Client(), tuyet),
        "stranger": identity.signed_in(Client(), identity.a_citizen_account(stranger)),
        "desk": officer_of_the_desk(),
    }

    answers = {
        who: browser.get(f"/thong-bao/da-bao/{notice.id}").status_code
        for who, browser in browsers.items()
    }
    listed = browsers["desk"].get(f"/thong-bao/da-bao?ho_so={notice.subject}").content.decode()

    assert answers == {"reader": 200, "stranger": 404, "desk": 200}
    assert "Cần bạn gửi thêm giấy tờ" in listed.replace("\u00a0", " ")


def test_the_desk_works_through_its_list(notice):
    ask_for_paper(now=clock.now())
    paper: UUID = PaperService.objects.get().id
    browser = officer_of_the_desk()

    before = browser.get("/ban/giao-giay").content.decode()
    done = browser.post(f"/ban/giao-giay/{paper}", {"idempotency_key": "a", "cach": "COUNTER"})
    after = browser.get("/ban/giao-giay").content.decode()

    assert notice.subject in before
    assert re.search(r'href="/ban/giao-giay"[^>]*aria-current="page"', before)
    assert done.status_code == 303
    assert "Giao tận tay tại quầy" in after


def test_the_dossiers_history_leads_to_how_its_notices_were_delivered(notice):
    browser = officer_of_the_desk()

    page = browser.get(f"/ban/ho-so/{notice.subject}?muc=lich-su").content.decode()
    answer = browser.get(f"/thong-bao/da-bao?ho_so={notice.subject}").content.decode()

    assert f"/thong-bao/da-bao?ho_so={notice.subject}" in page
    assert len(re.findall(r'aria-current="page"', answer)) == 1


def test_an_auditor_takes_a_list_without_names_and_words(notice, tuyet, rf):
    asked = rf.get("/quan-tri/tong-dat.csv")
    asked.actor = officer(Role.AUDITOR)

    answer = serving.export(asked)

    lines = b"".join(answer.streaming_content).decode()
    assert notice.subject in lines
    assert "EMAIL" in lines
    assert "Ngân" not in lines
    for other in (identity.signed_in(Client(), tuyet), officer_of_the_desk()):
        assert other.get("/quan-tri/tong-dat.csv").status_code == 403
