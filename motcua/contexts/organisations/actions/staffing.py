"""Cán bộ vào, đổi, giữ và thôi giữ chức danh: as the personnel system tells, nothing erased."""

from datetime import date
from uuid import UUID

from motcua.contexts.organisations.actions.covering import check_end_of_posts
from motcua.contexts.organisations.actions.editions import renew_staff
from motcua.contexts.organisations.contracts import (
    OfficerNotFound,
    PostNotFound,
    PostTaken,
    StaffNumberTaken,
)
from motcua.contexts.organisations.models import Officer, Post, PostHolding
from motcua.kernel.db import joins_transaction, uuid7
from motcua.kernel.text import nfc


@joins_transaction
def add_officer(*, staff_no: str, full_name: str, email: str) -> UUID:
    """A new officer without a post. Raises: StaffNumberTaken."""
    number = nfc(staff_no).lower()
    if Officer.objects.filter(staff_no=number).exists():
        raise StaffNumberTaken(field="staff_no")
    officer = Officer(id=uuid7(), staff_no=number, full_name=nfc(full_name), email=email)
    officer.save(force_insert=True)
    renew_staff()
    return officer.id


@joins_transaction
def correct_officer(officer_id: UUID, *, full_name: str, email: str) -> None:
    """Another name or mail address. Raises: OfficerNotFound."""
    changed = Officer.objects.filter(id=officer_id).update(full_name=nfc(full_name), email=email)
    if not changed:
        raise OfficerNotFound
    renew_staff()


@joins_transaction
def hold_post(post_id: UUID, officer_id: UUID, *, on: date) -> None:
    """The officer holds the post from this day; said again, nothing happens.

    Raises: PostNotFound, OfficerNotFound, PostTaken.
    """
    post = Post.objects.select_for_update().filter(id=post_id).order_by("id").first()
    if post is None or (post.valid_to and post.valid_to <= on):
        raise PostNotFound
    if not Officer.objects.filter(id=officer_id).exists():
        raise OfficerNotFound
    holding = PostHolding.objects.filter(post_id=post_id, valid_to__isnull=True).first()
    if holding is not None and holding.officer_id == officer_id:
        return
    if holding is not None:
        raise PostTaken
    same_day = PostHolding.objects.filter(post_id=post_id, valid_from=on).first()
    if same_day is not None:  # left this morning, back or replaced this afternoon
        same_day.officer_id, same_day.valid_to = officer_id, None
        same_day.save(update_fields=["officer", "valid_to"])
    else:
        PostHolding(id=uuid7(), post_id=post_id, officer_id=officer_id, valid_from=on).save()
    renew_staff()


@joins_transaction
def end_holding(officer_id: UUID, *, on: date, post_id: UUID | None = None) -> int:
    """The officer leaves the post (or every post) that day; how many. Past holdings stay.

    Raises: NobodyTakesOver.
    """
    check_end_of_posts(officer_id, on, post_id)
    rows = PostHolding.objects.filter(officer_id=officer_id, valid_to__isnull=True)
    if post_id is not None:
        rows = rows.filter(post_id=post_id)
    begun = rows.filter(valid_from__lt=on).update(valid_to=on)
    not_begun, _ = rows.filter(valid_from__gte=on).delete()  # never a whole day in the post
    if begun or not_begun:
        renew_staff()
    return begun + not_begun
