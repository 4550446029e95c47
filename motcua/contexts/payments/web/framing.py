"""Khung chung của các trang thu phí: where one is, and the tabs of a list."""

from dataclasses import dataclass

from django.urls import reverse

from motcua.ui.parts import Crumb


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One part of a list, or one report."""

    label: str
    url: str
    current: bool


def crumbs(*after: Crumb) -> tuple[Crumb, ...]:
    """From the desk that collects on."""
    return (Crumb(label="Thu phí", url=reverse("payments:counter")), *after)
