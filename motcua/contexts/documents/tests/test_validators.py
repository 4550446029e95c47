"""What others find in our papers: three validators, none of them ours."""

import pytest

from motcua.contexts.documents.adapters import validators
from motcua.contexts.documents.adapters.authority import Authority
from motcua.contexts.documents.tests.test_issuing import flipped, signed

__all__ = ["signed"]
ALL = [
    "pyHanko",
    pytest.param("pdfsig", marks=[pytest.mark.program("pdfsig"), pytest.mark.program("certutil")]),
    pytest.param("OpenSSL", marks=pytest.mark.program("openssl")),
]


@pytest.fixture(params=ALL)
def judged(request, tmp_path):
    """Asks one of the validators."""

    def ask(pdf: bytes, authority: Authority) -> validators.Found:
        tmp_path.mkdir(exist_ok=True)
        return validators.VALIDATORS[request.param](pdf, authority, tmp_path)

    return ask


def test_an_altered_byte_is_found(judged, signed):
    pdf, keys = signed
    inside = pdf.index(b"/ByteRange") // 2

    assert not judged(flipped(pdf, inside), keys).valid


def test_a_signature_of_a_stranger_is_not_trusted(judged, signed, tmp_path_factory):
    stranger = Authority(tmp_path_factory.mktemp("stranger"))

    assert not judged(signed[0], stranger).valid


def test_both_signatures_and_their_time_stamps_hold(judged, signed):
    found = judged(*signed)

    assert found.valid, found.said
