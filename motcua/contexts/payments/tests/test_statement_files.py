"""Files of a bank: what is read out of them, and what is refused with the reason."""

import io
from datetime import date
from pathlib import Path

import pytest

from motcua.contexts.payments.adapters.camt import CamtFile
from motcua.contexts.payments.adapters.statement_csv import CsvFile, heads_of
from motcua.contexts.payments.contracts import StatementDoesNotAddUp, StatementUnreadable
from motcua.contexts.payments.rules.statement_columns import guessed, moment_of, signed_dong
from motcua.contexts.payments.rules.statements import (
    Inspection,
    Side,
    StatementLine,
    check_sums,
    keyed,
    named,
)
from motcua.contexts.payments.testing import a_line, a_statement
from motcua.kernel.money import Money

DAY = date(2026, 11, 23)
HEADS = "Ngày giao dịch,Mã giao dịch,Ghi nợ,Ghi có,Nội dung,Số dư"
ROWS = (
    "23/11/2026 09:05,FT1,,8.000,MC1 phi,1.008.000",
    "23/11/2026,FT2,5.000,,Hoan phi,1.003.000",
)


def camt(content: bytes) -> list[StatementLine]:
    return list(CamtFile(io.BytesIO(content)).lines())


def csv_file(*rows: str, heads: str = HEADS, coding: str = "utf-8") -> CsvFile:
    source = io.BytesIO("\n".join((heads, *rows)).encode(coding))
    return CsvFile(source, guessed(heads_of(source).cells))


def test_a_camt_line_says_side_amount_day_and_numbers():
    [line] = camt(a_statement(a_line(-5_000, "Hoan phi", reference="FT9", on=DAY, order="K-1")))

    assert (line.side, line.amount, line.booked_at.date()) == (Side.OUT, 5_000, DAY)
    assert (line.reference, line.order, line.memo) == ("FT9", "K-1", "Hoan phi")


def test_a_camt_line_tells_what_the_bank_kept():
    line = a_line(7_000, reference="FT1", on=DAY, fee=1_000)

    assert camt(a_statement(line))[0].fee == 1_000


def test_payments_that_the_bank_booked_together_are_told_apart():
    together = a_line(30_000, reference="FT1", on=DAY).replace(
        "</TxDtls>",
        '</TxDtls><TxDtls><Refs><AcctSvcrRef>T2</AcctSvcrRef></Refs><Amt Ccy="VND">10000</Amt>'
        "<RmtInf><Ustrd>hai</Ustrd></RmtInf></TxDtls>",
    ).replace("</Refs>", '</Refs><Amt Ccy="VND">20000</Amt>', 1)  # fmt: skip

    first, second = camt(a_statement(together))

    assert (first.amount, first.reference) == (20_000, "FT1/1")
    assert (second.amount, second.reference, second.memo) == (10_000, "T2", "hai")


def test_what_is_only_announced_is_left_out():
    waiting = a_line(8_000, reference="FT1", on=DAY).replace("BOOK", "PDNG")

    assert camt(a_statement(waiting, opening=0, closing=0)) == []


def test_amounts_and_days_may_be_written_longer():
    content = a_statement(a_line(8_000, reference="FT1", on=DAY))
    longer = content.replace(b">8000<", b">8000.00<").replace(b"2026-11-23<", b"2026-11-23+07:00<")

    [line] = camt(longer)

    assert (line.amount, line.booked_at.date()) == (8_000, DAY)


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Document>&b;</Document>',
        b'<?xml version="1.0"?><!DOCTYPE Document SYSTEM "file:///etc/passwd"><Document/>',
        b"<Document><Stmt><Ntry>",
        b"<html><body>bank</body></html>",
        b'<?xml version="1.0" encoding="x-none"?><Document/>',
        b"<Document>" + b"<a>" * 60 + b"</a>" * 60 + b"</Document>",
        a_statement(a_line(8_000, reference="F", on=DAY)).replace(b">8000<", b">8000.5<"),
        a_statement(a_line(8_000, reference="F", on=DAY)).replace(b">8000<", b">NaN<"),
        a_statement(a_line(8_000, reference="F", on=DAY)).replace(b'"VND">8000', b'"USD">8000'),
        a_statement(a_line(8_000, reference="F", on=DAY)).replace(b"2026-11-23", b"hom nay"),
        a_statement(a_line(8_000, reference="F", on=DAY)).replace(b"CRDT", b"BOTH"),
    ],
)
def test_a_file_that_is_no_statement_is_refused(content: bytes):
    with pytest.raises(StatementUnreadable):
        camt(content)


def test_utf_16_is_read_like_utf_8():
    content = a_statement(a_line(8_000, "Phí hồ sơ", reference="F", on=DAY))
    wide = content.decode().replace("UTF-8", "UTF-16").encode("utf-16")

    assert camt(wide)[0].memo == "Phí hồ sơ"


def test_a_csv_of_two_columns_of_money_is_read():
    first, second = csv_file(*ROWS).lines()

    assert (first.side, first.amount, first.reference) == (Side.IN, 8_000, "FT1")
    assert (second.side, second.amount, second.memo) == (Side.OUT, 5_000, "Hoan phi")
    assert (first.has_time, second.has_time) == (True, False)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_codings_and_separators_of_spreadsheets_are_known(coding: str, separator: str):
    rows = [row.replace(",", separator) for row in ROWS]

    lines = list(csv_file(*rows, heads=HEADS.replace(",", separator), coding=coding).lines())

    assert [line.amount for line in lines] == [8_000, 5_000]


def test_the_balance_of_each_line_tells_opening_and_closing_in_both_orders():
    for rows in (ROWS, tuple(reversed(ROWS))):
        file = csv_file(*rows)
        list(file.lines())

        assert (file.parts[0].opening, file.parts[0].closing) == (1_000_000, 1_003_000)


def test_a_csv_with_a_line_cut_out_does_not_add_up():
    third = "23/11/2026,FT3,,1.000,phi,1.004.000"

    with pytest.raises(StatementDoesNotAddUp, match="dòng 3"):
        list(csv_file(ROWS[0], third).lines())


def test_names_of_the_account_above_and_sums_below_are_no_lines():
    above = "Ngân hàng Mô Phỏng\nSố tài khoản,0900000299\n\n"

    lines = list(csv_file(*ROWS, "Tổng cộng,,5.000,8.000,,", heads=above + HEADS).lines())

    assert len(lines) == 2


@pytest.mark.parametrize(
    ("rows", "heads", "said"),
    [
        (["hom qua,F1,,8.000,phi,8.000"], HEADS, "Dòng 2: không đọc được ngày"),
        (["23/11/2026,F1,,8.000;5,phi,8.000"], HEADS, "Dòng 2: không đọc được số tiền"),
        (["23/11/2026,F1,1,8.000,phi,8.000"], HEADS, "vừa có tiền vào vừa có tiền ra"),
        (["a,b"], "x,y", "Không thấy dòng tiêu đề"),
    ],
)
def test_a_csv_that_cannot_be_understood_says_where(rows: list[str], heads: str, said: str):
    with pytest.raises(StatementUnreadable, match=said):
        list(csv_file(*rows, heads=heads).lines())


@pytest.mark.parametrize("content", ["phí".encode("cp1258"), b"a,b,c\n1,\0,2", b'a,b,c\n1,"'])
def test_odd_bytes_are_refused_kindly(content: bytes):
    with pytest.raises(StatementUnreadable):
        heads_of(io.BytesIO(HEADS.encode() + b"\n" + content), guessed(["x"]))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("8000", 8_000),
        ("8.000", 8_000),
        ("8,000.00", 8_000),
        ("8.000,00", 8_000),
        ("-8,000", -8_000),
        ("(8.000)", -8_000),
        ("+8000", 8_000),
        ("\u22128.000", -8_000),
        ("", 0),
        ("8,5", None),
        ("tám", None),
    ],
)
def test_money_as_banks_write_it(typed: str, amount: int | None):
    assert signed_dong(typed) == amount


@pytest.mark.parametrize(
    "typed", ["23/11/2026", "2026-11-23", "23-11-2026 09:05:01", "2026-11-23T09:05"]
)
def test_days_as_banks_write_them(typed: str):
    found = moment_of(typed)

    assert found is not None
    assert found[0].date() == DAY


def test_heads_say_themselves_what_they_mean():
    columns = guessed(
        ["STT", "Ngày GD", "Số tham chiếu", "Ghi nợ (VND)", "Ghi có (VND)", "Diễn giải"]
    )

    assert columns.is_enough
    assert (columns.came, columns.left) == ("Ghi có (VND)", "Ghi nợ (VND)")
    assert not guessed(["Ngày", "Số tiền"]).is_enough


def test_opening_and_movement_must_give_the_closing_balance():
    file = CamtFile(io.BytesIO(a_statement(a_line(8_000, reference="F", on=DAY), closing=1)))
    found = Inspection()
    for line in file.lines():
        found.note(line)

    with pytest.raises(StatementDoesNotAddUp, match=r"1\.007\.999"):
        check_sums(file.parts, found)


def test_the_same_line_has_the_same_key_in_every_file():
    one, other = (a_line(8_000, "phi", reference=name, on=DAY) for name in ("F1", "F2"))
    both, alone = camt(a_statement(one, other)), camt(a_statement(other, number="SK2"))

    keys = [key for key, _line in keyed(both, "09")]

    assert keys[1] == next(keyed(alone, "09"))[0]
    assert len(set(keys)) == 2


def test_equal_lines_without_a_number_stay_two():
    twice = camt(a_statement(*[a_line(8_000, "phi", reference="", on=DAY)] * 2))

    keys = [key for key, _line in keyed(twice, "09")]

    assert len(set(keys)) == 2
    assert named(twice[0], keys[0]).reference.startswith("SK-")


def test_a_large_file_is_read_without_keeping_it(tmp_path: Path):
    path = tmp_path / "large.xml"
    line = a_line(1, "phi", reference="F", on=DAY)
    head, tail = a_statement(line).decode().split(line)
    with path.open("w", encoding="utf-8") as out:
        out.write(head)
        out.writelines(line for _ in range(3_000))
        out.write(tail)

    with path.open("rb") as source:
        counted = sum(one.amount for one in CamtFile(source).lines())

    assert counted == Money(3_000)


def test_a_payer_whose_name_begins_like_a_sum_is_a_payment():
    file = csv_file(
        "Công ty TNHH Một,23/11/2026,FT1,,8.000",
        "Cộng,,,,8.000",
        heads="Nội dung,Ngày giao dịch,Mã giao dịch,Ghi nợ,Ghi có",
    )

    assert [line.reference for line in file.lines()] == ["FT1"]


def test_a_file_with_a_million_parts_in_one_place_is_refused():
    content = a_statement(a_line(1, reference="F", on=DAY)).replace(
        b"<GrpHdr>", b"<GrpHdr>" + b"<a/>" * 1_000_001, 1
    )

    with pytest.raises(StatementUnreadable, match="quá lớn"):
        camt(content)
