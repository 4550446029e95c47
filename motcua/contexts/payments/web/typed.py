"""Số tiền người ta gõ ở bàn thu phí."""

from motcua.contexts.payments.contracts import WrongCashAmount
from motcua.kernel.money import Money, dong_in


def dong(typed: str) -> Money:
    """Raises: WrongCashAmount."""
    amount = dong_in(typed)
    if amount is None:
        raise WrongCashAmount("Bạn ghi số tiền bằng chữ số, ví dụ 8.000.")
    return amount
