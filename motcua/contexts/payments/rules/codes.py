"""Mã khoản thu: codes that survive a bank memo, and how to find one in it.

Banks upper-case memos, drop punctuation, cut them at 25 characters and add words of their own;
the code has only letters and digits, no look-alikes, and a check character.
"""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "MC"
BODY = 12
BITS = 5 * BODY
WEIGHTS = range(3, 3 + BODY)
IN_MEMO = re.compile(rf"{PREFIX}[0-9A-Z]{{{BODY + 1}}}")
MEMO_LIMIT = 25


def code_from_bits(bits: int) -> str:
    """The code of a bill for 60 random bits."""
    body = "".join(ALPHABET[(bits >> shift) & 31] for shift in range(BITS - 5, -1, -5))
    return f"{PREFIX}{body}{check_character(body)}"


def check_character(body: str) -> str:
    """Weighted sum modulo 31: finds every single wrong character and swapped neighbours."""
    weighted = sum(w * ALPHABET.index(c) for w, c in zip(WEIGHTS, body, strict=True))
    return ALPHABET[weighted % 31]


def is_code(text: str) -> bool:
    """Whether `text` is a well-formed code with the right check character."""
    if not IN_MEMO.fullmatch(text) or not set(text[2:]) <= set(ALPHABET):
        return False
    return check_character(text[2:-1]) == text[-1]


def codes_in(memo: str) -> tuple[str, ...]:
    """Every code in a bank memo, whatever the bank and the payer did around it."""
    squeezed = re.sub(r"[^0-9A-Z]", "", memo.upper())
    starts = (match.start() for match in re.finditer(PREFIX, squeezed))
    found = (squeezed[start : start + len(PREFIX) + BODY + 1] for start in starts)
    return tuple(dict.fromkeys(code for code in found if is_code(code)))
