"""An organisation's account at VNeID: who stands for whom, and what is turned away."""

import pytest

from motcua.contexts.identity.contracts import AnswerNotTrusted
from motcua.contexts.identity.contracts.organisations import OrganisationClaims
from motcua.contexts.identity.models import Account, Organisation
from motcua.contexts.identity.rules.vneid import read_account
from motcua.kernel.models import LedgerLeaf

COMPANY = "Công ty TNHH Mai Vàng Sài Gòn"
SAID = {
    "sub": "pairwise", "LoaiTaiKhoan": "2", "HoVaTen": "Nguyễn Thị Ánh Tuyết",
    "SoDinhDanh": "079190999001", "NgayThangNamSinh": "19900512", "MucDoDinhDanh": "2",
    "TenToChuc": COMPANY, "MaSoThue": "0399999004", "ChucVu": "Giám đốc",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"MaSoThue": "0399999005"}, "tax_code_malformed"),
        ({"MaSoThue": ""}, "tax_code_malformed"),
        ({"TenToChuc": ""}, "organisation_unnamed"),
        ({"TenToChuc": "A" * 300}, "organisation_unnamed"),
        ({"SoDinhDanh": ""}, "claims_missing"),
        ({"LoaiTaiKhoan": "3"}, "claims_missing"),
    ],
)
def test_a_company_that_cannot_be_is_not_believed(changed, reason):
    with pytest.raises(AnswerNotTrusted) as refusal:
        read_account({**SAID, **changed})

    assert refusal.value.reason == reason


def test_a_company_and_its_representative_are_read():
    claims = read_account(SAID)

    assert isinstance(claims, OrganisationClaims)
    assert (claims.tax_code, claims.full_name, claims.title) == (
        "0399999004", COMPANY, "Giám đốc",
    )  # fmt: skip
    assert claims.person.full_name == "Nguyễn Thị Ánh Tuyết"


@pytest.mark.django_db
def test_a_company_signs_in_and_works_in_its_own_name(visitor):
    answer = visitor.sign_in(who=COMPANY)

    company = Organisation.objects.get()
    leaf = LedgerLeaf.objects.get(action="identity.sign_in_organisation")
    assert answer.headers["Location"] == "/toi"
    assert company.tax_code == "0399999004"
    assert visitor.client.session["mandate"] in leaf.body
    assert "0399999004" not in leaf.body


@pytest.mark.django_db
def test_the_representative_has_one_account_whichever_way_they_come(visitor):
    visitor.sign_in(who=COMPANY)
    visitor.leave()

    visitor.sign_in()

    assert Account.objects.count() == 1
    assert "mandate" not in visitor.client.session


@pytest.mark.django_db
def test_a_confirmation_leaves_in_whose_name_one_works(visitor):
    visitor.sign_in(who=COMPANY)
    chosen = visitor.client.session["mandate"]

    visitor.sign_in(who=COMPANY, moi="1")

    assert visitor.client.session["mandate"] == chosen
