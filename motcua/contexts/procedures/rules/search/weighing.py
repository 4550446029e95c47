"""Nhìn kỹ: how well one procedure answers a query that was understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.contexts.procedures.rules.search import ages, variants
from motcua.contexts.procedures.rules.search.vocabulary import Meaning
from motcua.contexts.procedures.rules.search.words import LIGHT, Said, grams

COVERED, ANSWERED = 0.8, 0.25  # rewards: a name is wholly asked for, the wish wholly answered
LIGHTLY = 0.2  # the weight of syllables that stand everywhere
LIGHTLY_TOO = 0.4  # … and of pairs of them
OF_AGE, NOT_OF_AGE = 1.15, 0.8  # the age told lies within the ages of the title, or outside
OTHERWISE_MARKED = 0.3  # is left of a word whose marks are others: «đốn» is not «đơn»


@dataclass(frozen=True, slots=True)
class Weighed:
    """A meaning with its terms, and the rarity of the syllables that titles know."""

    terms: Mapping[str, float]
    rarity: Mapping[str, float]
    worth: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A query understood: its own terms, its meanings, the rare variants and the age named."""

    own: Mapping[str, float]
    marks: Mapping[str, str]
    meanings: Sequence[Weighed]
    variants: frozenset[int]
    unwanted: frozenset[str]
    age: int | None

    def terms(self) -> dict[str, float]:
        """Everything asked for, each term once."""
        merged = dict(self.own)
        for meaning in self.meanings:
            for term, weight in meaning.terms.items():
                merged[term] = max(merged.get(term, 0.0), weight)
        return merged


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a procedure: its syllables and what they are worth together."""

    words: frozenset[str]
    worth: float


@dataclass(frozen=True, slots=True)
class Looked:
    """A procedure as the closer look needs it. marks: how its names write each syllable."""

    names: tuple[Name, ...]
    values: Mapping[str, float]
    marks: Mapping[str, frozenset[str]]
    variants: frozenset[int]
    ages: range | None


def understood(
    query: Sequence[Said],
    meant: Sequence[Meaning],
    unwanted: frozenset[str],
    rarity: Mapping[str, float],
) -> Asked:
    words = [one.word for one in query]
    said = " ".join([*words, *(" ".join(meaning.words) for meaning in meant)])
    return Asked(
        own={term: weight for term, weight in terms_of(words, 1.0).items() if term in rarity},
        marks={one.word: one.marks for one in query if one.marks},
        meanings=tuple(_weighed(meaning, rarity) for meaning in meant),
        variants=variants.asked_for(said),
        unwanted=unwanted,
        age=ages.told(" ".join(words)),
    )


def _weighed(meaning: Meaning, rarity: Mapping[str, float]) -> Weighed:
    terms = terms_of(meaning.words, meaning.weight)
    rare = {word: rarity[word] for word in meaning.words if word in rarity}
    worth = sum(rare.values()) or 1.0
    return Weighed({term: weight for term, weight in terms.items() if term in rarity}, rare, worth)


def terms_of(words: Sequence[str], weight: float) -> dict[str, float]:
    """Syllables and pairs with their weights."""
    terms = {word: weight * (LIGHTLY if word in LIGHT else 1.0) for word in words}
    for pair in grams(words):
        terms[pair] = weight * (LIGHTLY_TOO if LIGHT.issuperset(pair.split()) else 1.0)
    return terms


def score(asked: Asked, at: Looked, rarity: Mapping[str, float]) -> float:
    weights = _weights(asked, at)
    found = at.values
    base = sum(found[term] * weight for term, weight in weights.items() if term in found)
    singles = [(w, x, rarity[w]) for w, x in weights.items() if " " not in w]
    wanted = sum(rare * weight for _word, weight, rare in singles) or 1.0
    closeness = max(_closeness(name, singles, wanted) for name in at.names)
    return base * closeness * _fit(asked, at)


def _fit(asked: Asked, at: Looked) -> float:
    """Whether it is the variant, without what was excluded, and for the age."""
    fit = variants.share(at.variants, asked.variants)
    if any(len(name.words & asked.unwanted) >= 2 for name in at.names):
        fit *= variants.UNASKED**2
    if asked.age is not None and at.ages is not None:
        fit *= OF_AGE if asked.age in at.ages else NOT_OF_AGE
    return fit


def _weights(asked: Asked, at: Looked) -> dict[str, float]:
    """What each term counts for here: a meaning counts as far as the procedure bears it out."""
    weights = dict(asked.own)
    otherwise = {w for w, typed in asked.marks.items() if typed not in at.marks.get(w, (typed,))}
    if otherwise:
        for term in asked.own:
            if not otherwise.isdisjoint(term.split()):
                weights[term] *= OTHERWISE_MARKED
    for meaning in asked.meanings:
        borne = sum(rare for word, rare in meaning.rarity.items() if word in at.values)
        share = borne / meaning.worth
        for term, weight in meaning.terms.items():
            weights[term] = max(weights.get(term, 0.0), weight * share)
    return weights


def _closeness(name: Name, singles: Sequence[tuple[str, float, float]], wanted: float) -> float:
    covered = answered = 0.0
    for word, weight, rare in singles:
        if word in name.words:
            covered += rare * min(1.0, 1.5 * weight)
            answered += rare * weight
    return 1 + COVERED * covered / name.worth + ANSWERED * answered / wanted
