"""Sao kê: a collector brings a statement with five kinds of difference, until the day closes."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import FilePayload, Page, expect

CITY_TZ = ZoneInfo("Asia/Ho_Chi_Minh")
ACCOUNT = "0900000299"
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Id>SK-E2E</Id><Acct><Id><Othr><Id>{account}</Id></Othr></Id></Acct>{opening}{closing}{lines}
</Stmt></BkToCstmrStmt></Document>"""
BALANCE = """<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="VND">{amount}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd></Bal>"""
ENTRY = """<Ntry><Amt Ccy="VND">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>{more}
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{on}</Dt></BookgDt><AcctSvcrRef>{number}</AcctSvcrRef>{kind}
<NtryDtls><TxDtls><RmtInf><Ustrd>{memo}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""
CHARGE = "<BkTxCd><Domn><Fmly><SubFmlyCd>CHRG</SubFmlyCd></Fmly></Domn></BkTxCd>"
TAKEN_BACK = "<RvslInd>true</RvslInd>"
LINES = (
    (20_000, "CRDT", "tien phi cua toi", "", ""),
    (16_000, "CRDT", "phi ho so MC0000000000OOO", "", ""),
    (3_300, "DBIT", "phi dich vu", "", CHARGE),
    (9_000, "DBIT", "rut tien", "", ""),
    (5_000, "DBIT", "thu hoi", TAKEN_BACK, ""),
)
OPENING = 1_000_000


def test_five_kinds_of_difference_until_the_day_closes_a_journey(an_officer, album):
    kept = album(
        "statement",
        title="A statement of the bank",
        about="A collector brings the bank's file: each difference has one name and one remedy.",
    )
    ngan = an_officer("ngan")
    page = ngan.page
    ngan.opens("/thu-phi")
    page.get_by_role("link", name="Sao kê ngân hàng").click()
    page.get_by_label("Tệp camt.053 (XML) hoặc CSV").set_input_files(a_file(cut=True))
    page.get_by_role("button", name="Nhập sao kê").click()
    expect(page.locator("#file-error")).to_contain_text("Tệp có thể bị cắt")
    kept.keep(page, "A file that does not add up is refused, and leaves nothing behind.")

    page.get_by_label("Tệp camt.053 (XML) hoặc CSV").set_input_files(a_file())
    page.get_by_role("button", name="Nhập sao kê").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đối soát ngày")
    for name in ("Không rõ người nộp", "Sai mã khoản phí", "Phí ngân hàng", "Ngân hàng rút lại"):
        expect(page.get_by_text(name, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Chốt ngày")).to_have_count(0)
    kept.keep(page, "The day: balances, what agrees, and each difference with what settles it.")

    page.get_by_role("button", name="Ghi sổ cả 3 khác biệt").click()
    expect(page.get_by_text("Đã ghi sổ 3 khác biệt.")).to_be_visible()
    answers(page, "Tiền ra không rõ", "Ngân hàng trích nhầm, trả lại ngày mai.")
    answers(page, "Ngân hàng rút lại", "Người chuyển khiếu nại, ngân hàng đã báo.")
    page.get_by_role("button", name="Chốt ngày").click()

    expect(page.get_by_text(re.compile("Võ Thị Kim Ngân chốt lúc"))).to_be_visible()
    kept.keep(page, "Signed off; what was answered stays, and the day opens again with a reason.")
    ngan.opens("/thu-phi/sao-ke")
    page.get_by_label("Tệp camt.053 (XML) hoặc CSV").set_input_files(a_file())
    page.get_by_role("button", name="Nhập sao kê").click()
    expect(page.get_by_text("Tệp này đã nhập trước đó.")).to_be_visible()


def answers(page: Page, name: str, said: str) -> None:
    """The bank's answer to one difference, after an empty one was refused."""
    card = page.locator("section.card").filter(has=page.get_by_text(name, exact=True))
    card.get_by_role("button", name="Ghi câu trả lời").click()
    expect(card.get_by_text("Bạn ghi lý do")).to_be_visible()
    card.get_by_label("Câu trả lời của ngân hàng").fill(said)
    card.get_by_role("button", name="Ghi câu trả lời").click()
    expect(page.get_by_text("Đã xử lý một khác biệt.")).to_be_visible()


def a_file(*, cut: bool = False) -> FilePayload:
    """Today's statement of the collecting account; cut: its last line is missing."""
    on = datetime.now(CITY_TZ).date().isoformat()
    moved = sum(amount if side == "CRDT" else -amount for amount, side, *_ in LINES)
    lines = "".join(
        ENTRY.format(
            amount=amount, side=side, memo=memo, more=more, kind=kind, on=on, number=f"E2E{at}"
        )
        for at, (amount, side, memo, more, kind) in enumerate(LINES[: -1 if cut else None])
    )
    whole = DOCUMENT.format(
        account=ACCOUNT,
        opening=BALANCE.format(code="OPBD", amount=OPENING),
        closing=BALANCE.format(code="CLBD", amount=OPENING + moved),
        lines=lines,
    )
    return {"name": "sao-ke.xml", "mimeType": "application/xml", "buffer": whole.encode()}
