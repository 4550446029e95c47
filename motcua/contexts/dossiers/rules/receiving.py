"""Quy tắc trả kết quả: codes of the counter, numbers of the post, the questions of an address."""

import re
import secrets
import tomllib
from collections.abc import Container, Mapping
from functools import cache
from pathlib import Path

from motcua.contexts.dossiers.contracts.receiving import PostAddress, PostRule
from motcua.kernel.forms import FieldError, FieldType, Form, Page, Question, validate

DATA = Path(__file__).parent.parent / "post.toml"
SCOPE = "dossiers.pickup"
LONG = 8
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else
_TRACKING = re.compile(r"[A-Z0-9]{6,30}")
_CODE = re.compile(rf"[{LETTERS}]{{{LONG}}}")

QUESTIONS = (
    Question(
        key="recipient",
        label="Người nhận",
        label_en="Recipient",
        type=FieldType.PERSON_NAME,
        help="Bưu tá xem căn cước của người này.",
        help_en="The postman looks at the ID card of this person.",
    ),
    Question(key="phone", label="Số điện thoại", label_en="Telephone", type=FieldType.PHONE),
    Question(key="place", label="Nơi giao", label_en="Address", type=FieldType.ADDRESS),
)
ADDRESS_FORM = Form(
    pages=(
        Page(
            key="post_address",
            title="Bưu chính giao kết quả đến đâu?",
            title_en="Where should the post deliver the result?",
            questions=QUESTIONS,
        ),
    )
)


@cache
def post() -> PostRule:
    return PostRule(**tomllib.loads(DATA.read_text(encoding="utf-8")))


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LONG))


def code_in(text: str) -> str:
    """The code in what was typed or scanned, also after a dossier code; "" if none.

    A scanned QR says «H29.99-20261124-0000042 K7M2 P9QX».
    """
    letters = re.sub(r"[\s.-]+", "", text.upper())
    return letters[-LONG:] if _CODE.fullmatch(letters[-LONG:]) else ""


def tracking_in(text: str) -> str:
    """A number of the post without blanks; "" for what cannot be one."""
    number = re.sub(r"\s+", "", text.upper())
    return number if _TRACKING.fullmatch(number) else ""


def read_address(
    raw: Mapping[str, object], wards: Container[str]
) -> tuple[PostAddress | None, tuple[FieldError, ...]]:
    """What was typed or sent, as an address; or why not. wards: those of today."""
    checked = validate(ADDRESS_FORM, raw, choices={"communes": wards})
    if checked.errors:
        return None, checked.errors
    return _address_of(checked.cleaned), ()


def _address_of(cleaned: Mapping[str, object]) -> PostAddress:
    place = cleaned["place"]
    assert isinstance(place, Mapping)
    return PostAddress(
        recipient=str(cleaned["recipient"]),
        phone=str(cleaned["phone"]),
        ward=str(place["ward"]),
        street=str(place["street"]),
        old_ward=str(place.get("old_ward", "")),
    )


def answers_of(address: PostAddress) -> dict[str, object]:
    """The way back, to show it in the form again."""
    place = {"ward": address.ward, "street": address.street}
    if address.old_ward:
        place["old_ward"] = address.old_ward
    return {"recipient": address.recipient, "phone": address.phone, "place": place}
