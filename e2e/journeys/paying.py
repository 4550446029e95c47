"""Paying a bill by VietQR: the page of the bill, the bank stand-in, and back."""

from playwright.sync_api import expect

from e2e.journeys.citizen import Citizen

AT_ONCE, TWICE, TOO_LOW = "Bình thường", "Báo hai lần", "Báo sai số tiền"
TOO_MUCH = "Người trả chuyển thừa"


def goes_to_the_bank(payer: Citizen, amount: str) -> None:
    """From the button with the sum, over the drawn code, to the bank's page."""
    payer.hand.press(payer.page.get_by_role("link", name=f"Trả {amount}"))
    expect(payer.page.locator(".qr-box")).to_be_visible()
    payer.keep(payer.page, "The fee by VietQR; also when and how it may be paid otherwise.")
    payer.hand.press(payer.page.get_by_role("button", name="Mở ứng dụng ngân hàng"))
    expect(payer.page.get_by_role("heading", name=f"Trả {amount}")).to_be_visible()


def pays(payer: Citizen, told: str) -> None:
    """The bank moves the money and tells the city in this way; back on the bill."""
    payer.hand.check(payer.page.get_by_label(told, exact=False))
    payer.hand.press(payer.page.get_by_role("button", name="Trả tiền"))
    payer.hand.press(payer.page.get_by_role("link", name="Quay lại Một Cửa"))
    payer.keep(payer.page, "Back from the bank: what is paid.")
