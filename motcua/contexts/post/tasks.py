"""Việc định kỳ của bưu chính: what it did not answer, what it does not tell."""

from datetime import datetime

from motcua.contexts.post import public
from motcua.kernel.jobs import every


@every("* * * * *", name="post.order")
def order(now: datetime) -> None:
    """What the post has not answered is asked again under the same key."""
    public.order_due(now=now)


@every("17 * * * *", name="post.pull")
def pull(now: datetime) -> None:
    """Its word may have been lost on the way."""
    public.pull_silent(now=now)
