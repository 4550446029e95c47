"""Hộ kinh doanh: trades and founders."""

from motcua.services.packs.testing import KHOA, TUYET, Pack, named

PACK = Pack(__file__)
EATERY = {"trade_code": "5610", "trade_name": "Quán ăn", "main": True}
BAKERY = {"trade_name": "Bán bánh", "main": False}
PARTNER = {key: KHOA[key] for key in ("full_name", "personal_number")}
ANSWERS = {
    **named("applicant", TUYET),
    "owner_kind": "person",
    "filed_by_other": False,
    "business_name": "Hộ kinh doanh Ánh Tuyết",
    "business_address": {"ward": "26743", "street": "8 Lê Lai"},
    "trades": [EATERY, BAKERY],
    "capital": 150_000_000,
    "workers": 2,
    "starts_on": "2026-12-01",
    "tax_invoices": True,
    "insurance_workers": False,
    "truthful": True,
}


def test_one_trade_is_the_main_one():
    assert list(PACK.refusals(ANSWERS, trades=[BAKERY])) == ["trades"]
    assert list(PACK.refusals(ANSWERS, trades=[EATERY, EATERY])) == ["trades"]


def test_only_a_family_names_members():
    assert "members" in PACK.refusals(ANSWERS, owner_kind="family")
    assert PACK.refusals(ANSWERS, owner_kind="family", members=[PARTNER]) == {}


def test_the_owner_is_not_listed_again():
    me = PARTNER | {"personal_number": "079190999001"}
    assert list(PACK.refusals(ANSWERS, owner_kind="family", members=[me])) == ["members"]


def test_who_files_for_the_owner_names_the_owner():
    asked = PACK.refusals(ANSWERS, filed_by_other=True)
    assert set(asked) == {
        f"owner_{what}" for what in ("full_name", "personal_number", "born_on", "address")
    }
    filed = ANSWERS | named("owner", KHOA) | {"filed_by_other": True}
    assert PACK.refusals(filed) == {}
    assert list(PACK.refusals(filed, owner_kind="family", members=[PARTNER])) == ["members"]
    assert PACK.paper(filed).startswith(b"%PDF")


def test_a_trade_code_has_four_digits():
    wrong = PACK.refusals(ANSWERS, trades=[EATERY | {"trade_code": "quán ăn"}])
    assert list(wrong) == ["trades.0.trade_code"]


def test_a_complete_application_is_accepted():
    assert PACK.refusals(ANSWERS) == {}


def test_the_result_prints_with_and_without_answers():
    assert PACK.paper(ANSWERS).startswith(b"%PDF")
    assert PACK.paper({}).startswith(b"%PDF")
