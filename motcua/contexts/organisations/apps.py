"""Organisations: agencies, posts, competence and calendars over time."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "motcua.contexts.organisations"
    label = "organisations"
    verbose_name = "Cơ quan, chức danh, thẩm quyền"
