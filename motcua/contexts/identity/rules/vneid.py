"""VNeID's words into ours: a person, or an organisation and who acts for it."""

from collections.abc import Mapping

from motcua.contexts.identity.contracts import AnswerNotTrusted, VNeIDClaims
from motcua.contexts.identity.contracts.organisations import OrganisationClaims
from motcua.contexts.identity.rules import LONGEST_NAME, read_claims
from motcua.kernel.codes import MalformedCode, TaxCode
from motcua.kernel.text import nfc

PERSON, ORGANISATION = "1", "2"  # data/vneid_claims.toml says how sure each is
LONGEST_TITLE = 80


def read_account(claims: Mapping[str, object]) -> VNeIDClaims | OrganisationClaims:
    """Whoever signed in. Raises: AnswerNotTrusted when something is missing or cannot be."""
    if str(claims.get("LoaiTaiKhoan", "")) != ORGANISATION:
        return read_claims(claims)
    person = read_claims({**claims, "LoaiTaiKhoan": PERSON})
    name, title = (nfc(str(claims.get(key, ""))) for key in ("TenToChuc", "ChucVu"))
    if not (0 < len(name) <= LONGEST_NAME and name.isprintable()):
        raise AnswerNotTrusted(reason="organisation_unnamed")
    try:
        tax_code = TaxCode(str(claims.get("MaSoThue", ""))[:20])
    except MalformedCode as problem:
        raise AnswerNotTrusted(reason="tax_code_malformed") from problem
    told = title[:LONGEST_TITLE] if title.isprintable() else ""
    return OrganisationClaims(person=person, tax_code=tax_code, full_name=name, title=told)
