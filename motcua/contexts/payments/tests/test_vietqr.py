"""The transfer QR keeps to EMVCo's and NAPAS's layout and can be read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.contexts.payments.rules.vietqr import NotVietQR, Transfer, crc16, payload, read
from motcua.kernel.money import Money

transfers = st.builds(
    Transfer,
    bank_bin=st.from_regex(r"[0-9]{6}", fullmatch=True),
    account=st.from_regex(r"[0-9A-Z]{1,19}", fullmatch=True),
    amount=st.integers(min_value=0, max_value=10**12).map(Money),
    purpose=st.from_regex(r"MC[0-9A-Z]{13}", fullmatch=True),
)


def test_the_check_value_is_crc_16_ccitt_false():
    assert crc16("123456789") == "29B1"


def test_the_layout_is_the_published_one():
    text = payload(
        Transfer(
            bank_bin="999999", account="0900000299", amount=Money(8_000), purpose="Trả phí MC1"
        )
    )

    assert text.startswith(
        "000201"
        "010212"
        "38540010A000000727" + "0124" + "0006999999" + "01100900000299" + "0208QRIBFTTA"
        "5303704"
        "54048000"
        "5802VN"
        "62150811TRA PHI MC1"
        "6304"
    )
    assert text[-4:] == crc16(text[:-4])


@given(transfers)
def test_what_is_written_can_be_read_back(transfer: Transfer):
    assert read(payload(transfer)) == transfer


@given(transfers, st.data())
def test_a_damaged_code_is_refused(transfer: Transfer, data: st.DataObject):
    text = payload(transfer)
    at = data.draw(st.integers(min_value=0, max_value=len(text) - 1))
    other = data.draw(st.characters(min_codepoint=48, max_codepoint=90))
    damaged = text[:at] + other + text[at + 1 :]

    if damaged != text:
        with pytest.raises(NotVietQR):
            read(damaged)


@pytest.mark.parametrize("body", ["", "0002", "00020153", "0009AB", "000201" + "5303840"])
def test_text_that_is_no_payment_is_refused(body: str):
    text = f"{body}6304"

    with pytest.raises(NotVietQR):
        read(text + crc16(text))


def test_a_value_too_long_for_its_length_field_is_refused():
    with pytest.raises(NotVietQR):
        payload(Transfer(bank_bin="999999", account="9" * 90, amount=Money(1), purpose="MC1"))
