"""Lỡ tay: a syllable nobody knows, or that does not stand between its neighbours, is mended."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from motcua.contexts.procedures.rules.search.typing import unmethods
from motcua.kernel.text import is_one_slip

ALIKE = 0.6  # how alike a syllable is that may be meant by one nobody knows


def neighbours(word: str) -> set[str]:
    """Every deletion of one letter, with the word itself: two words one slip apart share one."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


class Mender:
    """Knows the syllables and pairs of titles and of people's own words, and how often."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self._known = Counter(known)
        self._slips: dict[str, list[str]] = defaultdict(list)
        self._single = [w for w in self._known if " " not in w and not w.isdigit()]
        for word in self._single:
            for slip in neighbours(word):
                self._slips[slip].append(word)

    def mended(self, words: tuple[str, ...]) -> tuple[str, ...]:
        mended = [self._typed(word) for word in words]
        for place, word in enumerate(mended):
            if word.isdigit() or len(word) < 2:
                continue
            before = mended[place - 1] if place else ""
            after = mended[place + 1] if place + 1 < len(mended) else ""
            if self._known[word] and self._fits(before, word, after):
                continue
            mended[place] = self._better(before, word, after)
        return tuple(mended)

    def nearest(self, word: str, *, limit: int) -> list[str]:
        """Known syllables one slip away, commonest first."""
        near = {k for slip in neighbours(word) for k in self._slips.get(slip, ())}
        fitting = [known for known in near if is_one_slip(word, known)]
        return sorted(fitting, key=lambda known: (-self._known[known], known))[:limit]

    def most_like(self, word: str) -> str:
        """The known syllable that shares most letters in order; "" when none is like it."""
        if self._known[word]:
            return word
        return next(iter(get_close_matches(word, self._single, n=1, cutoff=ALIKE)), "")

    def _typed(self, word: str) -> str:
        """A word left over from an input method that was off; its spelling may still be mended."""
        if self._known[word] or word.isdigit():
            return word
        meant = unmethods(word)
        return next((m for m in meant if self._known[m]), meant[0] if meant else word)

    def _fits(self, before: str, word: str, after: str) -> int:
        return self._known[f"{before} {word}"] + self._known[f"{word} {after}"]

    def _better(self, before: str, word: str, after: str) -> str:
        """The known neighbour that stands best between its own neighbours, else the word."""
        candidates: Iterable[str] = self.nearest(word, limit=200)
        if not after and not self._known[word]:
            candidates = {*candidates, *(w for w in self._single if w.startswith(word))}
        own = 3 if self._known[word] else 0
        best, points = word, own
        for candidate in sorted(candidates):
            fits = self._fits(before, candidate, after)
            earned = fits if self._known[word] else fits * 10 + min(self._known[candidate], 9)
            if earned > points:
                best, points = candidate, earned
        return best
