"""Phường, xã cũ: an old commune by the name people still use, in any spelling and abbreviation."""

import re
from collections.abc import Iterable, Mapping

from motcua.contexts.reference.contracts import SuccessionView
from motcua.kernel.text import fold

MOST = 12
_SHORT = {
    "p": "phuong", "f": "phuong", "x": "xa", "tt": "thi tran", "q": "quan", "h": "huyen",
    "tx": "thi xa", "tp": "thanh pho",
}  # fmt: skip
_ABBREVIATED = re.compile(r"\b(p|f|x|tt|q|h|tx|tp)(?:\.\s*|\s+|(?=\d))")
_KIND = re.compile(r"^(?:phuong|xa|thi tran|dac khu|quan|huyen|thi xa|thanh pho)\s+")
_DISTRICT = re.compile(r"[,;\-]\s*|\s+(?=(?:quan|huyen|thi xa|thanh pho)\s)")
_ZERO = re.compile(r"\b0+(?=\d)")


def named(text: str, known: Mapping[str, Iterable[SuccessionView]]) -> tuple[SuccessionView, ...]:
    """What communes of that name became; a district behind the name narrows the choice.

    known: successions by old code. Whole names come before beginnings of names.
    """
    ward, *above = [part for part in _DISTRICT.split(plain(text)) if part] or [""]
    if not ward:
        return ()
    every = [one for views in known.values() for one in views]
    for fits in (_is_called, _begins):
        found = [one for one in every if fits(one.old_name, ward) and _lies_in(one, above)]
        if found:
            return tuple(sorted(found, key=lambda one: (one.old_district, one.old_code))[:MOST])
    return ()


def plain(text: str) -> str:
    """Folded, with the kinds of places spelt out: «P.1, Q.01» is «phuong 1, quan 1»."""
    folded = " ".join(fold(text).split())
    spelt = _ABBREVIATED.sub(lambda short: f"{_SHORT[short[1]]} ", folded)
    return _ZERO.sub("", spelt).strip(" .,;")


def bare(name: str) -> str:
    """A plain name without its kind: «quan go vap» is «go vap»."""
    return _KIND.sub("", name)


def _is_called(name: str, said: str) -> bool:
    whole = plain(name)
    return whole == said or (bare(whole) == bare(said) and not contradicts(whole, said))


def contradicts(whole: str, said: str) -> bool:
    """Both say what kind it is, and not the same."""
    kinds = _KIND.match(whole), _KIND.match(said)
    return bool(kinds[0] and kinds[1] and kinds[0][0] != kinds[1][0])


def _begins(name: str, said: str) -> bool:
    bare = _KIND.sub("", said)
    return len(bare) > 1 and _KIND.sub("", plain(name)).startswith(bare)


def _lies_in(one: SuccessionView, above: list[str]) -> bool:
    """Among the parts behind the name a district is looked for; a province tells nothing."""
    districts = [part for part in above if re.match(r"quan|huyen|thi xa|thanh pho|\d", part)]
    district = plain(one.old_district)
    bare = _KIND.sub("", district)
    return not districts or any(
        part == district or _KIND.sub("", part) == bare for part in districts
    )
