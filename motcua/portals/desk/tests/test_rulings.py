"""Nhận giá trị nguồn: a difference is decided once, with a reason, and both values stay."""

import json
import re

import pytest
from django.test import Client

from motcua.contexts.dossiers import public as dossiers
from motcua.contexts.dossiers.contracts.rulings import Ruling
from motcua.contexts.dossiers.models import DossierPast, ValueRuling
from motcua.contexts.dossiers.testing import a_submitted_birth
from motcua.contexts.exchange.testing import in_process, registry
from motcua.contexts.identity.testing import a_citizen_account, a_person, signed_in, the_actor
from motcua.contexts.organisations.testing import BEN_THANH
from motcua.kernel import clock
from motcua.kernel.forms import ProvenanceKind
from motcua.kernel.models import LedgerLeaf
from motcua.portals.desk.tests.test_desk import act, post, text_of

BORN = "requester_born_on"
DECLARED, REGISTERED = "1990-05-13", "1990-05-12"
REASON = "Giấy chứng sinh và căn cước đều ghi ngày này."


@pytest.fixture
def mother(small_city):
    return a_citizen_account(a_person())


@pytest.fixture
def code(mother, tmp_path):
    """Declared with another birthday than the population register holds; the register answers."""
    with registry.registered(in_process("population", tmp_path)):
        yield a_submitted_birth(
            the_actor(mother), now=clock.now(), desk_ward=BEN_THANH, said={BORN: DECLARED}
        )


def table_of(client: Client, code: str) -> str:
    page = text_of(client.get(f"/ban/ho-so/{code}/doi-chieu"))
    found = re.search(r'<table class="match">.*?</table>', page, re.S)
    return found[0] if found else ""


def asked_in(table: str) -> dict[str, str]:
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', table)
    return {name: value for name, value in hidden if name in {"question", "mark", "seen_version"}}


def ruled(client: Client, code: str, ruling: str, reason: str = REASON, **other: str):
    said = asked_in(table_of(client, code)) | {"ruling": ruling, "reason": reason, **other}
    return post(client, f"/ban/ho-so/{code}/nguon", **said)


def value_of(code: str, mother) -> tuple[object, ProvenanceKind]:
    view = dossiers.dossier(code, the_actor(mother), now=clock.now())
    return view.answers[BORN], view.provenance[BORN].kind


def test_the_value_of_the_source_is_taken_and_both_stay(at_desk, code, mother):
    khue = at_desk("khue")
    before = table_of(khue, code)

    answer = ruled(khue, code, "TAKEN")

    assert "Dân cư: 12/05/1990" in before
    assert answer.status_code == 303
    assert value_of(code, mother) == (REGISTERED, ProvenanceKind.REGISTER)
    row = ValueRuling.objects.get()
    assert (row.pair, row.source) == (
        {"declared": DECLARED, "registered": REGISTERED},
        "population.born_on",
    )
    assert DossierPast.objects.filter(dossier=row.dossier_id, sheet__isnull=False).count() == 1
    after = table_of(khue, code)
    assert "Đã nhận giá trị nguồn. Người nộp đã khai: 13/05/1990." in after
    assert "Nhận giá trị nguồn</button>" not in after


def test_the_applicant_reads_both_values_the_reason_and_who(at_desk, code, mother):
    ruled(at_desk("khue"), code, "TAKEN")

    page = text_of(signed_in(Client(), mother).get(f"/ho-so/{code}"))

    section = page.partition('id="khac-nguon"')[2].partition("</section>")[0]
    for said in ("cơ quan dùng giá trị của cơ sở dữ liệu", "13/05/1990", "12/05/1990", REASON):
        assert said in section
    assert "Huỳnh Văn Khuê" in section or "Khuê" in section


def test_a_declared_value_that_stands_is_not_asked_about_again(at_desk, code, mother):
    khue = at_desk("khue")

    ruled(khue, code, "KEPT")

    assert value_of(code, mother) == (DECLARED, ProvenanceKind.DECLARED)
    after = table_of(khue, code)
    assert "Đã giữ điều người nộp khai. Dân cư ghi: 12/05/1990." in after
    assert "<form" not in after
    assert "Giữ điều người nộp khai" in text_of(khue.get(f"/ban/ho-so/{code}?muc=lich-su"))
    leaf = LedgerLeaf.objects.get(action="dossiers.rule_value")
    assert json.loads(leaf.body)["facts"]["ruling"] == Ruling.KEPT
    assert DECLARED not in str(leaf.body)


@pytest.mark.parametrize(
    ("changed", "status", "sentence"),
    [
        ({"reason": "  "}, 422, "Bạn ghi lý do, để người nộp đọc được vì sao."),
        ({"reason": "x" * 1001}, 422, "Lý do ghi nhiều nhất 1.000 ký tự."),
        ({"ruling": "BOTH"}, 422, "Bạn chọn nhận giá trị nguồn hay giữ điều người nộp khai."),
        ({"mark": "00"}, 409, "Mục này không còn khác nguồn, hoặc nguồn vừa đổi."),
        ({"question": "child_full_name"}, 409, "Mục này không còn khác nguồn"),
        ({"seen_version": "0"}, 409, "thao tác của bạn chưa được ghi"),
    ],
)
def test_nothing_else_than_what_was_seen_is_decided(
    at_desk, code, mother, changed, status, sentence
):
    answer = ruled(at_desk("khue"), code, **{"ruling": "TAKEN", **changed})

    assert answer.status_code == status
    assert sentence in text_of(answer)
    assert not ValueRuling.objects.exists()
    assert value_of(code, mother) == (DECLARED, ProvenanceKind.DECLARED)


def test_who_does_not_hold_the_step_any_more_decides_nothing(at_desk, code):
    khue = at_desk("khue")
    said = asked_in(table_of(khue, code))
    act(khue, code, "receive")

    answer = post(khue, f"/ban/ho-so/{code}/nguon", ruling="TAKEN", reason=REASON, **said)

    assert answer.status_code == 403
    assert not ValueRuling.objects.exists()


def test_a_register_that_is_silent_decides_nothing(at_desk, code, tmp_path):
    khue = at_desk("khue")
    said = asked_in(table_of(khue, code))

    with registry.registered(in_process("population", tmp_path, down=True)):
        answer = post(khue, f"/ban/ho-so/{code}/nguon", ruling="TAKEN", reason=REASON, **said)

    assert answer.status_code == 409
    assert not ValueRuling.objects.exists()


def test_a_difference_that_comes_back_is_asked_about_again(at_desk, code, mother):
    khue = at_desk("khue")
    ruled(khue, code, "TAKEN")
    item = {"item.0.about": f"cau:{BORN}", "item.0.why": "Ngày sinh chưa rõ.",
            "item.0.how": "Bạn ghi lại ngày sinh.",
            "item.0.law": "118/2025/NĐ-CP"}  # fmt: skip
    page = text_of(khue.get(f"/ban/ho-so/{code}/lam/supplement"))
    item["item.0.law"] = re.findall(r'<option value="([^"]*118/2025[^"]*)"', page)[0]
    act(khue, code, "supplement", **item)
    day = {f"{BORN}.day": "13", f"{BORN}.month": "5", f"{BORN}.year": "1990"}

    sent = signed_in(Client(), mother).post(
        f"/ho-so/{code}/gui-them", {"idempotency_key": "again", **day}
    )

    assert sent.status_code == 303
    assert "Nhận giá trị nguồn</button>" in table_of(khue, code)
