"""Tra cứu cả nước: places of every province, read when somebody names one outside the city.

They come from the package itself, which changes only with a release of ours, so that no table and
no snapshot is needed; a process that never meets such a place never loads them.
"""

from functools import cache

from motcua.contexts.reference import adapters
from motcua.contexts.reference.rules import country as rules


@cache
def country() -> rules.Country:
    return rules.country_of(adapters.country())
