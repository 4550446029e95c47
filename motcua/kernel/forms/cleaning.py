"""Làm sạch câu trả lời: from what people type, in any spacing, to the one stored form.

Each cleaner takes the question and the raw value and returns the cleaned one.
Raises: Refused, with the sentence shown beside the field.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _

from motcua.kernel.forms.dates import ShortYear, date_in
from motcua.kernel.forms.points import point_in
from motcua.kernel.forms.schema import FieldType, Question, text_limit
from motcua.kernel.money import dong_in

_LONGEST = 20_000
_INVISIBLE = {"\u200b", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u200f"}
_EMAIL = re.compile(r"[a-z0-9._%+\-]{1,64}@(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
_PHONE = re.compile(r"0[35789]\d{8}|02\d{9}")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'\u2019]\d{3})+")
_BECAME = re.compile(r"([0-9]{3,5}|):([0-9]{5})")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ADDRESS_PARTS = frozenset({"ward", "street", "old_ward", "old", "became"})
SIGNATURE_PARTS = frozenset({"name", "file"})
_NAME_SIGNS = frozenset(" '’-.")


class Refused(ValueError):
    """The value cannot be taken. `code` is for programs, `sentence` for people."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code, self.sentence = code, sentence
        super().__init__(sentence)


def tidy(text: str, *, lines: bool = False) -> str:
    """Composed form without control, invisible and direction marks; blanks squeezed."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text.isprintable():  # one line, nothing in it to take out: the usual answer
        return " ".join(text.split())
    kept = "".join(
        c
        for c in text
        if c in "\n\t" or (unicodedata.category(c) not in ("Cc", "Cs", "Cn") and not _hidden(c))
    )
    if not lines:
        return " ".join(kept.split())
    rows = [" ".join(row.split()) for row in kept.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


def _hidden(char: str) -> bool:
    return char in _INVISIBLE or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"


def _words(raw: object, *, lines: bool = False) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise Refused("wrong_type", _("Ô này cần chữ."))
    text = str(raw)
    if len(text) > _LONGEST:
        raise Refused("too_long", _("Nội dung quá dài. Bạn viết ngắn hơn."))
    return tidy(text, lines=lines)


def _ascii(raw: object) -> str:
    return unicodedata.normalize("NFKC", _words(raw))


def clean_text(question: Question, raw: object) -> str:
    text = _words(raw, lines=question.type is FieldType.LONG_TEXT)
    limit = text_limit(question)
    if len(text) > limit:
        raise Refused(
            "too_long",
            _("Dài %(length)d ký tự, nhiều nhất %(limit)d. Bạn viết ngắn hơn.")
            % {"length": len(text), "limit": limit},
        )
    return text


def clean_line(question: Question, raw: object) -> str:
    """Words; where the question asks digits, those alone, without what separates them."""
    if question.digits is None:
        return clean_text(question, raw)
    least, most = question.digits
    digits = re.sub(r"[\s.\-]", "", _ascii(raw))
    if not re.fullmatch(rf"[0-9]{{{least},{most}}}", digits):
        count = (
            str(least)
            if least == most
            else _("%(least)d đến %(most)d")
            % {
                "least": least,
                "most": most,
            }
        )
        raise Refused(
            "not_digits",
            _("Ô này cần %(count)s chữ số. Bạn xem lại từng số.") % {"count": count},
        )
    return digits


def clean_person_name(question: Question, raw: object) -> str:
    """One field, Vietnamese order. Ð (eth), typed by old keyboards, becomes Đ."""
    name = clean_text(question, raw).replace("Ð", "Đ").replace("ð", "đ")
    for char in name:
        if not (unicodedata.category(char)[0] in "LM" or char in _NAME_SIGNS):
            raise Refused(
                "not_a_name",
                _("Họ tên chỉ gồm chữ cái, dấu cách, dấu nối. Bạn bỏ ký tự «%(char)s».")
                % {"char": char},
            )
    if not any(char.isalpha() for char in name):
        raise Refused("not_a_name", _("Bạn ghi họ tên bằng chữ."))
    return name


def clean_number(question: Question, raw: object) -> int | float:
    """1.234,5 as written here, 62.8 as typed on a phone; a dot before three digits groups."""
    value = (
        raw
        if isinstance(raw, int | float) and not isinstance(raw, bool)
        else _decimal(question, raw)
    )
    if isinstance(value, float) and (not math.isfinite(value)):
        raise _not_a_number(question)
    if abs(value) >= 1e15:
        raise Refused("too_large", _("Số quá lớn. Bạn xem lại."))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if question.integer and not isinstance(value, int):
        raise Refused("not_whole", _("Ô này cần số nguyên, ví dụ 3."))
    return value


def _decimal(question: Question, raw: object) -> int | float:
    unit = _ascii(question.unit).casefold()
    text = re.sub(r"\s", "", _ascii(raw)).replace("\u2212", "-").casefold().removesuffix(unit)
    sign = -1 if text.startswith("-") else 1
    digits = text.removeprefix("-")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})*,\d+|\d+,\d+", digits) and not _GROUPED.fullmatch(digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", digits):
        digits = digits.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3})+\.\d+", digits):
        digits = digits.replace(",", "")
    elif re.fullmatch(r"\d+,\d+", digits):
        digits = digits.replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,30}(?:\.[0-9]{1,30})?", digits):
        raise _not_a_number(question)
    return sign * (float(digits) if "." in digits else int(digits))


def _not_a_number(question: Question) -> Refused:
    whole, any_number = _("Ô này cần số nguyên, ví dụ 3."), _("Bạn ghi một số, ví dụ 62,8.")
    return Refused("not_a_number", whole if question.integer else any_number)


def clean_money(_question: Question, raw: object) -> int:
    """Whole đồng, whatever separates the thousands."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        amount = raw
    else:
        found = dong_in(_words(raw))
        if found is None:
            raise Refused("not_money", _("Bạn ghi số tiền bằng số, ví dụ 1.500.000."))
        amount = int(found)
    if not 0 <= amount < 10**15:
        raise Refused("not_money", _("Số tiền phải từ 0 và nhỏ hơn một triệu tỷ đồng."))
    return amount


def clean_date(_question: Question, raw: object) -> str:
    """ISO text from three parts, or from one text in any usual spelling (`dates.date_in`)."""
    try:
        found = date_in(_date_text(raw))
    except ShortYear:
        raise Refused("short_year", _("Bạn ghi năm đủ bốn chữ số, ví dụ 12/05/1990.")) from None
    except ValueError:
        raise Refused(
            "not_a_date", _("Không có ngày này. Bạn ghi ngày/tháng/năm, ví dụ 12/05/1990.")
        ) from None
    if found is None or found.year < 1000:
        raise Refused("not_a_date", _("Bạn ghi ngày/tháng/năm, ví dụ 12/05/1990."))
    return found.isoformat()


def _date_text(raw: object) -> str:
    """Three boxes as one text; a whole date may stand in the first of them."""
    if isinstance(raw, Mapping):
        raw = [raw.get(name) for name in ("day", "month", "year")]
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        given = [str(part).strip() for part in raw if part not in (None, "")]
        raw = "/".join(given) if len(given) in (1, 3) else ""
    return _ascii(raw)


def clean_yes_no(_question: Question, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    said = {"yes": True, "true": True, "co": True, "có": True, "1": True, "on": True}
    said |= {"no": False, "false": False, "khong": False, "không": False, "0": False}
    answer = said.get(raw.strip().lower()) if isinstance(raw, str) else None
    if answer is None:
        raise Refused("not_yes_no", _("Bạn chọn có hoặc không."))
    return answer


def clean_declaration(question: Question, raw: object) -> bool:
    if clean_yes_no(question, raw) is not True:
        raise Refused("not_declared", _("Bạn đánh dấu vào ô này để tiếp tục."))
    return True


def clean_choice(question: Question, raw: object) -> str:
    value = _words(raw)
    if question.options and question.option(value) is None:
        raise Refused("not_an_option", _("Bạn chọn một trong các câu trả lời có sẵn."))
    if len(value) > 100:
        raise Refused("not_an_option", _("Bạn chọn một trong các câu trả lời có sẵn."))
    return value


def clean_multi_choice(question: Question, raw: object) -> list[str]:
    values = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else [raw]
    if len(values) > 200:
        raise Refused("too_many", _("Bạn chọn ít hơn."))
    return list(dict.fromkeys(clean_choice(question, value) for value in values))


def clean_personal_number(_question: Question, raw: object) -> str:
    digits = re.sub(r"[\s.\-]", "", _ascii(raw))
    if not re.fullmatch(r"[0-9]{12}", digits):
        raise Refused(
            "not_a_personal_number",
            _("Số định danh có 12 chữ số, in trên thẻ căn cước. Bạn xem lại từng số."),
        )
    return digits


def clean_phone(_question: Question, raw: object) -> str:
    digits = re.sub(r"[\s.\-()]", "", _ascii(raw))
    digits = re.sub(r"^(?:\+84|0084|84(?=\d{9,10}$))0?", "0", digits)
    if not (digits.isascii() and _PHONE.fullmatch(digits)):
        raise Refused(
            "not_a_phone", _("Số điện thoại có 10 chữ số, bắt đầu bằng 0, ví dụ 0900 000 123.")
        )
    return digits


def clean_email(_question: Question, raw: object) -> str:
    address = _ascii(raw).lower()
    if len(address) > 254 or ".." in address or not _EMAIL.fullmatch(address):
        raise Refused("not_an_email", _("Địa chỉ thư có dạng ten@example.vn. Bạn xem lại."))
    return address


def clean_address(question: Question, raw: object) -> dict[str, str]:
    """{"ward": five digits, "street": number and street}, and "old_ward" where the person knows
    the place by a commune of before 1 July 2025.

    Typed are also "old", the name of the old commune or of a street, and "became", «old code:new
    code» of the one that the person chose among those offered; without old code for a street.
    """
    if not isinstance(raw, Mapping) or set(raw) - ADDRESS_PARTS:
        raise Refused("not_an_address", _("Bạn chọn phường, xã và ghi số nhà, tên đường."))
    old_ward, ward = _ascii(raw.get("old_ward") or ""), _ascii(raw.get("ward") or "")
    if _words(raw.get("old") or ""):
        became = _BECAME.fullmatch(_ascii(raw.get("became") or ""))
        if became is None:
            raise Refused("old_ward", _not_chosen(question))
        old_ward, ward = became[1], became[2]
    street = _words(raw.get("street") or "")
    if not re.fullmatch(r"[0-9]{5}", ward):
        raise Refused("not_a_ward", _("Bạn chọn phường, xã trong danh sách."))
    if not street or len(street) > 300:
        raise Refused("no_street", _("Bạn ghi số nhà và tên đường, nhiều nhất 300 ký tự."))
    found = {"ward": ward, "street": street}
    return {**found, "old_ward": old_ward} if re.fullmatch(r"[0-9]{3,5}", old_ward) else found


def _not_chosen(question: Question) -> str:
    if question.anywhere:
        return _("Bạn chọn một trong các nơi mang tên vừa ghi, hoặc xóa ô đó.")
    return _("Bạn chọn phường, xã mới của phường, xã cũ vừa ghi, hoặc xóa ô đó.")


def clean_map_point(_question: Question, raw: object) -> dict[str, float]:
    """{"lat": …, "lng": …} of a text with coordinates, or of the two numbers."""
    if isinstance(raw, Mapping):
        raw = f"{raw.get('lat')}, {raw.get('lng')}"
    found = point_in(_words(raw))
    if found is None:
        raise Refused("not_a_point", _("Bạn ghi vĩ độ, kinh độ, ví dụ 10.77690, 106.70090."))
    if not found.is_here:
        raise Refused("not_here", _("Điểm này ở ngoài Việt Nam. Bạn xem lại hai số."))
    return {"lat": found.lat, "lng": found.lng}


def clean_signature(question: Question, raw: object) -> dict[str, str]:
    """{"name": as typed, "file": id of the drawing, or ""}."""
    if not isinstance(raw, Mapping) or set(raw) - SIGNATURE_PARTS:
        raise Refused("not_a_signature", _("Bạn ghi họ tên dưới chữ ký."))
    name, file = _words(raw.get("name") or ""), _words(raw.get("file") or "")
    if not name:
        raise Refused("no_name", _("Bạn ghi họ tên dưới chữ ký."))
    return {"name": clean_person_name(question, name), "file": file if _ID.fullmatch(file) else ""}


CLEANERS: Mapping[FieldType, Callable[[Question, object], object]] = {
    FieldType.TEXT: clean_line,
    FieldType.LONG_TEXT: clean_text,
    FieldType.NUMBER: clean_number,
    FieldType.MONEY: clean_money,
    FieldType.DATE: clean_date,
    FieldType.YES_NO: clean_yes_no,
    FieldType.CHOICE: clean_choice,
    FieldType.MULTI_CHOICE: clean_multi_choice,
    FieldType.PERSONAL_NUMBER: clean_personal_number,
    FieldType.PHONE: clean_phone,
    FieldType.EMAIL: clean_email,
    FieldType.PERSON_NAME: clean_person_name,
    FieldType.ADDRESS: clean_address,
    FieldType.DECLARATION: clean_declaration,
    FieldType.MAP_POINT: clean_map_point,
    FieldType.SIGNATURE: clean_signature,
}


def cleaned(question: Question, raw: object) -> object:
    """The stored form of one answer; groups are cleaned row by row. Raises: Refused."""
    return CLEANERS[question.type](question, raw)


def as_typed(raw: object) -> list[str]:
    """What was typed, in one or several boxes, as words."""
    if isinstance(raw, Mapping):
        return [word for part in raw.values() for word in as_typed(part)]
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        return [word for part in raw for word in as_typed(part)]
    return [str(raw)] if raw not in (None, "") else []
