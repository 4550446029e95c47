"""Tên đường: what a person typed, taken apart into a street, its old district and ward.

«123 Nguyễn Huệ quận 1», «hẻm 12/3 đ. Lê Lợi, P. Bến Thành, Q.1», «nguyen hue», «đường số 7».
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from motcua.contexts.reference.rules.former import bare, plain
from motcua.kernel.text import fold, is_one_slip

LONGEST = 200
_CITY = re.compile(
    r"[\s,]*\b(?:(?:thanh pho|tinh) )?(?:ho chi minh|hcm|(?<!phuong )sai gon)$|[\s,]*\bviet nam$"
)
_WARD = re.compile(r"[\s,]+((?:phuong|xa|thi tran|dac khu) .+)$")
_STREET = re.compile(r"\b(?:duong|d\.|d(?= \w{2}))\s*")
_PLACE = r"(?:hem|ngo|ngach|kiet|can ho|can|lo|nha|so nha|so)\b[\s.]*"
_NUMBER = r"\d+[a-z]{0,2}(?:[/\-.]\w+)*"
_HOUSE = re.compile(rf"^(?:{_PLACE}(?:{_NUMBER})?|{_NUMBER}|trong|cua)[\s,]+(?=\S)")
_DAY = re.compile(r"\b0?(\d{1,2})\s*(?:/|-|\bthang)\s*0?(\d{1,2})\b")
_MONTHS = {"tam": "8", "bay": "7", "hai": "2", "tu": "4", "chin": "9", "muoi": "10"}
_MONTH = re.compile(rf"\bthang ({'|'.join(_MONTHS)})\b")
_SHORT = {
    "bathanghai": "3 thang 2",
    "cmt8": "cach mang thang 8",
    "nkkn": "nam ky khoi nghia",
    "ntmk": "nguyen thi minh khai",
    "xvnt": "xo viet nghe tinh",
}
_BARE_NUMBER = re.compile(r"(?:so )?0*(\d+[a-z]?)")


@dataclass(frozen=True, slots=True)
class Asked:
    """names: what the street may be called, surest first. surely: said to be a street or house.

    districts: those that may be meant, plain; none when none was said.
    """

    names: tuple[str, ...]
    districts: frozenset[str]
    ward: str
    surely: bool


def key_of(name: str) -> str:
    """One spelling for one street: «Đường số 07», «Số 7» and «7»; «3/2» and «3 tháng 2»."""
    text = " ".join(fold(name).replace(",", " ").split()).removeprefix("duong ")
    text = _SHORT.get(text.replace(" ", ""), text)
    text = _MONTH.sub(lambda said: f"thang {_MONTHS[said[1]]}", text)
    text = _DAY.sub(lambda day: f"{day[1]} thang {day[2]}", text)
    number = _BARE_NUMBER.fullmatch(text)
    return f"so {number[1]}" if number else text


def asked(text: str, districts: Mapping[str, frozenset[str]]) -> Asked:
    """districts: every way to say an old district, with what the list of streets calls it."""
    said = _CITY.sub("", _CITY.sub("", plain(text[:LONGEST])))
    said, within = _without_district(said.strip(" ,"), districts)
    ward = _WARD.search(said)
    head = (said[: ward.start()] if ward else said).strip(" ,").split(",")[0].strip()
    names, surely = _names(head)
    if not surely and not within and any(key.startswith("so ") for key in names):
        names = ()  # a number alone is no street
    return Asked(names, within, ward[1].strip(" ,") if ward else "", surely or bool(within))


def _without_district(
    said: str, districts: Mapping[str, frozenset[str]]
) -> tuple[str, frozenset[str]]:
    """The longest way to say a district that the text ends with."""
    for words in sorted(districts, key=len, reverse=True):
        before = said.removesuffix(words)
        if before != said and before[-1:] in (" ", ","):
            return before.strip(" ,"), districts[words]
    return said, frozenset()


def _names(head: str) -> tuple[tuple[str, ...], bool]:
    """The whole, then without what stands before the word «đường», or without the house."""
    found, surely = [head], False
    marked = list(_STREET.finditer(head))
    if marked and head[marked[-1].end() :]:
        found, surely = [head[marked[-1].end() :]], True
    rest = found[0]
    while house := _HOUSE.match(rest):
        rest = rest[house.end() :]
        found.append(rest)
        surely = True
    keys = tuple(dict.fromkeys(key for name in found if (key := key_of(name))))
    return keys, surely


def ways_to_say(name: str) -> set[str]:
    """«Quận Gò Vấp» is also «go vap»; «Quận 1» is never «1»."""
    whole = plain(name)
    short = bare(whole)
    return {whole} if short.isdigit() else {whole, short}


def neighbours(key: str) -> list[tuple[int, str]]:
    """The name with each of its syllables left out: names with one slip share one of these."""
    words = key.split()
    if len(words) < 2:
        return []
    return [(at, " ".join((*words[:at], "", *words[at + 1 :]))) for at in range(len(words))]


def is_nearly(a: str, b: str) -> bool:
    """The same syllables but one, which is one slip of the finger apart."""
    differing = [(x, y) for x, y in zip(a.split(), b.split(), strict=True) if x != y]
    return len(differing) == 1 and min(map(len, differing[0])) > 2 and is_one_slip(*differing[0])
