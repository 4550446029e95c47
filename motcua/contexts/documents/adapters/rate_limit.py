"""Giới hạn lượt: so many questions a minute from one address, counted in the cache."""

from django.core.cache import cache


def allow(what: str, who: str, *, per_minute: int) -> bool:
    """Count this call and say whether it is still within the limit."""
    key = f"documents:{what}:{who}"
    if cache.add(key, 1, timeout=60):
        return True
    try:
        return cache.incr(key) <= per_minute
    except ValueError:  # the minute ended between the two calls
        return True
