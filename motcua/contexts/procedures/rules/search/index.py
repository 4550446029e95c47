"""Chỉ mục: BM25 over folded syllables and pairs finds; a closer look ranks the best.

Titles weigh most, then keywords, field and body. A query is mended (slips.py, typing.py) and
read in official words (vocabulary.py); the closer look is in weighing.py.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from motcua.contexts.procedures.rules.search import ages, variants, weighing
from motcua.contexts.procedures.rules.search.slips import Mender
from motcua.contexts.procedures.rules.search.vocabulary import SAID, meanings, spelled_out
from motcua.contexts.procedures.rules.search.weighing import Asked, Looked, Name
from motcua.contexts.procedures.rules.search.words import (
    Said,
    grams,
    said_in,
    shown_in,
    syllables,
    unwanted,
    wish,
)
from motcua.kernel.text import fold

K1, B = 1.2, 0.75
TITLE, KEYWORDS, FIELD, BODY = 1.0, 0.8, 0.35, 0.12
PAIR = 0.8
CLOSER_LOOK = 80  # how many of the best are weighed again
COMMON = 0.2  # a term in more titles than this share decides nothing beside rarer ones …
FEW = 200  # … when there are more titles than this
FEW_WORDS = 12  # of a query that found nothing are looked at
HEAD = 16  # a rare variant is named in the first syllables of a title
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
        self._looked: list[Looked] = []
        self._rarity: dict[str, float] = {}
        self._mender = Mender({})
        self._spelling: dict[str, str] = {}  # pairs as the first title that has them writes them
        self._build()

    def search(self, text: str, *, limit: int = 10) -> list[Ranked]:
        """Best first. A code or its beginning finds exactly what bears it."""
        coded = self._by_code(text, limit)
        if coded:
            return coded
        asked = self.understood(text)
        scores = self._scores(self._telling(asked.terms()))
        first = nlargest(CLOSER_LOOK, scores.items(), key=lambda item: (item[1], -item[0]))
        weighed = [
            (weighing.score(asked, self._looked[at], self._rarity), at) for at, _score in first
        ]
        best = nlargest(limit, weighed, key=lambda item: (item[0], -item[1]))
        return [Ranked(position, score) for score, position in best]

    def understood(self, text: str) -> Asked:
        said = wish(text)
        mended = self._mender.mended(tuple(one.word for one in said))
        query = [
            one if one.word == word else Said(word) for one, word in zip(said, mended, strict=True)
        ]
        return weighing.understood(query, meanings(query), unwanted(text), self._rarity)

    def read_as(self, text: str) -> str:
        """The query as it was understood, in letters with marks; "" when nothing was mended."""
        said = wish(text)
        mended = self._mender.mended(tuple(one.word for one in said))
        if all(one.word == word for one, word in zip(said, mended, strict=True)):
            return ""
        return " ".join(self._written(place, mended) for place in range(len(mended)))

    def nearest(self, text: str, *, limit: int) -> list[Ranked]:
        """For a query that finds nothing: by the known syllables most like its own."""
        like = (self._mender.most_like(word) for word in syllables(text)[:FEW_WORDS])
        return self.search(" ".join(filter(None, like)), limit=limit)

    def _written(self, place: int, words: Sequence[str]) -> str:
        """A syllable as titles write it beside its neighbour."""
        word = words[place]
        for at, pair in ((1, words[place - 1 : place + 1]), (0, words[place : place + 2])):
            if len(pair) == 2 and (shown := self._spelling.get(" ".join(pair))):
                return shown.split()[at]
        return word

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

    def _by_code(self, text: str, limit: int) -> list[Ranked]:
        shape = _CODE.fullmatch(text.strip())
        if shape is None:
            return []
        start = f"{shape[1]}.{shape[2]}"
        if start in self._codes:
            return [Ranked(self._codes[start], 100.0)]
        hits = [p for code, p in sorted(self._codes.items()) if code.startswith(start)]
        return [Ranked(position, 50.0) for position in hits[:limit]]

    # ---- building

    def _build(self) -> None:
        rows = [_bags(entry) for entry in self.entries]
        lengths = [sum(len(bag[i]) for bag in rows) / max(len(rows), 1) or 1.0 for i in range(4)]
        weighted: list[dict[str, float]] = []
        seen: Counter[str] = Counter()
        known: Counter[str] = Counter()  # in how many titles a syllable or pair occurs
        for bags in rows:
            terms: dict[str, float] = defaultdict(float)
            for bag, mean, worth in zip(bags, lengths, (TITLE, KEYWORDS, FIELD, BODY), strict=True):
                share = worth / (1 - B + B * len(bag) / mean) if bag else 0.0
                for term, count in Counter(bag).items():
                    terms[term] += count * share
            seen.update(terms)
            known.update(set(bags[0]) | set(bags[1]))
            weighted.append(terms)
        for phrase in SAID:  # people's own words are no slips
            known.update(set(_terms(phrase.split())))
        self._mender = Mender(known)
        self._fill(weighted, seen)

    def _fill(self, weighted: Sequence[Mapping[str, float]], seen: Counter[str]) -> None:
        total = len(weighted)
        self._rarity = {t: math.log(1 + (total - n + 0.5) / (n + 0.5)) for t, n in seen.items()}
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for position, terms in enumerate(weighted):
            entry = self.entries[position]
            values = {
                term: entry.boost
                * self._rarity[term]
                * (PAIR if " " in term else 1.0)
                * (mass * (K1 + 1) / (K1 + mass))
                for term, mass in terms.items()
            }
            for term, value in values.items():
                postings[term].append((position, value))
            self._looked.append(self._look_at(entry, values))
        self._postings = dict(postings)

    def _look_at(self, entry: Entry, values: Mapping[str, float]) -> Looked:
        names = (entry.name, *entry.keywords)
        for name in names:
            for pair in grams(shown_in(name)):
                self._spelling.setdefault(fold(pair), pair)
        marks: dict[str, set[str]] = defaultdict(set)
        for one in said_in(" ".join(names)):
            marks[one.word].add(one.marks)
        head = " ".join(syllables(entry.name)[:HEAD])
        return Looked(
            names=tuple(self._name(said) for said in names),
            values=values,
            marks={word: frozenset(written) for word, written in marks.items()},
            variants=variants.variants_of(head),
            ages=ages.ages_of(" ".join(syllables(entry.name))),
        )

    def _name(self, said: str) -> Name:
        words = frozenset(_title(said))
        return Name(words, sum(self._rarity.get(word, 0.0) for word in words) or 1.0)


def _bags(entry: Entry) -> tuple[list[str], list[str], list[str], list[str]]:
    keywords: list[str] = []
    for phrase in entry.keywords:
        keywords += _terms(spelled_out(syllables(phrase)))
    title, field = _terms(_title(entry.name)), _terms(syllables(entry.field))
    return title, keywords, field, _terms(syllables(entry.body))


def _title(name: str) -> list[str]:
    return spelled_out(one.word for one in wish(name))


def _terms(words: Sequence[str]) -> list[str]:
    return [*words, *grams(words)]
