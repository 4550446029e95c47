"""A program of a business: keys, the sandbox, many dossiers at once, one answer to each key."""

import json

import pytest
from django.test import Client

from motcua.contexts.dossiers.actions import sandbox
from motcua.contexts.dossiers.models import BulkFiling, Dossier, Draft, SandboxDossier
from motcua.contexts.dossiers.testing import ANSWERS, BIRTH
from motcua.contexts.identity.testing import a_citizen_account, a_person, a_program_key
from motcua.contexts.notifications import public as notifications
from motcua.kernel import clock
from motcua.kernel.models import LedgerLeaf

pytestmark = pytest.mark.usefixtures("small_city")
ROOT = "/api/v1/business"


class Program:
    """Calls as a program does: a key, and a new idempotency key for each write."""

    def __init__(self, account, *, sandbox, scopes=("read", "write")):
        text = a_program_key(account, sandbox=sandbox, scopes=scopes, now=clock.now())
        self.headers = {"authorization": f"Bearer {text}"}
        self.client, self.calls = Client(), 0

    def get(self, path):
        return self.client.get(path, headers=self.headers)

    def post(self, path, body=None, *, key=""):
        self.calls += 1
        headers = self.headers | {"idempotency-key": key or f"{id(self)}-{self.calls}"}
        return self.client.post(path, json.dumps(body or {}), "application/json", headers=headers)


@pytest.fixture
def tuyet(small_city):
    return a_citizen_account()


@pytest.fixture
def trying(tuyet):
    return Program(tuyet, sandbox=True)


@pytest.fixture
def live(tuyet):
    return Program(tuyet, sandbox=False)


def rows(*children):
    return {
        "procedure_code": BIRTH, "ward_code": "26740",
        "rows": [ANSWERS | {"child_full_name": name} for name in children],
    }  # fmt: skip


def filed(program, deliveries, *children):
    """A filing whose good lines are drafts."""
    filing = program.post(f"{ROOT}/filings", rows(*children)).json()
    deliveries()
    program.post(f"{ROOT}/filings/{filing['id']}/drafts")
    deliveries()
    return filing["id"]


def lines(program, filing_id):
    return program.get(f"{ROOT}/filings/{filing_id}/lines").json()["items"]


def with_papers(program, filing_id):
    for line in lines(program, filing_id):
        named = {"component_key": "giay_chung_sinh"}
        program.post(f"{ROOT}/drafts/{line['draft_id']}/papers", named)


@pytest.mark.parametrize("path", ["/api/v1/dossiers", "/api/v1/notifications", "/api/v1/inbox"])
def test_a_key_for_trying_out_opens_nothing_of_the_city(trying, path):
    answer = trying.get(path)

    assert (answer.status_code, answer.json()["code"]) == (403, "sandbox_key_elsewhere")


def test_a_key_that_only_reads_files_nothing(tuyet):
    reader = Program(tuyet, sandbox=True, scopes=("read",))

    answer = reader.post(f"{ROOT}/filings", rows("Lê Minh An"))

    assert (answer.status_code, answer.json()["code"]) == (403, "token_scope_missing")


def test_the_rules_of_the_sandbox_are_those_of_the_city(trying, live, deliveries):
    wrong = rows("Lê Minh An", "Lê 5")

    told = []
    for program in (trying, live):
        filing = program.post(f"{ROOT}/filings", wrong).json()
        deliveries()
        told.append(lines(program, filing["id"]))

    errors = [[line["errors"] for line in each] for each in told]
    assert errors[0] == errors[1]
    assert errors[0][0] == []
    assert errors[0][1][0]["field"] == "child_full_name"


def test_what_is_tried_goes_the_whole_way_and_nothing_reaches_the_city(tuyet, trying, deliveries):
    filing_id = filed(trying, deliveries, "Lê Minh An", "Lê Minh Bình")
    with_papers(trying, filing_id)
    trying.post(f"{ROOT}/filings/{filing_id}/send")
    deliveries()
    code = lines(trying, filing_id)[0]["dossier_code"]

    states = [
        trying.post(f"{ROOT}/dossiers/{code}/desk", {"status": status}).json()["status"]
        for status in (2, 5, 4, 9)
    ]

    assert states == [2, 5, 4, 9]
    assert len(trying.get(f"{ROOT}/dossiers").json()["items"]) == 2
    assert not Dossier.objects.exists() and not Draft.objects.exists()
    assert not notifications.messages_for(tuyet.person_id)


def test_the_desk_of_the_sandbox_goes_no_way_that_a_real_one_cannot(trying, deliveries):
    filing_id = filed(trying, deliveries, "Lê Minh An")
    with_papers(trying, filing_id)
    trying.post(f"{ROOT}/filings/{filing_id}/send")
    deliveries()
    code = lines(trying, filing_id)[0]["dossier_code"]

    answer = trying.post(f"{ROOT}/dossiers/{code}/desk", {"status": 9})

    assert (answer.status_code, answer.json()["code"]) == (409, "status_not_allowed")


def test_left_alone_it_goes_a_step_a_minute_to_its_result_and_is_forgotten(trying, deliveries):
    filing_id = filed(trying, deliveries, "Lê Minh An")
    with_papers(trying, filing_id)
    trying.post(f"{ROOT}/filings/{filing_id}/send")
    deliveries()
    now = clock.now()

    for minute in range(1, 6):
        sandbox.play_desks(now=now + sandbox.PACE * 2 * minute)

    assert SandboxDossier.objects.get().status == 9
    sandbox.forget_tried(now=now + sandbox.KEPT * 2)
    assert not SandboxDossier.objects.exists()


def test_a_paper_that_lacks_keeps_a_line_back_with_its_sentence(trying, deliveries):
    filing_id = filed(trying, deliveries, "Lê Minh An")

    trying.post(f"{ROOT}/filings/{filing_id}/send")
    deliveries()

    (line,) = lines(trying, filing_id)
    assert line["dossier_code"] == ""
    assert "chứng sinh" in line["kept_back"]


def test_the_two_sides_do_not_see_each_other(trying, live, deliveries):
    tried, real = (filed(one, deliveries, "Lê Minh An") for one in (trying, live))

    assert trying.get(f"{ROOT}/filings/{real}").status_code == 404
    assert live.get(f"{ROOT}/filings/{tried}").status_code == 404
    assert live.post(f"{ROOT}/dossiers/THU-1/desk", {"status": 2}).json()["code"] == (
        "only_in_sandbox"
    )


def test_a_stranger_sees_neither(trying, deliveries):
    filing_id = filed(trying, deliveries, "Lê Minh An")
    khoa = a_citizen_account(a_person("Lê Minh Khoa", personal_number="079188999002"))
    other = Program(khoa, sandbox=True)

    assert other.get(f"{ROOT}/filings/{filing_id}").status_code == 404
    assert other.get(f"{ROOT}/dossiers").json()["items"] == []


def test_the_same_key_answers_the_same_and_files_once(live):
    first = live.post(f"{ROOT}/filings", rows("Lê Minh An"), key="k-1")
    again = live.post(f"{ROOT}/filings", rows("Lê Minh An"), key="k-1")
    other = live.post(f"{ROOT}/filings", rows("Lê Minh Bình"), key="k-1")

    assert first.json() == again.json()
    assert BulkFiling.objects.count() == 1
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_mismatch")


def test_a_write_without_a_key_is_refused(live):
    answer = live.client.post(
        f"{ROOT}/filings", json.dumps(rows("Lê Minh An")), "application/json",
        headers=live.headers,
    )  # fmt: skip

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_required")


def test_a_program_is_told_how_many_calls_are_left(trying):
    first, second = (trying.get(f"{ROOT}/dossiers") for _ in range(2))

    assert first["RateLimit-Policy"] == '"api";q=600;w=60'
    left = [int(one["RateLimit"].split(";r=")[1].split(";")[0]) for one in (first, second)]
    assert left[0] - left[1] == 1


def test_lists_go_by_key(trying, deliveries):
    names = [f"Lê Minh {letter}" for letter in ("An", "Bình", "Châu")]
    filing_id = filed(trying, deliveries, *names)
    with_papers(trying, filing_id)
    trying.post(f"{ROOT}/filings/{filing_id}/send")
    deliveries()

    first = trying.get(f"{ROOT}/dossiers?limit=2").json()
    rest = trying.get(f"{ROOT}/dossiers?limit=2&before={first['next']}").json()
    some = trying.get(f"{ROOT}/filings/{filing_id}/lines?limit=2").json()

    codes = [one["code"] for one in (*first["items"], *rest["items"])]
    assert (len(codes), len(set(codes)), rest["next"]) == (3, 3, "")
    assert (len(some["items"]), some["next"]) == (2, 2)


def test_a_live_key_sends_to_the_city(live, deliveries):
    filing_id = filed(live, deliveries, "Lê Minh An")
    (line,) = lines(live, filing_id)
    needs_file = live.post(f"{ROOT}/drafts/{line['draft_id']}/papers",
                           {"component_key": "giay_chung_sinh"})  # fmt: skip

    live.post(f"{ROOT}/filings/{filing_id}/send", {"trial": True})
    deliveries()

    sending = live.get(f"{ROOT}/filings/{filing_id}").json()["sending"]
    assert needs_file.json()["code"] == "file_needed"
    assert sending == {"trial": True, "passed": 0, "refused": 1, "is_done": True}
    assert live.get(f"{ROOT}/obligations").json()["items"][0]["kind"] == "KEY"


def test_the_ledger_tells_what_was_tried_from_what_was_done(trying):
    trying.post(f"{ROOT}/filings", rows("Lê Minh An"))

    leaf = LedgerLeaf.objects.filter(action="dossiers.bulk_bring").get()
    assert json.loads(leaf.body)["facts"]["sandbox"] is True
    assert "Lê Minh An" not in leaf.body
