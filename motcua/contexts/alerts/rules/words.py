"""Lời cảnh báo: what may be said, and the few words that fit into a message."""

import re
from collections.abc import Iterable, Mapping

from motcua.contexts.alerts.contracts import LANGUAGES, AlertMalformed, Words
from motcua.contexts.alerts.rules.templates import TEXTS
from motcua.kernel.text import nfc

LONGEST = {"event": 60, "headline": 160, "description": 2000, "instruction": 2000}
NAMES = {
    "event": "Sự việc",
    "headline": "Tiêu đề",
    "description": "Diễn biến",
    "instruction": "Việc cần làm",
}
BRIEF = 140  # letters that an SMS has for the alert itself
WHOLE_CITY = {"vi": "Toàn Thành phố Hồ Chí Minh", "en": "All of Ho Chi Minh City"}
DRAWN = {"vi": "Vùng vẽ trên bản đồ", "en": "The area drawn on the map"}
MORE = {"vi": "{names} và {count} phường, xã khác", "en": "{names} and {count} more wards"}
NAMED = 6  # wards that are named in the sentence; the list has them all
# What no XML document may hold, besides what `nfc` takes away.
_FORBIDDEN = re.compile("[\ud800-\udfff\ufffe\uffff\x80-\x84\x86-\x9f]")
_SENTENCE = re.compile(r"(?<=[.…])\s+")


def checked(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Both languages whole, composed and within their lengths. Raises: AlertMalformed."""
    return {
        language: {name: _checked(texts, language, name) for name in TEXTS}
        for language in LANGUAGES
    }


def _checked(texts: Mapping[str, Mapping[str, str]], language: str, name: str) -> str:
    field = f"{name}_{language}"
    typed = "\n".join(texts.get(language, {}).get(name, "").splitlines())
    said = _FORBIDDEN.sub("", nfc(typed)).strip()
    where = "tiếng Việt" if language == "vi" else "tiếng Anh"
    if not said:
        raise AlertMalformed(f"Bạn ghi «{NAMES[name]}» bằng {where}.", field=field)
    if len(said) > LONGEST[name]:
        longest = f"«{NAMES[name]}» {where} dài tối đa {LONGEST[name]} ký tự."
        raise AlertMalformed(f"{longest} Bạn viết ngắn lại.", field=field)
    if name in {"event", "headline"} and "\n" in said:
        raise AlertMalformed(f"«{NAMES[name]}» {where} viết trên một dòng.", field=field)
    return said


def where(names: Iterable[str], *, whole: bool, language: str) -> str:
    """The wards as one phrase, the first few by name."""
    known = list(names)
    if whole:
        return WHOLE_CITY[language]
    if not known:
        return DRAWN[language]
    if len(known) <= NAMED:
        return ", ".join(known)
    few = ", ".join(known[:NAMED])
    return MORE[language].format(names=few, count=len(known) - NAMED)


def brief(words: Words) -> str:
    """What to do first, in as many whole words as an SMS has room for."""
    first = _SENTENCE.split(words.instruction)[0].rstrip(".")
    said = f"{words.headline.rstrip('.')}. {first}"
    if len(said) <= BRIEF:
        return said
    head = words.headline.rstrip(".")
    return head if len(head) <= BRIEF else head[:BRIEF].rsplit(" ", 1)[0] + "…"


def first_to_do(words: Words) -> str:
    """The first sentence of what to do."""
    return _SENTENCE.split(words.instruction)[0]
