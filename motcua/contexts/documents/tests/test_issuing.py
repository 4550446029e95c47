"""Signed papers, and what verifying them proves."""

import asyncio
import random
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import cms
from django.db import connection

from motcua.contexts.documents import public
from motcua.contexts.documents.adapters import pades
from motcua.contexts.documents.adapters.authority import Authority
from motcua.contexts.documents.adapters.keys import KeptKeys
from motcua.contexts.documents.adapters.stores import store
from motcua.contexts.documents.adapters.timestamping import LocalTimeStamper
from motcua.contexts.documents.contracts import (
    AlreadyRevoked,
    IssuedNotFound,
    ReasonMissing,
    VerificationStatus,
)
from motcua.contexts.documents.models import IssuedDocument
from motcua.contexts.documents.ports import Subject
from motcua.contexts.documents.testing import (
    a_letter,
    a_pdf,
    an_issued_paper,
    revoke_alone,
)
from motcua.kernel.actors import Role
from motcua.kernel.models import LedgerLeaf
from motcua.kernel.testing import MONDAY_9AM, officer, stable_id

S = VerificationStatus


@pytest.fixture(scope="module")
def signed(one_authority, tmp_path_factory) -> tuple[bytes, Authority]:
    """One signed paper that needs no database."""
    keys = Authority(tmp_path_factory.mktemp("pki"))
    pdf = public.render_official_form("04", a_letter("7K3M-Q9TX-2B5R"))
    for field, file in ((pades.OFFICER_FIELD, "officer-1"), (pades.AGENCY_FIELD, "agency-1")):
        subject = Subject(file, "Đỗ Thanh Vân", "UBND Phường Sài Gòn")
        mark = pades.Mark(field, "Đỗ Thanh Vân", "Trích lục", "7K3MQ9TX2B5R", "ab" * 16)
        with KeptKeys(keys).open(subject, "") as key:
            pdf = pades.sign(pdf, key, mark, authority=keys, at=MONDAY_9AM)
    return pdf, keys


def flipped(pdf: bytes, at: int) -> bytes:
    changed = bytearray(pdf)
    changed[at] ^= 1
    return bytes(changed)


def test_an_unsigned_file_proves_nothing(signed):
    assert pades.examine(a_pdf(), signed[1]) == pades.NOTHING_SIGNED
    assert pades.examine(b"khong phai pdf", signed[1]) == pades.NOTHING_SIGNED


def test_a_signature_by_another_authority_is_not_trusted(signed, tmp_path):
    assert not pades.examine(signed[0], Authority(tmp_path)).trusted


def test_anything_appended_to_a_signed_file_is_noticed(signed):
    from io import BytesIO

    from pyhanko.pdf_utils.generic import pdf_name, pdf_string
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(signed[0]))
    writer.root[pdf_name("/GhiThem")] = pdf_string("mot dong")
    writer.update_root()
    out = BytesIO()
    writer.write(out)

    assert not pades.examine(out.getvalue(), signed[1]).trusted


def test_a_signed_file_proves_officer_agency_time_and_code(signed):
    proof = pades.examine(*signed)

    assert proof.trusted
    assert proof.signatures == 2
    assert (proof.code, proof.fingerprint) == ("7K3MQ9TX2B5R", "ab" * 16)
    assert proof.timestamped_at == MONDAY_9AM


def test_signing_keeps_the_archival_form(signed):
    assert b"pdfaid" in signed[0]
    assert signed[0].count(b"/ByteRange") == 2
    assert signed[0].count(b"ETSI.CAdES.detached") == 2


def test_the_marker_survives_any_single_altered_byte(signed):
    pdf = signed[0]
    places = [m.start() for m in pades.MARKER.finditer(pdf)]
    assert len(places) == 2

    for at in [place + step for place in places for step in range(0, 52, 3)]:
        assert ("7K3MQ9TX2B5R", "ab" * 16) in pades.markers(flipped(pdf, at))


def test_a_stamp_that_was_read_is_not_encoded_anew(tmp_path):
    """Else a signature that wraps it takes minutes whenever its length ends with a certain byte."""
    keys = Authority(tmp_path / "pki")
    stamper = LocalTimeStamper(keys.timestamp, keys.root.asn1, MONDAY_9AM)
    token = asyncio.run(stamper.async_timestamp(bytes(32), "sha256"))

    read = cms.ContentInfo.load(token.dump())
    assert read.native

    assert not read._is_mutated()


def test_keys_are_made_once_and_read_by_all(tmp_path):
    first = Authority(tmp_path / "pki")
    again = Authority(tmp_path / "pki")
    subject = Subject("officer-1", "Đỗ Thanh Vân " * 20, "UBND")

    assert first.signer(subject).certificate == again.signer(subject).certificate
    assert first.root.certificate == again.root.certificate
    assert (tmp_path / "pki").stat().st_mode & 0o077 == 0
    assert (tmp_path / "pki" / "root.pem").stat().st_mode & 0o077 == 0
    assert sorted(p.name for p in (tmp_path / "pki").iterdir()) == ["officer-1.pem", "root.pem"]


@pytest.mark.django_db
class TestRegister:
    """Issued papers and the public answer."""

    def test_an_unknown_code_is_unknown(self):
        assert public.verify("0000-0000-0000").finding == "no_such_code"
        assert public.verify("' OR 1=1 --").finding == "not_a_code"
        assert public.verify("").status is S.UNKNOWN

    def test_a_file_that_is_not_ours_is_unknown(self):
        assert public.verify_pdf(a_pdf()).finding == "no_signature"
        assert public.verify_pdf(b"").finding == "no_signature"

    def test_a_paper_signed_by_us_but_not_registered_is_not_valid(self):
        issued = an_issued_paper()
        pdf = public.read_file(issued.file_id)
        IssuedDocument.objects.filter(pk=issued.id).delete()

        answer = public.verify_pdf(pdf)

        assert (answer.status, answer.finding) == (S.UNKNOWN, "not_registered")

    def test_every_altered_byte_of_a_copy_is_told(self):
        issued = an_issued_paper()
        pdf = public.read_file(issued.file_id)
        anywhere = random.Random(7).sample(range(len(pdf)), 120)

        for at in [0, 1, 7, len(pdf) - 1, len(pdf) // 2, *anywhere]:
            answer = public.verify_pdf(flipped(pdf, at))
            assert answer.status is S.ALTERED, at
            assert answer.code == issued.verify_code

    def test_a_copy_is_not_compared_with_a_row_that_does_not_hold(self):
        issued = an_issued_paper()
        pdf = public.read_file(issued.file_id)
        IssuedDocument.objects.filter(pk=issued.id).update(title="Khác")

        assert public.verify_pdf(flipped(pdf, 100)).finding == "register_altered"

    @pytest.mark.parametrize("change", [lambda p: p + b"\n", lambda p: p[:-1], lambda p: b" " + p])
    def test_a_byte_more_or_less_is_told(self, change):
        pdf = public.read_file(an_issued_paper().file_id)

        assert public.verify_pdf(change(pdf)).status is S.ALTERED

    def test_every_altered_byte_of_the_stored_copy_is_told(self, own_store):
        issued = an_issued_paper()
        path = next(own_store.rglob(issued.sha256))
        whole = path.read_bytes()
        path.chmod(0o600)

        for at in random.Random(9).sample(range(len(whole)), 60):
            path.write_bytes(flipped(whole, at))
            assert public.verify(issued.verify_code).finding == "bytes_differ", at

    def test_a_stored_copy_replaced_together_with_its_hash_is_told(self, own_store):
        """Somebody with the disk and the database, but without the keys."""
        issued = an_issued_paper()
        forged = flipped(public.read_file(issued.file_id), 40_000)
        replace_stored(issued.id, forged, own_store)

        assert public.verify(issued.verify_code).finding == "signature_broken"

    def test_a_paper_swapped_for_another_true_one_is_told(self):
        issued, other = an_issued_paper(), an_issued_paper()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM documents_issueddocument WHERE id = %s", [other.id])
            cursor.execute(
                "UPDATE documents_issueddocument SET sha256 = %s WHERE id = %s",
                [other.sha256, issued.id],
            )

        assert public.verify(issued.verify_code).finding == "register_altered"

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("title", "Giấy phép xây dựng"),
            ("subject", "H29.99-20261123-0009999"),
            ("signer_name", "Người khác"),
            ("unit_name", "Cơ quan khác"),
            ("issued_at", "2020-01-01T00:00:00Z"),
            ("kind", "FORM_01"),
            ("verify_code", "0000-0000-0001"),
        ],
    )
    def test_a_row_changed_behind_our_back_is_told(self, column, value):
        issued = an_issued_paper()
        IssuedDocument.objects.filter(pk=issued.id).update(**{column: value})

        code = value if column == "verify_code" else issued.verify_code
        answer = public.verify(code)
        assert answer.finding == "register_altered"
        assert answer.title == answer.unit_name == answer.signer_name == ""

    def test_an_owner_changed_behind_our_back_is_told(self, tuyet, khoa):
        issued = an_issued_paper(owner_person_id=tuyet)
        IssuedDocument.objects.filter(pk=issued.id).update(owner_person=khoa)

        assert public.verify(issued.verify_code).finding == "register_altered"

    def test_lost_bytes_are_never_called_valid(self):
        issued = an_issued_paper()
        store().remove(issued.sha256)

        assert public.verify(issued.verify_code).finding == "bytes_missing"

    def test_a_good_paper_is_valid_and_its_holder_stays_masked(self, tuyet):
        issued = an_issued_paper(owner_person_id=tuyet)

        by_code = public.verify(f" {issued.verify_code.lower().replace('-', ' ')} ")
        by_file = public.verify_pdf(public.read_file(issued.file_id))

        assert by_code == by_file
        assert by_code.status is S.VALID
        assert by_code.owner_masked == "Nguyễn T••• Á••• T•••"
        assert by_code.timestamped_at == MONDAY_9AM
        assert by_code.unit_name == "Ủy ban nhân dân Phường Sài Gòn"

    def test_issuing_is_in_the_ledger_and_tells_the_address(self, settings):
        issued = an_issued_paper()

        assert LedgerLeaf.objects.filter(action="documents.issue").count() == 1
        assert issued.url == f"{settings.PUBLIC_ORIGIN}/xac-minh/{issued.verify_code}"

    def test_a_wallet_shows_ones_own_results_newest_first(self, tuyet, khoa):
        old = an_issued_paper(owner_person_id=tuyet)
        new = an_issued_paper(owner_person_id=tuyet, now=MONDAY_9AM + timedelta(hours=1))
        an_issued_paper(owner_person_id=khoa)

        assert [paper.id for paper in public.issued_for_person(tuyet)] == [new.id, old.id]
        assert len(public.issued_of(old.subject)) == 3

    def test_an_unknown_paper_cannot_be_revoked(self):
        with pytest.raises(IssuedNotFound):
            revoke_alone(stable_id("none"), reason="sai", by=VAN, now=MONDAY_9AM)

    def test_a_revocation_needs_a_reason(self):
        issued = an_issued_paper()

        with pytest.raises(ReasonMissing):
            revoke_alone(issued.id, reason="  \u200e ", by=VAN, now=MONDAY_9AM)

    def test_a_revoked_paper_says_so_and_names_its_successor(self):
        issued, newer = an_issued_paper(), an_issued_paper()

        revoke_alone(
            issued.id, reason="Sai ngày sinh.", by=VAN, now=MONDAY_9AM, replaced_by=newer.id
        )

        answer = public.verify(issued.verify_code)
        assert answer.status is S.REVOKED
        assert answer.revoked_reason == "Sai ngày sinh."
        assert answer.replaced_by_code == newer.verify_code
        assert public.verify_pdf(public.read_file(issued.file_id)).status is S.REVOKED
        assert public.verify(newer.verify_code).status is S.VALID
        assert LedgerLeaf.objects.filter(action="documents.revoke").count() == 1

    def test_a_revoked_paper_cannot_be_revoked_again(self):
        issued = an_issued_paper()
        revoke_alone(issued.id, reason="Sai.", by=VAN, now=MONDAY_9AM)

        with pytest.raises(AlreadyRevoked):
            revoke_alone(issued.id, reason="Sai nữa.", by=VAN, now=MONDAY_9AM)

    def test_a_title_of_hostile_letters_is_signed_all_the_same(self):
        title = "Giấy 😀 \u202e(x) \\ #let ' \" " + "Ỷ" * 400
        issued = an_issued_paper(title=title)

        assert public.verify(issued.verify_code).status is S.VALID

    def test_the_capacity_stands_in_one_line_and_once(self):
        from motcua.contexts.documents.actions.issuing import _in_one_line

        assert _in_one_line("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "Phó Chủ tịch") == (
            "KT. CHỦ TỊCH, Phó Chủ tịch"
        )
        assert _in_one_line("", "") == ""

    def test_a_unit_code_is_never_a_path(self, settings):

        from motcua.contexts.documents.actions import issuing

        named = Path(issuing.agency_subject("../../H29/..", "x").file)
        assert named.name == str(named)


VAN = officer(Role.SIGNER, name="Đỗ Thanh Vân")


def replace_stored(issued_id, forged: bytes, root: Path) -> None:
    import hashlib

    sha256 = hashlib.sha256(forged).hexdigest()
    folder = root / sha256[:2] / sha256[2:4]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / sha256).write_bytes(forged)
    IssuedDocument.objects.filter(pk=issued_id).update(sha256=sha256)
