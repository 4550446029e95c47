"""Gõ Telex, gõ VNI còn sót: «gaays», «lamf», «gia6y1» are words whose input method was off."""

import re

_TELEX_TONES = "sfrxj"
_LETTERS = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("aw", "a"), ("ow", "o"))
_VNI = re.compile(r"[a-z]+(?:\d[a-z]*)+")
_VOWEL = re.compile(r"[aeiouy]")


def unmethods(word: str) -> tuple[str, ...]:
    """The folded syllables it may stand for, likeliest first; none when it is plain."""
    if _VNI.fullmatch(word) and re.search(r"[aeiouyd]\d", word):
        return (re.sub(r"\d", "", word),)
    found = [shaped for toneless in _toneless(word) if (shaped := _shaped(toneless)) != word]
    return tuple(dict.fromkeys(found))


def _toneless(word: str) -> list[str]:
    """Without the letter that stands for a tone: it follows a vowel, mostly at the end."""
    vowel = _VOWEL.search(word)
    if vowel is None:
        return [word]
    places = [p for p in range(vowel.end(), len(word)) if word[p] in _TELEX_TONES]
    return [word[:place] + word[place + 1 :] for place in reversed(places)] + [word]


def _shaped(word: str) -> str:
    """«ddaang» → dang, «nuwowcs» without its s → nuoc, «w» alone → u."""
    for typed, meant in _LETTERS:
        word = word.replace(typed, meant)
    return word.replace("uw", "u").replace("w", "u" if not _VOWEL.search(word) else "")
