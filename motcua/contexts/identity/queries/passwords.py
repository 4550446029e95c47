"""What a guesser would try first for an officer: own names, and those of the units."""

from datetime import date

from motcua.contexts.identity.models import Account
from motcua.contexts.identity.rules.passwords import own_words, place_words
from motcua.contexts.organisations import public as organisations


def known_words(account: Account, *, on: date) -> frozenset[str]:
    told = [account.username]
    officer_id = account.officer_id
    officers = organisations.officers_by_id([officer_id] if officer_id else [])
    told += [text for one in officers.values() for text in (one.full_name, one.email)]
    posts = organisations.posts_of(officer_id, on) if officer_id else ()
    units = organisations.units_by_id({post.unit_id for post in posts}).values()
    places = [text for unit in units for text in (unit.code, unit.name, unit.short_name)]
    return own_words(*told) | place_words(*places)
