"""Lời của bưu chính: what its refusals are called."""

REFUSALS = {
    "area_not_served": "Bưu chính không phục vụ địa chỉ này. Bạn gọi người nộp để đổi nơi giao.",
    "order_incomplete": "Đơn thiếu địa chỉ. Bạn gọi người nộp để ghi đủ nơi giao.",
}


def refusal_of(code: str) -> str:
    """What the post said, in words; a code that nobody knows is told as it is."""
    return REFUSALS.get(code, f"Mã của bưu chính: {code}.")
