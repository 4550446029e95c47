"""Cổng mở: what developers of other systems read."""

from django.apps import AppConfig


class OpenConfig(AppConfig):
    name = "motcua.portals.open"
    label = "open"
