"""What registers fill in: item by item, with source and age; «Sai» never blocks and is compared."""

import pytest

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.models import Draft
from motcua.contexts.exchange.testing import in_process, logged_operations, registry
from motcua.contexts.organisations.testing import acting
from motcua.kernel import clock
from motcua.kernel.forms import ProvenanceKind, read_sheet
from motcua.portals.citizen.tests.conftest import BIRTH, text_of
from motcua.portals.citizen.tests.test_filling import APPLICANT, a_scan, fill, upload

NAME, ETHNICITY = "requester_full_name", "requester_ethnicity"


def begun(tuyet, tmp_path, **said):
    with registry.registered(in_process("population", tmp_path)):
        return tuyet.send(f"/nop/{BIRTH}", {"ward": "26740", **said}).headers["Location"]


def sheet():
    return read_sheet(Draft.objects.get().sheet)


@pytest.fixture
def applicant(tuyet, tmp_path):
    """The address of a page that the register filled in."""
    return f"{begun(tuyet, tmp_path, consent='yes')}/trang/applicant"


def test_only_the_items_that_were_chosen_are_filled_in(tuyet, tmp_path):
    begun(tuyet, tmp_path, consent="some", item=[ETHNICITY])

    assert set(sheet()) == {ETHNICITY}


def test_choosing_none_asks_nobody(tuyet, tmp_path):
    begun(tuyet, tmp_path, consent="some")

    assert (sheet(), logged_operations()) == ({}, [])


def test_whom_the_city_can_reach_is_not_asked_how_again(tuyet, tmp_path):
    begun(tuyet, tmp_path, consent="yes")

    phone = sheet()["requester_phone"]
    assert (phone.value, phone.provenance.source) == ("0900000001", "account.phone")


def test_another_telephone_than_that_of_the_account_is_no_mismatch(tuyet, applicant):
    assert 'name="wrong" value="requester_phone"' not in text_of(tuyet.get(applicant))

    tuyet.send(applicant, {**APPLICANT, "requester_phone": "0900 000 077"})

    phone = sheet()["requester_phone"]
    assert (phone.value, phone.provenance.told) == ("0900000077", None)


def test_sai_empties_the_box_and_keeps_what_the_register_says(tuyet, applicant):
    told = sheet()[ETHNICITY].value
    page = text_of(tuyet.get(applicant))

    again = text_of(tuyet.send(applicant, {**APPLICANT, ETHNICITY: told, "wrong": ETHNICITY}))

    assert f'name="wrong" value="{ETHNICITY}"' in page
    assert f"Cơ sở dữ liệu ghi: {told}." in again
    disputed = sheet()[ETHNICITY]
    assert (disputed.value, disputed.provenance.told) == (None, told)


def test_an_answer_typed_over_survives_being_emptied_and_is_a_mismatch(tuyet, applicant):
    told = sheet()[ETHNICITY].value

    for typed in ("H", "", "Hoa"):
        tuyet.send(f"{applicant}/luu", {**APPLICANT, ETHNICITY: typed})

    origin = sheet()[ETHNICITY].provenance
    assert (origin.kind, origin.told) == (ProvenanceKind.DECLARED, told)
    assert origin.differs_from("Hoa") and not origin.differs_from(told)


def test_an_untouched_answer_keeps_its_source(tuyet, applicant):
    before = sheet()[NAME]

    tuyet.send(applicant, APPLICANT)

    assert sheet()[NAME] == before
    assert before.provenance.kind is ProvenanceKind.REGISTER


def test_a_mismatch_is_sent_and_the_officer_is_told(tuyet, applicant):
    draft = applicant.split("/")[2]
    fill(tuyet, draft, applicant={**APPLICANT, ETHNICITY: "Hoa"})
    upload(tuyet, draft, a_scan())
    sent = tuyet.send(f"/nhap/{draft}/xem-lai", {"return_form": "COUNTER"})
    code = sent.headers["Location"].split("/")[2]

    now = clock.now()
    view = dossiers.desk_view(code, acting("ngan", now.date()), now=now)

    assert any("khai khác cơ sở dữ liệu: Dân tộc" in words for words in view.warnings)
