"""Chỉ mục: BM25 over folded syllables and pairs, with people's own words and their slips.

Titles weigh most, then keywords, field and body. A query is widened by a vocabulary of synonyms
and abbreviations, and a syllable that no title knows (or a pair that no title knows) is mended
when one letter makes it known.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from motcua.contexts.procedures.rules.search.vocabulary import SYNONYMS, widen
from motcua.contexts.procedures.rules.search.words import (
    LIGHT,
    grams,
    is_one_slip,
    neighbours,
    syllables,
    wish,
)

K1, B = 1.2, 0.6
TITLE, KEYWORDS, FIELD, BODY = 1.0, 0.8, 0.35, 0.12
PAIR = 1.1
WIDENED, SURE = 0.55, 0.9  # a synonym's words; those of a phrase of three syllables or more
COVERED, ANSWERED = 0.5, 0.35  # rewards: the title is wholly asked for, the wish wholly answered
CLOSER_LOOK = 60  # how many of the best are weighed again
COMMON = 0.2  # a term in more titles than this share decides nothing beside rarer ones …
FEW = 200  # … when there are more titles than this
_CODE = re.compile(r"(\d)[.\s]?(\d{3,6})")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of one procedure. `boost` multiplies its score."""

    code: str
    name: str
    field: str = ""
    keywords: tuple[str, ...] = ()
    body: str = ""
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Ranked:
    position: int
    score: float


class Index:
    """Built once for an edition of the catalogue; then only read, by any number of threads."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self._codes = {entry.code: position for position, entry in enumerate(self.entries)}
        self._postings: dict[str, list[tuple[int, float]]] = {}
        self._known: Counter[str] = Counter()  # in how many titles a syllable or pair occurs
        self._slips: dict[str, list[str]] = defaultdict(list)
        self._titles: list[frozenset[str]] = []
        self._worths: list[float] = []  # of all the syllables of a title
        self._rarity: dict[str, float] = {}
        self._build()

    def search(self, text: str, *, limit: int = 10) -> list[Ranked]:
        """Best first. A code or its beginning finds exactly what bears it."""
        coded = self._by_code(text, limit)
        if coded:
            return coded
        asked = self.terms(text)
        scores = self._scores(self._telling(asked))
        first = nlargest(CLOSER_LOOK, scores.items(), key=lambda item: (item[1], -item[0]))
        singles = self._singles(asked)
        wanted = sum(rare * weight for _word, weight, rare in singles) or 1.0
        weighed = [(score * self._reward(at, singles, wanted), at) for at, score in first]
        best = nlargest(limit, weighed, key=lambda item: (item[0], -item[1]))
        return [Ranked(position, score) for score, position in best]

    def terms(self, text: str) -> dict[str, float]:
        """What the query asks for: terms with weights."""
        words = self._mended(wish(text))
        asked: dict[str, float] = {}
        _add(asked, words, 1.0)
        for said, meant in widen(" ".join(words)).items():
            sure = SURE if said.count(" ") >= 2 else WIDENED
            _add(asked, tuple(meant.split()), sure)
        return asked

    def lookup(self, words: Iterable[str]) -> dict[int, float]:
        """The bare index, for measuring: plain syllables, no pairs, no widening, no mending."""
        return self._scores(dict.fromkeys(words, 1.0))

    def _scores(self, asked: Mapping[str, float]) -> dict[int, float]:
        scores: dict[int, float] = {}
        found = scores.get
        for term, weight in asked.items():
            for position, value in self._postings.get(term, ()):
                scores[position] = found(position, 0.0) + weight * value
        return scores

    def _telling(self, asked: Mapping[str, float]) -> dict[str, float]:
        """Without the commonest terms, which cost most and tell least, when others remain."""
        most = max(FEW, COMMON * len(self.entries))
        rare = {t: w for t, w in asked.items() if len(self._postings.get(t, ())) <= most}
        return rare if any(t in self._postings for t in rare) else dict(asked)

    def _singles(self, asked: Mapping[str, float]) -> list[tuple[str, float, float]]:
        """The syllables asked for that anything bears: each with its weight and its rarity."""
        return [
            (word, weight, self._rarity[word])
            for word, weight in asked.items()
            if " " not in word and word in self._rarity
        ]

    def _reward(
        self, position: int, singles: Sequence[tuple[str, float, float]], wanted: float
    ) -> float:
        title = self._titles[position]
        covered = answered = 0.0
        for word, weight, rare in singles:
            if word in title:
                covered += rare * min(1.0, 1.5 * weight)
                answered += rare * weight
        return 1 + COVERED * covered / self._worths[position] + ANSWERED * answered / wanted

    def _by_code(self, text: str, limit: int) -> list[Ranked]:
        shape = _CODE.fullmatch(text.strip())
        if shape is None:
            return []
        start = f"{shape[1]}.{shape[2]}"
        if start in self._codes:
            return [Ranked(self._codes[start], 100.0)]
        hits = [p for code, p in sorted(self._codes.items()) if code.startswith(start)]
        return [Ranked(position, 50.0) for position in hits[:limit]]

    # ---- slips of the finger

    def _mended(self, words: tuple[str, ...]) -> tuple[str, ...]:
        mended = list(words)
        for place, word in enumerate(words):
            if word.isdigit() or len(word) < 2:
                continue
            before = mended[place - 1] if place else ""
            after = words[place + 1] if place + 1 < len(words) else ""
            if self._known[word] and self._fits(before, word, after):
                continue
            mended[place] = self._better(before, word, after)
        return tuple(mended)

    def _fits(self, before: str, word: str, after: str) -> int:
        return self._known[f"{before} {word}"] + self._known[f"{word} {after}"]

    def _better(self, before: str, word: str, after: str) -> str:
        """The known neighbour that stands best between its own neighbours, else the word."""
        candidates = {
            known
            for slip in neighbours(word)
            for known in self._slips.get(slip, ())
            if is_one_slip(word, known)
        }
        if not after and len(word) > 1 and not self._known[word]:
            candidates |= {w for w in self._slips["*"] if w.startswith(word)}
        own = 3 if self._known[word] else 0
        best, points = word, own
        for candidate in sorted(candidates):
            fits = self._fits(before, candidate, after)
            earned = fits if self._known[word] else fits * 10 + min(self._known[candidate], 9)
            if earned > points:
                best, points = candidate, earned
        return best

    # ---- building

    def _build(self) -> None:
        rows = [_bags(entry) for entry in self.entries]
        lengths = [sum(len(bag[i]) for bag in rows) / max(len(rows), 1) or 1.0 for i in range(4)]
        weighted: list[dict[str, float]] = []
        seen: Counter[str] = Counter()
        for bags in rows:
            terms: dict[str, float] = defaultdict(float)
            for bag, mean, worth in zip(bags, lengths, (TITLE, KEYWORDS, FIELD, BODY), strict=True):
                share = worth / (1 - B + B * len(bag) / mean) if bag else 0.0
                for term, count in Counter(bag).items():
                    terms[term] += count * share
            seen.update(terms)
            self._known.update(set(bags[0]) | set(bags[1]))
            weighted.append(terms)
        for phrase in SYNONYMS:  # people's own words are no slips
            self._known.update(set(_terms(tuple(phrase.split()))))
        self._fill(weighted, seen)
        for known in self._known:
            if " " not in known and not known.isdigit():
                self._slips["*"].append(known)
                for slip in neighbours(known):
                    self._slips[slip].append(known)

    def _fill(self, weighted: Sequence[Mapping[str, float]], seen: Counter[str]) -> None:
        total = len(weighted)
        self._rarity = {t: math.log(1 + (total - n + 0.5) / (n + 0.5)) for t, n in seen.items()}
        self._titles = [frozenset(wish(entry.name)) for entry in self.entries]
        self._worths = [sum(self._rarity[word] for word in t) or 1.0 for t in self._titles]
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for position, terms in enumerate(weighted):
            boost = self.entries[position].boost
            for term, mass in terms.items():
                value = boost * self._rarity[term] * mass * (K1 + 1) / (K1 + mass)
                postings[term].append((position, value * (PAIR if " " in term else 1.0)))
        self._postings = dict(postings)


def _bags(entry: Entry) -> tuple[list[str], list[str], list[str], list[str]]:
    title = wish(entry.name)
    keywords: list[str] = []
    for phrase in entry.keywords:
        keywords += _terms(syllables(phrase))
    return _terms(title), keywords, _terms(syllables(entry.field)), _terms(syllables(entry.body))


def _terms(words: tuple[str, ...]) -> list[str]:
    return [*words, *grams(words)]


def _add(asked: dict[str, float], words: tuple[str, ...], weight: float) -> None:
    for word in words:
        worth = weight * (0.25 if word in LIGHT else 1.0)
        asked[word] = max(asked.get(word, 0.0), worth)
    for pair in grams(words):
        asked[pair] = max(asked.get(pair, 0.0), weight)
