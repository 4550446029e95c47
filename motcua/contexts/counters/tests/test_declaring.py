"""The declaration on paper is typed in after the reception, by whoever has the paper."""

import pytest
from django.test import Client

from motcua.contexts.casework import public as casework
from motcua.contexts.counters.tests.test_intake import (
    COMPLETE,
    TUYET,
    account,
    khue,
    posts,
    tuyet,
)
from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts import TakeStep
from motcua.contexts.dossiers.testing import ANSWERS, a_submitted_birth, codes_kept
from motcua.contexts.identity.testing import (
    a_citizen_account,
    a_person,
    an_officer_account,
    own_actor,
    signed_in,
)
from motcua.contexts.organisations.testing import the_officer
from motcua.kernel import clock

__all__ = ["account", "khue", "tuyet"]


@pytest.fixture
def received(tuyet) -> str:
    posts(tuyet, "save", q="khai sinh")
    posts(tuyet, **COMPLETE)
    return f"/quay/ho-so/{codes_kept()[0]}/to-khai"


def as_typed() -> dict[str, str]:
    """The answers as a form posts them."""
    said = {}
    for key, value in ANSWERS.items():
        if isinstance(value, dict):
            said |= {f"{key}.{part}": text for part, text in value.items()}
        else:
            said[key] = {True: "yes", False: "no"}.get(value, value)
    return said


def test_what_is_wrong_stays_as_typed_beside_its_sentence(tuyet, received):
    said = as_typed() | {"child_full_name": "", "requester_phone": "12", "idempotency_key": "một"}

    refused = tuyet.post(received, said)

    page = refused.content.decode()
    assert refused.status_code == 422 and "Bạn chưa điền: Họ, chữ đệm và tên của trẻ" in page
    assert 'value="12"' in page and "Bệnh viện Từ Dũ" in page


def test_the_declaration_is_typed_in_whole(tuyet, received, account):
    shown = tuyet.get(received).content.decode()

    saved = tuyet.post(received, as_typed() | {"idempotency_key": "hai"})

    view = dossiers.dossier(codes_kept()[0], own_actor(account), now=clock.now())
    assert 'value="facility" checked' in shown
    assert saved.status_code == 303
    assert view.answers["child_full_name"] == "Lê Minh An"


def test_another_desk_does_not_see_the_form(received, client):
    other = an_officer_account("ngan", officer_id=the_officer("ngan").id)

    assert signed_in(client, other).get(received).status_code == 404


def test_whoever_handles_the_dossier_finds_the_form_at_its_declaration(small_city, client):
    ngan, nghia, bao = (
        an_officer_account(one, officer_id=the_officer(one).id) for one in ("ngan", "nghia", "bao")
    )
    a_person()
    at_counter = signed_in(client, ngan)
    posts(at_counter, "who", number=TUYET)
    posts(at_counter, "save", q="khai sinh")
    posts(at_counter, **COMPLETE)
    code = codes_kept()[0]
    step = TakeStep(
        code=code,
        action="assign",
        seen_version=casework.case(code).version,
        assignee_id=the_officer("bao").id,
    )
    dossiers.take_step(step, actor=own_actor(nghia), now=clock.now())
    browser = signed_in(Client(), bao)

    desk = browser.get(f"/ban/ho-so/{code}").content.decode()

    address = f"/quay/ho-so/{code}/to-khai"
    assert f'href="{address}"' in desk
    assert browser.post(address, as_typed() | {"idempotency_key": "ba"}).status_code == 303


def test_what_somebody_declared_themselves_nobody_types_over(small_city, client):
    applicant = own_actor(a_citizen_account(a_person()))
    code = a_submitted_birth(applicant, now=clock.now(), desk_ward="26743")
    desk = an_officer_account("khue", officer_id=the_officer("khue").id)
    browser = signed_in(client, desk)
    address = f"/quay/ho-so/{code}/to-khai"

    refused = browser.post(address, as_typed() | {"idempotency_key": "bốn", "child_full_name": "X"})

    view = dossiers.dossier(code, own_actor(desk), now=clock.now())
    assert refused.status_code == 403 and "tự khai" in refused.content.decode()
    assert view.answers["child_full_name"] != "X"
